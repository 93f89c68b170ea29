"""Stories (红色故事), read by the mentors and young cadres of the county; what a correction replaced stays."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from xianglin.commons.areas.models import InArea
from xianglin.commons.files.models import File

TITLE_LENGTH = 60
SHORT_LENGTH = 60
TEXT_LENGTH = 6000
REASON_LENGTH = 200


class Told(models.Model):
    """What is told, as it stands or as it stood."""

    title = models.CharField(max_length=TITLE_LENGTH)
    text = models.TextField()
    period = models.CharField(max_length=SHORT_LENGTH)  # 1943 年, 抗战时期
    source = models.CharField(max_length=SHORT_LENGTH)  # 村志, 某某老人口述

    class Meta:
        abstract = True


class Story(Told, InArea):
    """A story of a place, and where, when and by whom it was told first."""

    hall = models.CharField(max_length=SHORT_LENGTH)
    told_on = models.DateField()
    teller = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    picture = models.OneToOneField(File, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(null=True)
    withdrawn_because = models.CharField(max_length=REASON_LENGTH, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["county_id", "-id"], name="mentoring_stories"),
            models.Index(fields=["county_id", "area", "-id"], name="mentoring_stories_of_place"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def shown(self) -> bool:
        return self.withdrawn_on is None


class Version(Told):
    """What stood before a correction (改正前), until which day, and why it was corrected."""

    story = models.ForeignKey(Story, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    until = models.DateField()
    reason = models.CharField(max_length=REASON_LENGTH)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["story", "number"], name="mentoring_version_once")]

    @property
    def county_id(self) -> int | None:
        return self.story.county_id
