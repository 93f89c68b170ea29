"""经验: what an answer taught, written anew without persons. Read by the county's mentors and young cadres."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import InArea

from ..abilities.models import Ability
from ..asking.models import Thread

TITLE_LENGTH = 40
TEXT_LENGTH = 2000
REASON_LENGTH = 200


class State(models.TextChoices):
    PROPOSED = "proposed", _("等提问的人同意")
    AGREED = "agreed", _("等发布")
    PUBLISHED = "published", _("大家看得到")
    DECLINED = "declined", _("没同意")
    RETURNED = "returned", _("请再改改")
    WITHDRAWN = "withdrawn", _("收回了")


OPEN = (State.PROPOSED, State.AGREED, State.PUBLISHED, State.DECLINED, State.RETURNED)


class Experience(InArea):
    """Proposed from a thread by its mentor or an officer, agreed to by who asked, published by the officer.

    It stands where its pair stands; its texts are general, so they are kept in clear and went past the leak scanner.
    """

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="experiences")
    state = models.CharField(max_length=16, choices=State, default=State.PROPOSED)
    edition = models.PositiveSmallIntegerField(default=1)  # rewritten, it is agreed to again
    title = models.CharField(max_length=TITLE_LENGTH)
    question = models.TextField()  # rewritten: never who asked, nor how
    answer = models.TextField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    proposed_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)  # declined, returned or withdrawn: why
    useful = models.PositiveIntegerField(default=0)  # marks, kept

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["thread"], condition=~models.Q(state="withdrawn"), name="mentoring_one_experience_a_thread"
            ),
            models.CheckConstraint(
                name="mentoring_published_was_agreed",
                condition=~models.Q(state="published")
                | models.Q(agreed_at__isnull=False, published_by__isnull=False, published_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["county_id", "-published_at", "-id"],
                name="mentoring_library",
                condition=models.Q(state="published"),
            ),
            *(
                models.Index(
                    fields=[column], name=f"mentoring_to_publish_{column[:-3]}", condition=models.Q(state="agreed")
                )
                for column in ("county_id", "town_id")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Teaching(models.Model):
    """An ability that it is about."""

    experience = models.ForeignKey(Experience, on_delete=models.PROTECT, related_name="abilities", db_index=False)
    ability = models.ForeignKey(Ability, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["experience", "ability"], name="mentoring_experience_ability_once")
        ]

    @property
    def county_id(self) -> int | None:
        return self.experience.county_id


class Useful(models.Model):
    """A reader's mark (有用), at most one each."""

    experience = models.ForeignKey(Experience, on_delete=models.PROTECT, related_name="marks", db_index=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["experience", "by"], name="mentoring_useful_once")]

    @property
    def county_id(self) -> int | None:
        return self.experience.county_id
