"""What the village-affairs conference keeps of its own: visits before it, Party days, the village's rules, who asked
what where; which households a representative links, what they were told and what they answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from xianglin.commons.areas.models import Area, InArea
from xianglin.commons.keys.fields import SealedField
from xianglin.commons.people.models import Household
from xianglin.kernels.gatherings.models import Gathering, Turn
from xianglin.kernels.matters.models import Matter


class PartyDay(models.Model):
    """The day of the month on which a village holds its conference (主题党日), from a month on."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    day = models.PositiveSmallIntegerField()  # 1 to 28: every month has it
    at = models.TimeField()
    venue = models.CharField(max_length=60)
    from_on = models.DateField()  # the first day of a month

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "from_on"], name="briefing_party_day_once"),
            models.CheckConstraint(name="briefing_party_day", condition=models.Q(day__range=(1, 28))),
        ]

    @property
    def county_id(self) -> int | None:
        return self.area.county_id


class Article(models.Model):
    """An article of the village's rules (村规民约), in force from a day; ``to_on``: the first on which it is not."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area", "number"], condition=models.Q(to_on=None), name="briefing_article_once_now"
            )
        ]
        ordering: ClassVar = ["number"]

    @property
    def county_id(self) -> int | None:
        return self.area.county_id


class Question(models.Model):
    """A matter asked at a conference. Its parts, where it was split, are found by the matter they were split from."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, primary_key=True, related_name="asked")
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="questions")
    turn = models.OneToOneField(Turn, on_delete=models.PROTECT, related_name="question")
    article = models.ForeignKey(Article, null=True, on_delete=models.PROTECT, related_name="+")  # answered with it


class Visit(InArea):
    """Somebody of the village was at a household's door and heard it (走访), whether or not it had anything to say."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="visits")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.UUIDField(unique=True)  # the device's own: sent twice, it is stored once, however much later
    visited_at = models.DateTimeField()  # perhaps long before it came in: there was no network at the door
    visited_on = models.DateField()
    month = models.CharField(max_length=7)  # 2022-05
    first = models.BooleanField()  # of this household in this month: those are the households that were heard
    note = SealedField(null=True)  # what the next one at this door should know; with the householder's key
    matter = models.OneToOneField(Matter, null=True, on_delete=models.PROTECT, related_name="visit")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "month"], condition=models.Q(first=True), name="briefing_heard_once_a_month"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["village_id", "month", "household"], name="briefing_visits_village"),
            *(
                models.Index(
                    fields=[column, "visited_on"],
                    name=f"briefing_heard_{column[:-3]}",
                    condition=models.Q(first=True),
                )
                for column in ("village_id", "town_id", "county_id")
            ),
        ]


class Link(models.Model):
    """联户: which villagers' representative looks in at a household; ``to_on``: the first day on which not any more."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")  # the village, by which it is counted
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="links")
    representative = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="links")
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household"], condition=models.Q(to_on=None), name="briefing_one_representative_now"
            )
        ]

    @property
    def county_id(self) -> int | None:
        return self.area.county_id


class Told(models.Model):
    """讲到了: a household was told what a month's conference and report say (``period``), or one question of it."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="told")
    period = models.CharField(max_length=7)  # "2022-05"
    topic = models.ForeignKey(Matter, null=True, on_delete=models.PROTECT, related_name="told")  # None: all of it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    no_objection = models.BooleanField(default=False)  # 没意见: an answer too

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "period"], condition=models.Q(topic=None), name="briefing_told_all_once"
            ),
            models.UniqueConstraint(
                fields=["household", "period", "topic"],
                condition=models.Q(topic__isnull=False),
                name="briefing_told_topic_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["area", "period"], name="briefing_told_here")]

    @property
    def county_id(self) -> int | None:
        return self.area.county_id


class Reply(models.Model):
    """What a household answered to what it was told: a matter. Several that say the same share it."""

    told = models.ForeignKey(Told, on_delete=models.PROTECT, related_name="replies")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="brought_back")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["told", "matter"], name="briefing_replied_once")]

    @property
    def county_id(self) -> int | None:
        return self.told.county_id


class Explanation(InArea):
    """What the town asked a village to explain (请村里说明): a month and its signs; its author settles the matter."""

    matter = models.OneToOneField(Matter, on_delete=models.PROTECT, related_name="explanation")
    period = models.CharField(max_length=7)  # "2022-05"
    about = models.JSONField(default=list)  # keys of ``months.KEYS``

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["town_id", "period"], name="briefing_explained_town"),
            models.Index(fields=["village_id", "period"], name="briefing_explained_village"),
        ]
