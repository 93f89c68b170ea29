"""Bulletins (公开件): something published, never silently changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import Area, InArea

TEXT_LENGTH = 2000  # of one sentence or paragraph


class State(models.TextChoices):
    DRAFT = "draft", _("起草中")
    REVIEWING = "reviewing", _("等村监委过目")
    REVIEWED = "reviewed", _("过目了，等公布")
    PUBLISHED = "published", _("公布了")


class Sort(models.TextChoices):
    """Of a block."""

    TEXT = "text", _("文字")
    FIGURE = "figure", _("数")
    TABLE = "table", _("表")


class Bulletin(InArea):
    """One publication of a place: a month's report. Its text lies in blocks while it is written, then in versions."""

    kind = models.CharField(max_length=64)
    period = models.CharField(max_length=7)  # "2022-05"
    title = models.CharField(max_length=80)
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT)
    version = models.PositiveSmallIntegerField(default=0)  # the one that stands; 0: none yet
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=200, blank=True)  # of the reviewer, when it came back
    published_on = models.DateField(null=True)  # first
    corrected_on = models.DateField(null=True)  # last

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "kind", "period"], name="bulletins_one_a_period"),
            models.CheckConstraint(
                name="bulletins_published_has_version",
                condition=models.Q(state="published", version__gte=1, published_on__isnull=False)
                | (~models.Q(state="published") & models.Q(version=0, published_on=None)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["area", "state", "-period"], name="bulletins_here"),
            models.Index(fields=["town_id", "kind", "period"], name="bulletins_town"),
            models.Index(fields=["county_id", "kind", "period"], name="bulletins_county"),
        ]

    def __str__(self) -> str:
        return self.title


class Block(models.Model):
    """A sentence of the text that is being written: as it was drafted from its records, or as somebody wrote it."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="blocks")
    section = models.CharField(max_length=32)
    position = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=80)  # what it was drafted from, or a gap's key: the same after a new draft
    text = models.TextField(blank=True)
    drafted = models.TextField(blank=True)  # what the records say now; of a table how it is offered
    asks = models.CharField(max_length=120, blank=True)  # a gap: what people must write themselves
    sources = models.JSONField(default=list)  # [{"ref", "label", "url"}]: what stands behind it
    sort = models.CharField(max_length=8, choices=Sort, default=Sort.TEXT)
    # Of a figure what it was counted from (registry.Counted), of a table its cells (tables.Table) once there are any.
    content = models.JSONField(null=True)
    by_hand = models.BooleanField(default=False)
    edition = models.PositiveIntegerField(default=1)  # grows with each change by hand: two writers never overwrite
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(null=True)  # last, by hand

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["bulletin", "origin"], name="bulletins_origin_once")]
        ordering: ClassVar = ["position", "pk"]

    @property
    def is_gap(self) -> bool:
        return self.sort == Sort.TEXT and bool(self.asks) and not self.text.strip()

    @property
    def is_offered(self) -> bool:
        """A table that may be added here and was not."""
        return self.sort == Sort.TABLE and not self.content

    @property
    def is_behind(self) -> bool:
        """Written by hand, and what it was written from has changed since."""
        return self.sort == Sort.TEXT and self.by_hand and not self.asks and self.text != self.drafted


class Head(models.Model):
    """The end of one place's chain of versions, locked while it grows."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, primary_key=True, related_name="+")
    position = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)


class Version(models.Model):
    """A text as it was published, word by word. Never updated, never deleted (by trigger too); chained per place."""

    bulletin = models.ForeignKey(Bulletin, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveIntegerField()  # in the place's chain
    body = models.TextField()  # canonical JSON as it was hashed
    reason = models.CharField(max_length=200, blank=True)  # why it was corrected
    changes = models.JSONField(default=list)  # [{"before", "after"}] against the version before
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    algorithm = models.CharField(max_length=8)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bulletin", "number"], name="bulletins_version_once"),
            models.UniqueConstraint(fields=["area", "position"], name="bulletins_position_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["hash"], name="bulletins_hash")]

    def __str__(self) -> str:
        return f"{self.bulletin_id}/{self.number}"

    @property
    def withheld_now(self) -> "Withheld | None":
        """What withholds it; read with it where ``queries.with_withholdings`` looked."""
        rows = getattr(self, "withheld_rows", None)
        if rows is None:
            return self.withholdings.filter(released_at=None).first()
        return rows[0] if rows else None

    @property
    def county_id(self) -> int | None:
        return self.area.county_id


class Withheld(models.Model):
    """A version that is shown no more, as something personal stands in it. The version stays as it was hashed."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="withholdings")
    reason = models.CharField(max_length=200)  # everybody reads it
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    released_reason = models.CharField(max_length=200, blank=True)
    released_by = models.CharField(max_length=80, blank=True)
    released_by_name = models.CharField(max_length=60, blank=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version"], condition=models.Q(released_at=None), name="bulletins_withheld_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}"

    @property
    def county_id(self) -> int | None:
        return self.version.county_id
