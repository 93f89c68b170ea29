"""Gatherings (活动): people meeting at a place and a time."""

import datetime as dt
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import Area, InArea
from xianglin.commons.keys.fields import SealedField
from xianglin.commons.keys.models import PersonKey

WORDS_LENGTH = 2000  # of what one speaker said or wrote


class State(models.TextChoices):
    PLANNED = "planned", _("定好了")
    RUNNING = "running", _("正在开")
    ENDED = "ended", _("开完了")
    CANCELLED = "cancelled", _("不开了")


class Gathering(InArea):
    """One meeting of a kind: when and where, its agenda, who came, who wants to speak."""

    kind = models.CharField(max_length=64)
    period = models.CharField(max_length=7, blank=True)  # "2022-05", of a monthly kind
    title = models.CharField(max_length=80)
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

    class Meta:
        constraints: ClassVar = [
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
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def day(self) -> dt.date:
        """On which it was held, perhaps early or late; until then, for which it is planned."""
        return localtime(self.started_at).date() if self.started_at is not None else self.on


class Postponement(models.Model):
    """Moved to another day before its day came, and why: everybody reads it."""

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="postponements")
    from_on = models.DateField()
    to_on = models.DateField()
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


class Way(models.TextChoices):
    STANDING = "standing", _("站起来说")
    SLIP = "slip", _("递条子")
    SCREEN = "screen", _("扫码写的")


class Turn(models.Model):
    """Somebody wants to speak, or wrote it down: waits in order until it was taken down (or they left)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等着说")
        TAKEN = "taken", _("记下了")
        LEFT = "left", _("不说了")

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="turns", db_index=False)
    token = models.UUIDField(default=uuid.uuid4, unique=True)  # known to who handed it in; makes their receipt
    way = models.CharField(max_length=16, choices=Way, default=Way.STANDING)
    name = SealedField(null=True)
    words = SealedField(null=True)  # of a slip or a screen; who stands says them
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    note = models.CharField(max_length=120, blank=True)  # why they did not speak
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["gathering", "state", "id"], name="gatherings_order")]

    @property
    def area(self) -> Area:
        """Where it is said: access asks."""
        return self.gathering.area

    @property
    def county_id(self) -> int | None:
        return self.gathering.county_id
