"""Kept files, and uploads on their way to be one. Whose a file is, its owner's room says in rows of its own."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.commons.keys.fields import SealedField

BAND_COLUMNS = ("band_1", "band_2", "band_3", "band_4")


class Kind(models.TextChoices):
    PICTURE = "picture", _("照片")
    AUDIO = "audio", _("录音")
    PAPER = "paper", _("文件")


class File(models.Model):
    """One content that never changes. It lies encrypted in the storage, under a name that nobody can guess."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    county_id = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=8, choices=Kind)
    came_as = models.CharField(max_length=40)  # the media type that was found in it, whatever its name said
    media_type = models.CharField(max_length=40)  # what it was converted to
    size = models.PositiveIntegerField(default=0)  # bytes, as this and ``sha256`` are of the content in clear
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    seconds = models.FloatField(null=True)  # of a recording, measured by playing it through
    taken_at = models.DateTimeField(null=True)  # what the camera wrote; null: unknown, since chat apps strip it
    look = models.CharField(max_length=16, blank=True, db_index=True)  # perceptual hash (64-bit dHash) in hex
    # Its four bands, by which alike pictures are found (``alike``); null where it tells too little.
    band_1 = models.PositiveIntegerField(null=True)
    band_2 = models.PositiveIntegerField(null=True)
    band_3 = models.PositiveIntegerField(null=True)
    band_4 = models.PositiveIntegerField(null=True)
    stored_as = models.CharField(max_length=80, blank=True)
    small_as = models.CharField(max_length=80, blank=True)  # a picture's small copy
    secret = SealedField(null=True)  # the content's key, sealed with the key of the person whose it is
    open_secret = models.CharField(max_length=64, blank=True)  # the same, of what everybody may see
    made_at = models.DateTimeField()
    by = models.CharField(max_length=80)  # the actor's reference: "account:3", "receipt:12", "nobody"
    gone_at = models.DateTimeField(null=True)  # forgotten: its bytes and its key are destroyed

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="files_one_secret_or_gone",
                condition=models.Q(secret__isnull=False, open_secret="", gone_at__isnull=True)
                | (models.Q(secret__isnull=True, gone_at__isnull=True) & ~models.Q(open_secret=""))
                | models.Q(secret__isnull=True, open_secret="", gone_at__isnull=False),
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["gone_at"],
                name="files_to_erase",
                condition=models.Q(gone_at__isnull=False) & ~models.Q(stored_as=""),
            ),
            *(
                models.Index(
                    fields=["county_id", band],
                    name=f"files_{band}",
                    condition=models.Q(**{f"{band}__isnull": False}),
                )
                for band in BAND_COLUMNS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.pk}"


class Upload(models.Model):
    """A file on its way: it comes in pieces, is made ready once, and is kept by an action; or swept after a day.

    Its key is the sender's own and the token that a form carries. It is worth something in the same browser only.
    """

    class State(models.TextChoices):
        RECEIVING = "receiving"
        READY = "ready"
        KEPT = "kept"

    id = models.UUIDField(primary_key=True, editable=False)
    owner = models.CharField(max_length=64)  # a hash of what only this browser's session holds
    kind = models.CharField(max_length=8, choices=Kind)
    state = models.CharField(max_length=9, choices=State, default=State.RECEIVING)
    claimed_size = models.PositiveIntegerField()
    claimed_sha256 = models.CharField(max_length=64, blank=True)
    received = models.PositiveIntegerField(default=0)  # bytes, without a gap from the beginning
    folder = models.CharField(max_length=40)  # of its pieces in the storage
    pieces = models.JSONField(default=list)  # their names, in order
    facts = models.JSONField(default=dict)  # once ready: the columns of the file that it will be
    secret = models.CharField(max_length=64, blank=True)  # the content's key until it is kept
    begun_at = models.DateTimeField()  # real time

    class Meta:
        indexes: ClassVar = [models.Index(fields=["begun_at"], name="files_uploads_by_age")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.pk}"

    @property
    def token(self) -> str:
        return str(self.pk)

    @property
    def seconds(self) -> float | None:
        found: float | None = self.facts.get("seconds")
        return found
