"""Courses of the club (和青社). Day, place, seats and who came are the kernel's; here stands who teaches what."""

from typing import Any, ClassVar

from django.db import models

from xianglin.kernels.gatherings.models import Gathering, Series

from ..abilities.models import Ability
from ..registers.models import Mentor

NAME_LENGTH = 40


class SeriesServes(models.Model):
    """An ability that a series is meant to bring on."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="serves", db_index=False)
    ability = models.ForeignKey(Ability, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "ability"], name="mentoring_series_serves_once")
        ]

    @property
    def county_id(self) -> int | None:
        return self.series.county_id


class Course(models.Model):
    """One session of the club: who teaches. A mentor of the register, or somebody by name."""

    session = models.OneToOneField(Gathering, primary_key=True, on_delete=models.PROTECT, related_name="course")
    mentor = models.ForeignKey(Mentor, null=True, on_delete=models.PROTECT, related_name="+")
    teacher = models.CharField(max_length=NAME_LENGTH)  # as it was written

    def __str__(self) -> str:
        return self.session.title

    def lock_before(self) -> None:
        """The session first: whoever ends it queues for the same row."""
        Gathering.objects.select_for_update().get(pk=self.session_id)

    @property
    def area(self) -> Any:
        return self.session.area

    @property
    def county_id(self) -> int | None:
        return self.session.county_id

    @property
    def kind(self) -> str:
        return self.session.kind


class CourseServes(models.Model):
    """An ability that a session teaches, and how many of its hours."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="serves", db_index=False)
    ability = models.ForeignKey(Ability, on_delete=models.PROTECT, related_name="+")
    hours = models.DecimalField(max_digits=3, decimal_places=1)  # 0: no longer; what stood stays known

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "ability"], name="mentoring_course_serves_once")
        ]

    @property
    def county_id(self) -> int | None:
        return self.course.county_id
