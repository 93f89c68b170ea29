"""Mentors (导师) and young cadres (青年干部). Names and telephones stay with the account, sealed with its key."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import Area, InArea

from ..abilities.models import Ability

MOST = 9  # of one mentor
WORDS_LENGTH = 300


class Listed(InArea):
    """Somebody in one of the registers, from a day until perhaps another; an account is in it once per county."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    wishes = models.CharField(max_length=WORDS_LENGTH, blank=True)  # in their own words
    active_from = models.DateField()
    active_to = models.DateField(null=True)  # the first day on which they are in it no more
    ended_because = models.CharField(max_length=120, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.account)

    @property
    def active(self) -> bool:
        return self.active_to is None


def _rows_of_an_area(name: str) -> list[models.Index]:
    """The roll of a town or a county, from its beginning on; those who left besides."""
    active = models.Q(active_to=None)
    return [
        models.Index(fields=[column, "id"], name=f"mentoring_{name}{left}_{column[:-3]}", condition=condition)
        for column in ("county_id", "town_id")
        for left, condition in (("", active), ("_left", models.Q(active_to__isnull=False)))
    ]


class MentorKind(models.TextChoices):
    COMRADE = "comrade", _("老党员、老同志")
    OLD_HAND = "old_hand", _("老资格")


class Mentor(Listed):
    """Somebody who has done the work and teaches it (导师), in a town. ``least`` to ``most``: whom he can take."""

    kind = models.CharField(max_length=16, choices=MentorKind, default=MentorKind.OLD_HAND)
    years = models.PositiveSmallIntegerField(null=True)  # at work
    least = models.PositiveSmallIntegerField(default=1)
    most = models.PositiveSmallIntegerField(default=2)
    free_when = models.CharField(max_length=120, blank=True)  # as he says it
    slots = models.JSONField(default=list)  # keys of ``rules.SLOTS``: "6am" is Saturday morning

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "county_id"], condition=models.Q(active_to=None), name="mentoring_mentor_once"
            ),
            models.CheckConstraint(
                condition=models.Q(least__lte=models.F("most"), most__gte=1, most__lte=MOST),
                name="mentoring_mentor_capacity",
            ),
        ]
        indexes: ClassVar = _rows_of_an_area("mentors")


class HeldPost(models.Model):
    """A post that a mentor held (任过的职务). Months as they are known: "1998-03", "1998" or nothing."""

    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="held_posts")
    post = models.CharField(max_length=60)
    organisation = models.CharField(max_length=60, blank=True)
    from_month = models.CharField(max_length=7, blank=True)
    to_month = models.CharField(max_length=7, blank=True)
    order = models.PositiveSmallIntegerField()
    struck_on = models.DateField(null=True)  # taken out again; what stood stays known

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mentor", "order"], name="mentoring_held_posts")]

    @property
    def county_id(self) -> int | None:
        return self.mentor.county_id


class Teaches(models.Model):
    """An ability that a mentor can teach (擅长)."""

    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="teaches", db_index=False)
    ability = models.ForeignKey(Ability, on_delete=models.PROTECT, related_name="+")
    struck_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mentor", "ability"], condition=models.Q(struck_on=None), name="mentoring_teaches_once"
            )
        ]

    @property
    def county_id(self) -> int | None:
        return self.mentor.county_id


class GoesTo(models.Model):
    """A village that a mentor can go to (能去的村); none: wherever he is asked in his town."""

    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="goes_to", db_index=False)
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    struck_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mentor", "village"], condition=models.Q(struck_on=None), name="mentoring_goes_to_once"
            )
        ]

    @property
    def county_id(self) -> int | None:
        return self.mentor.county_id


class YoungCadre(Listed):
    """A young cadre of a village or town (青年干部) and the post that they learn for."""

    post = models.CharField(max_length=60)
    since = models.DateField(null=True)  # in this post; the first day of its month where only that is known
    birth_year = models.PositiveSmallIntegerField(null=True)

    @property
    def works_as(self) -> str:
        """荻港村　文书; sheets often write the village into the post already."""
        return self.post if self.post.startswith(self.area.name) else f"{self.area.name}　{self.post}"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "county_id"], condition=models.Q(active_to=None), name="mentoring_cadre_once"
            )
        ]
        indexes: ClassVar = _rows_of_an_area("cadres")


class Why(models.TextChoices):
    RELATIVE = "relative", _("亲属")
    SUPERIOR = "superior", _("直接领导")
    OTHER = "other", _("其他原因")


class Avoidance(InArea):
    """Two people who are not to be brought together (回避), read by the officer alone. ``one`` is the smaller id."""

    one = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=16, choices=Why)
    from_on = models.DateField()
    to_on = models.DateField(null=True)  # the first day on which it holds no more

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["one", "other"], condition=models.Q(to_on=None), name="mentoring_avoidance_once"
            ),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="mentoring_avoidance_in_order"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["county_id", "id"], name="mentoring_avoidances", condition=models.Q(to_on=None))
        ]
