"""Levels (水平): each reading is kept; where somebody stands is read from the latest."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..abilities.models import Ability
from ..registers.models import YoungCadre

LOWEST, HIGHEST = 1, 5


class LevelWord(models.IntegerChoices):
    """What a level means, so that three people mean the same by it."""

    ONE = 1, _("刚起步")
    TWO = 2, _("有人带着能做")
    THREE = 3, _("自己能做")
    FOUR = 4, _("做得熟")
    FIVE = 5, _("能带别人")


class View(models.TextChoices):
    """Who says so: the mentor, the cadre, the organisation."""

    MENTOR = "mentor", _("导师评")
    SELF = "self", _("自评")
    ORGANISATION = "organisation", _("组织评")


class Standing(models.Model):
    """Where a cadre stands in an ability and wants to be: the gap is what a mentor is looked for.

    ``current`` follows the latest reading by mentor or organisation; one's own counts where there is no other.
    """

    cadre = models.ForeignKey(YoungCadre, on_delete=models.PROTECT, related_name="standings", db_index=False)
    ability = models.ForeignKey(Ability, on_delete=models.PROTECT, related_name="+")
    current = models.PositiveSmallIntegerField(null=True)
    current_on = models.DateField(null=True)
    current_by = models.CharField(max_length=16, choices=View, blank=True)
    wanted = models.PositiveSmallIntegerField(null=True)
    wish = models.CharField(max_length=120, blank=True)  # what exactly they want to learn

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cadre", "ability"], name="mentoring_standing_once"),
            models.CheckConstraint(
                condition=(models.Q(current=None) | models.Q(current__range=(LOWEST, HIGHEST)))
                & (models.Q(wanted=None) | models.Q(wanted__range=(LOWEST, HIGHEST))),
                name="mentoring_standing_levels",
            ),
        ]

    @property
    def county_id(self) -> int | None:
        return self.cadre.county_id

    @property
    def gap(self) -> int:
        """How many levels are lacking; none where nothing is wanted."""
        return max(0, (self.wanted or 0) - (self.current or 0))


class Reading(models.Model):
    """A level on a day in somebody's eyes. Never overwritten: a later one follows it."""

    cadre = models.ForeignKey(YoungCadre, on_delete=models.PROTECT, related_name="readings", db_index=False)
    ability = models.ForeignKey(Ability, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    view = models.CharField(max_length=16, choices=View)
    on = models.DateField()
    remark = models.CharField(max_length=300, blank=True)
    evidence = models.CharField(max_length=200, blank=True)  # on what it rests: a paper, a case, a meeting
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(level__range=(LOWEST, HIGHEST)), name="mentoring_reading_level")
        ]
        indexes: ClassVar = [models.Index(fields=["cadre", "ability", "on", "id"], name="mentoring_readings")]

    @property
    def county_id(self) -> int | None:
        return self.cadre.county_id
