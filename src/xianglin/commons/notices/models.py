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
        MAIL = "mail"

    class State(models.TextChoices):
        QUEUED = "queued"
        SENT = "sent"  # the provider took it
        DELIVERED = "delivered"  # and its receipt says that it arrived
        FAILED = "failed"  # surely not sent, or its receipt says that it did not arrive; ``reason`` says why
        UNKNOWN = "unknown"  # handed to the provider and not confirmed: waits for its receipt, is not repeated
        KEPT_BACK = "kept_back"  # on purpose not sent: opted out, or no longer asked; ``reason`` says which
        WIPED = "wiped"  # sent, and what it said is forgotten

    template = models.CharField(max_length=80)
    channel = models.CharField(max_length=8, choices=Channel)
    account_id = models.BigIntegerField(null=True)
    to_phone = SealedField(null=True)
    to_mail = SealedField(null=True)
    phone_key = models.UUIDField(null=True)  # the key made for this one message; null: the person's own
    phone_index = models.CharField(max_length=64, blank=True)  # of whom it was handed over for; a code's is forgotten
    variables = models.JSONField(default=dict)  # no personal data: the thing's number and public title
    county_id = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    reference = models.CharField(max_length=40, blank=True)  # ours: the same at every try
    provider_id = models.CharField(max_length=120, blank=True)  # theirs; an e-mail's Message-ID
    tries = models.PositiveSmallIntegerField(default=0)
    marked_at = models.DateTimeField(null=True)  # real time: when it was last handed over
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
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
            models.Index(fields=["reference"], name="notices_reference", condition=~models.Q(reference="")),
            models.Index(fields=["provider_id"], name="notices_provider_id", condition=~models.Q(provider_id="")),
            models.Index(
                fields=["phone_index", "created_at"],
                name="notices_unknown_to_phone",
                condition=models.Q(state="unknown") & ~models.Q(phone_index=""),
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


class Report(models.Model):
    """A delivery receipt (送达回执) as it came in: stored first and acted on by a job, the same one once."""

    key = models.CharField(max_length=64, unique=True)  # what makes it the same receipt, as a keyed index
    reference = models.CharField(max_length=40, blank=True)
    provider_id = models.CharField(max_length=120, blank=True)
    phone_index = models.CharField(max_length=64, blank=True)  # where a provider gives back no reference of ours
    delivered = models.BooleanField()
    reason = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)  # null: its message is not known, or not yet

    class Meta:
        indexes = [
            models.Index(
                fields=["received_at"], name="notices_report_waits", condition=models.Q(settled_at__isnull=True)
            )
        ]


class Phone(models.Model):
    """What holds between us and a phone: how much it was sent today, and whether its owner wants no more.

    The number itself stands nowhere here: only its keyed index, as it does beside accounts.
    """

    index = models.CharField(max_length=64, unique=True)
    counted_on = models.DateField(null=True)
    count = models.PositiveSmallIntegerField(default=0)  # messages on ``counted_on``, log-in codes apart
    stopped_at = models.DateTimeField(null=True)  # its owner opted out (退订): nothing but log-in codes


class Question(models.Model):
    """Something asked by SMS that is answered with 1 or 2. One is outstanding per phone; others wait their turn."""

    key = models.CharField(max_length=80)  # the declared question
    about = models.CharField(max_length=80)  # what its room calls it: "12:1" is matter 12, first round
    notice_id = models.BigIntegerField()
    county_id = models.BigIntegerField()
    phone_index = models.CharField(max_length=64, blank=True)  # known when its turn is looked for
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=16, blank=True)  # answered, expired, moot, not_sent

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["phone_index"],
                condition=models.Q(asked_at__isnull=False, closed_at__isnull=True),
                name="notices_one_question_per_phone",
            )
        ]
        indexes = [
            models.Index(fields=["key", "about"], name="notices_questions_about"),
            models.Index(fields=["notice_id"], name="notices_question_of"),
            models.Index(fields=["phone_index", "-asked_at"], name="notices_questions_to"),
            models.Index(fields=["asked_at"], name="notices_outstanding", condition=models.Q(closed_at__isnull=True)),
        ]


class Inbound(models.Model):
    """What a phone's owner wrote to us, stored before anything is made of it. Number and words are sealed."""

    key = models.CharField(max_length=64, unique=True)  # provider and its id of the message, as a keyed index
    phone = SealedField()
    phone_index = models.CharField(max_length=64)
    text = SealedField()
    key_id = models.UUIDField()  # made for this one message
    received_at = models.DateTimeField()
    acted_at = models.DateTimeField(null=True)
    read_as = models.CharField(max_length=16, blank=True)  # "1", "2", "stop", "unclear"
    outcome = models.CharField(max_length=60, blank=True)  # done, stopped, unclear, nothing_asked, or a refusal's code
    question = models.ForeignKey(Question, null=True, on_delete=models.SET_NULL, related_name="replies")

    class Meta:
        indexes = [
            models.Index(
                fields=["received_at"], name="notices_inbound_waits", condition=models.Q(acted_at__isnull=True)
            ),
            models.Index(fields=["phone_index", "-received_at"], name="notices_inbound_from"),
        ]


class Mailbox(models.Model):
    """Where an account wants e-mail: its owner's express wish, good once its link was opened from there."""

    account_id = models.BigIntegerField(unique=True)
    address = SealedField()
    key_id = models.UUIDField()  # made for this address alone: taken away, nothing opens it again
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)


class SandboxMessage(models.Model):
    """What the demonstration "sent". Its persons are invented, so their numbers are kept and shown whole."""

    phone = models.CharField(max_length=20)
    text = models.TextField()
    reference = models.CharField(max_length=40)
    sent_at = models.DateTimeField()
