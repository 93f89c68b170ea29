"""Registrations: who signed up for a session, on which seat or how far back in the queue, and whether they came."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import Area
from xianglin.commons.keys.fields import SealedField

from .gathering import Gathering

REASON_LENGTH = 200


class Registration(models.Model):
    """One person at one session. A seat is taken once, by a unique row; who waits is in the order of signing up."""

    class State(models.TextChoices):
        SEATED = "seated", _("有座")
        WAITING = "waiting", _("候补")
        CANCELLED = "cancelled", _("不来了")

    class How(models.TextChoices):
        """How it came about."""

        SELF = "self", _("自己报的")
        BEHALF = "behalf", _("代报的")
        PHONE = "phone", _("电话里报的")
        WALK_IN = "walk_in", _("当天来的")

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="registrations", db_index=False)
    # Null: somebody without an account; their name and telephone are sealed with the session's key.
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    name = SealedField(null=True)
    phone = SealedField(null=True)
    state = models.CharField(max_length=16, choices=State)
    seat = models.PositiveSmallIntegerField(null=True)  # 1, 2, …
    how = models.CharField(max_length=16, choices=How, default=How.SELF)
    by_name = models.CharField(max_length=60, blank=True)  # who noted it for them
    at = models.DateTimeField()
    promoted_at = models.DateTimeField(null=True)  # from the queue to a seat
    cancelled_at = models.DateTimeField(null=True)
    present_at = models.DateTimeField(null=True)
    checked_by = models.CharField(max_length=60, blank=True)  # who ticked them; empty: they scanned the code
    corrected = models.CharField(max_length=REASON_LENGTH, blank=True)  # why it was changed after the end
    hours = models.DecimalField(max_digits=3, decimal_places=1, null=True)  # credited at the end

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gathering", "seat"], condition=Q(seat__isnull=False), name="gatherings_seat_once"
            ),
            models.UniqueConstraint(
                fields=["gathering", "account"],
                condition=Q(account__isnull=False) & ~Q(state="cancelled"),
                name="gatherings_signed_up_once",
            ),
            models.CheckConstraint(
                name="gatherings_seated_has_a_seat",
                condition=Q(state="seated", seat__gte=1) | (~Q(state="seated") & Q(seat=None)),
            ),
            models.CheckConstraint(
                name="gatherings_present_is_seated", condition=Q(present_at=None) | Q(state="seated")
            ),
            models.CheckConstraint(
                name="gatherings_hours_of_present", condition=Q(hours=None) | Q(present_at__isnull=False)
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["gathering", "state", "id"], name="gatherings_queue"),
            models.Index(fields=["account", "state", "id"], name="gatherings_own"),
        ]

    def lock_before(self) -> None:
        """The session first: whoever takes or frees a seat of it queues for that row."""
        Gathering.objects.select_for_update().get(pk=self.gathering_id)

    @property
    def area(self) -> Area:
        return self.gathering.area

    @property
    def county_id(self) -> int | None:
        return self.gathering.county_id

    @property
    def kind(self) -> str:
        return self.gathering.kind

    @property
    def present(self) -> bool:
        return self.present_at is not None
