"""The working calendar, the periods with their legal basis, and how far a recomputation has come."""

from datetime import date
from typing import cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xianglin.engine import workdays


class CalendarDay(models.Model):
    """A day that differs from Monday-to-Friday. Weekends off are not listed."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("放假")
        MAKEUP = "makeup", _("调休上班")

    date = models.DateField(_("日期"), primary_key=True)
    kind = models.CharField(_("放假还是上班"), max_length=7, choices=Kind)
    name = models.CharField(_("节日"), max_length=20)
    source = models.CharField(_("依据"), max_length=200)

    class Meta:
        verbose_name = _("放假安排")
        verbose_name_plural = _("放假安排")

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class _Version(models.Model):
    """A state of data that due dates were counted from; `content_hash` is over the whole state."""

    number = models.PositiveIntegerField(_("版本"), primary_key=True)
    content_hash = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(_("装入时间"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.number)


class CalendarVersion(_Version):
    pass


class CalendarFile(models.Model):
    """A file that was loaded, also where it changed nothing: a packaged one never undoes what was loaded after it."""

    file_hash = models.CharField(primary_key=True, max_length=64)
    version = models.PositiveIntegerField(_("版本"))  # of the calendar, as the file left it
    loaded_at = models.DateTimeField(_("装入时间"))

    def __str__(self) -> str:
        return self.file_hash


class RulesVersion(_Version):
    pass


class DeadlineRule(models.Model):
    """A period with its legal basis. Another amount is another version, never an edit."""

    class Unit(models.TextChoices):
        WORKDAY = "workday", _("工作日")
        DAY = "day", _("天")
        MONTH = "month", _("个月")

    class Roll(models.TextChoices):
        NEXT_WORKDAY = "next_workday", _("遇放假顺延")
        NONE = "none", _("不顺延")

    code = models.CharField(max_length=60)
    version = models.PositiveIntegerField(_("版本"))
    label = models.CharField(_("什么事"), max_length=60)
    amount = models.PositiveSmallIntegerField(_("期限"))
    unit = models.CharField(_("单位"), max_length=7, choices=Unit)
    roll = models.CharField(_("顺延"), max_length=12, choices=Roll, default=Roll.NEXT_WORKDAY)
    basis = models.TextField(_("依据"))
    source = models.TextField(_("出处"))
    area = models.ForeignKey(
        "areas.Area", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地方")
    )
    from_on = models.DateField(_("起"))
    to_on = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("期限规定")
        verbose_name_plural = _("期限规定")
        constraints = (
            models.UniqueConstraint(fields=("code", "version"), name="deadlines_rule_once"),
            models.CheckConstraint(condition=Q(amount__gte=1), name="deadlines_rule_amount"),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=models.F("from_on")), name="deadlines_rule_dates"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.version}"

    def is_in_force(self, on: date) -> bool:
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)

    @property
    def period(self) -> workdays.Rule:
        unit, roll = cast(workdays.Unit, self.unit), cast(workdays.Roll, self.roll)
        return workdays.Rule(self.amount, unit, roll)


class Recomputation(models.Model):
    """One pass over every open clock after the calendar or a rule changed, and how far it has come."""

    calendar_version = models.PositiveIntegerField()
    rules_version = models.PositiveIntegerField()
    model = models.CharField(max_length=100, blank=True)  # the model being gone through; "" before the first
    after_pk = models.BigIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    # The last batch's moved due dates, {"12": ["2026-08-05", "2026-08-06"]}: the trail keeps each batch's.
    moves = models.JSONField(default=dict, blank=True)
    # Rows that could not be counted, {"matters.Matter": [12]}: they stay as they are and are tried in the next pass.
    passed_over = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("calendar_version", "rules_version"), name="deadlines_recomputed_once"),
        )

    def __str__(self) -> str:
        return f"{self.calendar_version}/{self.rules_version}"
