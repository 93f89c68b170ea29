"""帮带记录: what a pair did on a day. The words lie in editions: a correction adds one, and what stood before stays."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import Area
from xianglin.commons.files.models import File
from xianglin.commons.keys.fields import SealedField
from xianglin.kernels.matters.models import Matter
from xianglin.kernels.pairings.models import OfPairing, Pairing

from ..abilities.models import Ability
from ..plans.models import Assignment

WORDS_LENGTH = 2000
PLACE_LENGTH = 60


class Method(models.TextChoices):
    """帮带六法."""

    CASE = "case", _("案例")
    ASSIGNMENT = "assignment", _("作业")
    PRACTICE = "practice", _("实践")
    SCENE = "scene", _("现场")
    SITUATION = "situation", _("情景")
    REVIEW = "review", _("复盘")


class State(models.TextChoices):
    WAITING = "waiting", _("等确认")
    CONFIRMED = "confirmed", _("双方确认")
    REFUSED = "refused", _("说不对")
    WITHDRAWN = "withdrawn", _("收回了")


class Facts(models.Model):
    """What lists and figures ask of a record, as its edition in force says it."""

    method = models.CharField(max_length=16, choices=Method)
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True)
    # The problem that they solved together, where it is one of the platform's.
    matter = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Record(OfPairing, Facts):
    """Written by one of the two, or by an officer on their behalf (代记), and confirmed by whoever did not write it."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="records", db_index=False)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    edition = models.PositiveSmallIntegerField(default=1)  # the one in force
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    behalf = models.BooleanField(default=False)  # its writer is neither of the two: both confirm
    written_at = models.DateTimeField()
    need_said_at = models.DateTimeField(null=True)  # the young cadre, to the edition in force; a writer has said it
    offer_said_at = models.DateTimeField(null=True)  # the mentor
    confirmed_on = models.DateField(null=True)
    objection = SealedField(null=True)  # why it is not so
    objected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    withdrawn_on = models.DateField(null=True)
    withdrawn_because = SealedField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="mentoring_record_said_by_both",
                condition=~models.Q(state="confirmed")
                | models.Q(need_said_at__isnull=False, offer_said_at__isnull=False, confirmed_on__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["pairing", "-on", "-id"], name="mentoring_records_of"),
            models.Index(fields=["pairing"], name="mentoring_records_wait", condition=models.Q(state="waiting")),
            models.Index(fields=["-on"], name="mentoring_records_by_day", condition=models.Q(state="confirmed")),
        ]

    @property
    def solved_together(self) -> bool:
        return self.matter_id is not None and self.state == State.CONFIRMED


class Edition(Facts):
    """What a record said from a moment on; the newest is in force. Sealed with its writer's key (代记: the cadre's)."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="editions", db_index=False)
    number = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=PLACE_LENGTH, blank=True)
    where = models.ForeignKey(Area, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    assignment = models.ForeignKey(
        Assignment, null=True, on_delete=models.PROTECT, related_name="record_editions", db_index=False
    )
    done = SealedField(null=True)
    solved = SealedField(null=True)
    why = SealedField(null=True)  # of a correction
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "number"], name="mentoring_record_edition_once")
        ]

    @property
    def county_id(self) -> int | None:
        return self.record.county_id


class Trains(models.Model):
    """An ability that was practised."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="trains", db_index=False)
    ability = models.ForeignKey(Ability, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["edition", "ability"], name="mentoring_trains_once")]

    @property
    def county_id(self) -> int | None:
        return self.edition.county_id


class Evidence(models.Model):
    """A photo or paper, from an edition on; until another took it away."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="evidence")
    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="+")
    from_edition = models.PositiveSmallIntegerField()
    to_edition = models.PositiveSmallIntegerField(null=True)  # the first in which it is no more

    @property
    def county_id(self) -> int | None:
        return self.record.county_id

    def stands_in(self, edition: int) -> bool:
        return self.from_edition <= edition and (self.to_edition is None or edition < self.to_edition)
