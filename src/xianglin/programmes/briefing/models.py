"""What the village-affairs conference keeps of its own: Party days, the village's rules, who asked what where."""

from typing import ClassVar

from django.db import models

from xianglin.commons.areas.models import Area
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
