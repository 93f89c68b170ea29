"""A series (系列): sessions of one kind that belong together."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import InArea

KIND_LENGTH = 64
TITLE_LENGTH = 80
ABOUT_LENGTH = 500


class Series(InArea):
    """What its sessions have in common: a name, what it is about, and an address that calendars ask."""

    class State(models.TextChoices):
        OPEN = "open", _("还在办")
        ENDED = "ended", _("办完了")

    kind = models.CharField(max_length=KIND_LENGTH)
    title = models.CharField(max_length=TITLE_LENGTH)
    about = models.TextField(max_length=ABOUT_LENGTH, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.OPEN)
    feed = models.UUIDField(default=uuid.uuid4, unique=True)  # whoever knows it may read the calendar: no names in it
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=[column, "kind", "state", "-id"], name=f"gatherings_series_{column[:-3]}")
            for column in ("county_id", "town_id")
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="gatherings_series_ended",
                condition=models.Q(state="open", ended_at=None) | models.Q(state="ended", ended_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title
