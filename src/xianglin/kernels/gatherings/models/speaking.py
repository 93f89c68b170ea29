"""Turns: who wants to speak at a gathering."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import Area
from xianglin.commons.keys.fields import SealedField

from .gathering import Gathering

WORDS_LENGTH = 2000  # of what one speaker said or wrote


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
