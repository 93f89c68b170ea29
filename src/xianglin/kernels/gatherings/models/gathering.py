"""A gathering (活动): people meeting at a place and time."""

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.commons.areas.models import InArea
from xianglin.commons.keys.models import PersonKey

from .series import KIND_LENGTH, TITLE_LENGTH, Series


class State(models.TextChoices):
    PLANNED = "planned", _("定好了")
    RUNNING = "running", _("正在开")
    ENDED = "ended", _("开完了")
    CANCELLED = "cancelled", _("不开了")


class Gathering(InArea):
    """One meeting of a kind: when and where, its agenda, who came, who wants to speak.

    Of a kind that people sign up for it is a session (场次): it has an end, perhaps seats, and who signed up.
    """

    kind = models.CharField(max_length=KIND_LENGTH)
    period = models.CharField(max_length=7, blank=True)  # "2022-05", of a monthly kind
    title = models.CharField(max_length=TITLE_LENGTH)
    on = models.DateField()
    at = models.TimeField()
    venue = models.CharField(max_length=60)
    first_on = models.DateField()  # as first planned: a postponement leaves it
    state = models.CharField(max_length=16, choices=State, default=State.PLANNED)
    reason = models.CharField(max_length=200, blank=True)  # why it was cancelled
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    # Seals what its speakers said until the room above has taken it; destroyed when the gathering has ended.
    key = models.ForeignKey(PersonKey, on_delete=models.PROTECT, related_name="+")
    # Of a session only.
    series = models.ForeignKey(Series, null=True, on_delete=models.PROTECT, related_name="sessions", db_index=False)
    ends_at = models.TimeField(null=True)  # on the same day
    seats = models.PositiveSmallIntegerField(null=True)  # null: as many as come
    taken = models.PositiveSmallIntegerField(default=0)  # kept, so that lists need no counting
    waiting = models.PositiveSmallIntegerField(default=0)
    hours = models.DecimalField(max_digits=3, decimal_places=1, null=True)  # credited to who was there
    code = models.CharField(max_length=32, blank=True)  # of the printed square that people scan at the door
    sequence = models.PositiveSmallIntegerField(default=0)  # how often calendars were told otherwise

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="gatherings_seats", condition=models.Q(seats=None) | models.Q(taken__lte=models.F("seats"))
            ),
            models.CheckConstraint(
                name="gatherings_ends_later", condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("at"))
            ),
            models.UniqueConstraint(
                fields=["area", "kind", "period"],
                condition=~models.Q(period="") & ~models.Q(state="cancelled"),
                name="gatherings_one_a_period",
            ),
            models.CheckConstraint(
                name="gatherings_ended_began",
                condition=~models.Q(state="ended") | models.Q(started_at__isnull=False, ended_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["area", "kind", "-on"], name="gatherings_here"),
            models.Index(fields=["town_id", "kind", "period"], name="gatherings_town"),
            models.Index(fields=["county_id", "kind", "period"], name="gatherings_county"),
            models.Index(fields=["county_id", "kind", "on", "id"], name="gatherings_county_days"),
            models.Index(fields=["town_id", "kind", "on", "id"], name="gatherings_town_days"),
            models.Index(fields=["series", "on"], name="gatherings_of_series"),
            models.Index(fields=["state", "on"], condition=~models.Q(code=""), name="gatherings_sessions"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def day(self) -> dt.date:
        """On which it was held, perhaps early or late; until then, for which it is planned."""
        return localtime(self.started_at).date() if self.started_at is not None else self.on

    @property
    def starts(self) -> dt.datetime:
        return dt.datetime.combine(self.on, self.at, clock.SHANGHAI)

    @property
    def ends(self) -> dt.datetime:
        """Where no end is planned, its beginning."""
        return dt.datetime.combine(self.on, self.ends_at or self.at, clock.SHANGHAI)

    @property
    def free(self) -> int | None:
        """Seats that nobody has yet; None: as many as come."""
        return None if self.seats is None else max(0, self.seats - self.taken)


class Postponement(models.Model):
    """Moved to another day before its day came, and why: everybody reads it. Of a session, perhaps on the same day."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="postponements")
    from_on = models.DateField()
    from_at = models.TimeField(null=True)  # of a session
    to_on = models.DateField()
    to_at = models.TimeField(null=True)
    reason = models.CharField(max_length=200)
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()


class AgendaItem(models.Model):
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gathering", "position"], name="gatherings_agenda_once")
        ]
        ordering: ClassVar = ["position"]


class Presence(models.Model):
    """How many of a capacity should come (应到) and came (实到). No names: the signed sheet stays on paper."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="presences")
    capacity = models.CharField(max_length=32)
    due = models.PositiveIntegerField(default=0)
    present = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gathering", "capacity"], name="gatherings_capacity_once")
        ]
