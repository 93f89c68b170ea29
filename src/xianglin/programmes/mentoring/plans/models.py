"""Goals (目标) and assignments (历练安排) of a pair. An assignment hangs on the kernel's milestone."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.kernels.pairings.models import Milestone, OfPairing, Pairing

from ..abilities.models import Ability
from ..levels.models import HIGHEST, LOWEST

WORDS_LENGTH = 200
PLACE_LENGTH = 60


class Goal(OfPairing):
    """One ability: where the cadre stood when it was agreed, where they want to be, by when, how."""

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="goals", db_index=False)
    ability = models.ForeignKey(Ability, on_delete=models.PROTECT, related_name="+")
    baseline = models.PositiveSmallIntegerField(null=True)  # null: nobody had judged it yet
    wanted = models.PositiveSmallIntegerField()
    by = models.DateField()
    how = models.CharField(max_length=WORDS_LENGTH, blank=True)
    set_on = models.DateField()
    dropped_on = models.DateField(null=True)  # agreed otherwise since; what stood stays known

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pairing", "ability"], condition=models.Q(dropped_on=None), name="mentoring_goal_once"
            ),
            models.CheckConstraint(
                condition=models.Q(wanted__range=(LOWEST, HIGHEST))
                & (models.Q(baseline=None) | models.Q(baseline__range=(LOWEST, HIGHEST))),
                name="mentoring_goal_levels",
            ),
        ]


class Form(models.TextChoices):
    """五种形式."""

    POSTS = "posts", _("多岗位锻炼")
    GRASSROOTS = "grassroots", _("基层墩苗磨练")
    CENTRAL = "central", _("中心工作锤炼")
    STAGE = "stage", _("必要台阶历练")
    URGENT = "urgent", _("急难险重任务考验")


class Assignment(models.Model):
    """Work in one of five forms. Its dates, state and result are the milestone's."""

    milestone = models.OneToOneField(Milestone, primary_key=True, on_delete=models.PROTECT, related_name="assignment")
    form = models.CharField(max_length=16, choices=Form)
    where = models.CharField(max_length=PLACE_LENGTH)  # an organisation, a village, as people say it
    post = models.CharField(max_length=PLACE_LENGTH, blank=True)
    attested_by = models.CharField(max_length=PLACE_LENGTH, blank=True)  # who vouches for the result, and as what
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # The same work under the mentor before.
    continues = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="continued_by")

    def __str__(self) -> str:
        return self.milestone.title

    def lock_before(self) -> None:
        """The milestone first: whoever finishes it there queues for the same row."""
        Milestone.objects.select_for_update().get(pk=self.milestone_id)

    @property
    def pairing(self) -> Pairing:
        return self.milestone.pairing

    @property
    def area(self) -> Any:
        return self.milestone.area

    @property
    def county_id(self) -> int | None:
        return self.milestone.county_id

    @property
    def kind(self) -> str:
        return self.milestone.kind


class Serves(models.Model):
    """An ability that an assignment is meant to bring on."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="serves", db_index=False)
    ability = models.ForeignKey(Ability, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assignment", "ability"], name="mentoring_serves_once")
        ]

    @property
    def county_id(self) -> int | None:
        return self.assignment.county_id
