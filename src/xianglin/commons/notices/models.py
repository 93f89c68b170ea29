"""The outbox, what was told already, and the sandbox's phones.

Notices are kept by the million and may be partitioned by month: no foreign keys, nothing unique but their id.
"""

from django.db import models

from xianglin.commons.keys.fields import SealedField

from . import declare


class Notice(models.Model):
    """One message to one person by one channel, written in the transaction of the action that it tells of."""

    class Channel(models.TextChoices):
        IN_APP = "in_app"
        SMS = "sms"

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"  # surely not sent; ``reason`` says why
        UNKNOWN = "unknown"  # handed to the provider and never confirmed: not repeated
        WIPED = "wiped"  # sent, and what it said is forgotten

    template = models.CharField(max_length=80)
    channel = models.CharField(max_length=8, choices=Channel)
    account_id = models.BigIntegerField(null=True)
    to_phone = SealedField(null=True)
    phone_key = models.UUIDField(null=True)  # the key made for this one message; null: the person's own
    variables = models.JSONField(default=dict)  # no personal data: the thing's number and public title
    county_id = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["account_id", "-created_at", "-id"],
                name="notices_of_account",
                condition=models.Q(channel="in_app"),
            ),
            models.Index(
                fields=["account_id"],
                name="notices_unread",
                condition=models.Q(channel="in_app", read_at__isnull=True),
            ),
            models.Index(
                fields=["state", "created_at"],
                name="notices_not_sent",
                condition=models.Q(state__in=["queued", "failed", "unknown"]),
            ),
        ]

    @property
    def text(self) -> str:
        """What it says to whoever reads it now; empty where its template is no longer known."""
        template = declare.REGISTRY.get(self.template)
        return template.render(self.variables) if template and self.state != self.State.WIPED else ""

    @property
    def link(self) -> str:
        """A page of ours that it is about."""
        link = str(self.variables.get("link", ""))
        return link if link.startswith("/") and not link.startswith("//") else ""


class Told(models.Model):
    """Nothing is told twice: one row per caller's key and channel."""

    key = models.CharField(max_length=220, unique=True)
    notice_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()


class SandboxMessage(models.Model):
    """What the demonstration "sent". Its persons are invented, so their numbers are kept and shown whole."""

    phone = models.CharField(max_length=20)
    text = models.TextField()
    reference = models.CharField(max_length=40)
    sent_at = models.DateTimeField()
