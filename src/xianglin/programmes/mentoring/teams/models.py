"""Teams (红色宣讲员、民情倾听员、矛盾调解员), who is in them, and each time that they went out."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import InArea
from xianglin.commons.files.models import File
from xianglin.commons.keys.fields import SealedField
from xianglin.commons.keys.models import PersonKey
from xianglin.kernels.matters.models import Matter

from ..stories.models import Story

NAME_LENGTH = 40
TOPIC_LENGTH = 60
PLACE_LENGTH = 60


class TeamKind(models.TextChoices):
    STORYTELLERS = "storytellers", _("红色宣讲员")
    LISTENERS = "listeners", _("民情倾听员")
    MEDIATORS = "mediators", _("矛盾调解员")


class Team(InArea):
    """A team of a town or a county."""

    kind = models.CharField(max_length=16, choices=TeamKind)
    name = models.CharField(max_length=NAME_LENGTH)
    opened_on = models.DateField()
    ended_on = models.DateField(null=True)  # the first day on which it is no more
    ended_because = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area", "name"], condition=models.Q(ended_on=None), name="mentoring_team_name_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=[column, "id"], name=f"mentoring_teams_{column[:-3]}")
            for column in ("county_id", "town_id")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def open(self) -> bool:
        return self.ended_on is None


class Member(models.Model):
    """Somebody of a team, from a day until perhaps another."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True)  # the first day on which they are in it no more

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["team", "account"], condition=models.Q(to_on=None), name="mentoring_member_once"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["team", "id"], name="mentoring_members")]

    @property
    def area(self) -> object:
        return self.team.area

    @property
    def county_id(self) -> int | None:
        return self.team.county_id


class Host(models.TextChoices):
    VILLAGE = "village", _("村")
    FIRM = "firm", _("企业")
    COMMUNITY = "community", _("社区")


class Outing(InArea):
    """走出去: a team was somewhere, for something, before so many people. Who these were is nowhere written."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="outings", db_index=False)
    on = models.DateField()
    host = models.CharField(max_length=16, choices=Host)
    where = models.CharField(max_length=PLACE_LENGTH)  # 文化礼堂, 某某公司车间
    topic = models.CharField(max_length=TOPIC_LENGTH)
    present = models.PositiveIntegerField()  # besides the team
    story = models.ForeignKey(Story, null=True, on_delete=models.PROTECT, related_name="tellings")  # told there
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.ForeignKey(PersonKey, on_delete=models.PROTECT, related_name="+", db_index=False)  # of what was heard

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team", "id"], name="mentoring_outings_team"),
            *(
                models.Index(fields=[column, "on"], name=f"mentoring_outings_{column[:-3]}")
                for column in ("village_id", "town_id", "county_id")
            ),
        ]


class Went(models.Model):
    """A member who took part."""

    outing = models.ForeignKey(Outing, on_delete=models.PROTECT, related_name="went", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["outing", "account"], name="mentoring_went_once")]

    @property
    def county_id(self) -> int | None:
        return self.outing.county_id


class HeardKind(models.TextChoices):
    OPINION = "opinion", _("意见")
    HARDSHIP = "hardship", _("困难")


class Heard(models.Model):
    """One thing that was heard. Its words stand here until it becomes a matter, and from then on there alone."""

    outing = models.ForeignKey(Outing, on_delete=models.PROTECT, related_name="heard", db_index=False)
    kind = models.CharField(max_length=16, choices=HeardKind)
    words = SealedField(null=True)  # with the outing's key
    matter = models.OneToOneField(Matter, null=True, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["outing", "order"], name="mentoring_heard_in_order"),
            models.CheckConstraint(
                condition=models.Q(words=None, matter__isnull=False) | models.Q(words__isnull=False, matter=None),
                name="mentoring_heard_stands_once",
            ),
        ]

    @property
    def area(self) -> object:
        return self.outing.area

    @property
    def county_id(self) -> int | None:
        return self.outing.county_id


class OutingPhoto(models.Model):
    outing = models.ForeignKey(Outing, on_delete=models.PROTECT, related_name="photos", db_index=False)
    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["outing", "order"], name="mentoring_photos_in_order")]

    @property
    def county_id(self) -> int | None:
        return self.outing.county_id
