"""A handed-in sheet, its rows until they are applied, and what was imported before."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import InArea
from xianglin.commons.keys.fields import SealedField
from xianglin.commons.keys.models import PersonKey


class Batch(InArea):
    """One handed-in sheet. Its rows are sealed with a key of its own, destroyed when it is forgotten."""

    class State(models.TextChoices):
        STAGED = "staged", _("正在读表")
        CHECKED = "checked", _("读好了，还没导入")
        APPLYING = "applying", _("正在导入")
        DONE = "done", _("导入完了")
        CANCELLED = "cancelled", _("不导入了")

    table = models.CharField(_("导入成什么"), max_length=60)
    file_name = models.CharField(_("文件名"), max_length=255)
    sha256 = models.CharField(max_length=64)
    stored_as = models.CharField(max_length=255, blank=True, editable=False)  # until it was read
    uploaded_by = models.CharField(_("谁交的"), max_length=80)  # an Actor's ref: accounts live in a higher room
    language = models.CharField(max_length=16, blank=True, editable=False)  # of who handed it in: errors are told in it
    state = models.CharField(_("状态"), max_length=9, choices=State, default=State.STAGED)
    refusal = models.CharField(_("为什么读不了"), max_length=300, blank=True)
    headers = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)  # header → column key
    strict = models.BooleanField(_("有一行不对就都不导入"), default=False)
    ok = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)  # of reading and of applying, together
    created_at = models.DateTimeField(_("交来时间"))
    forgotten_at = models.DateTimeField(null=True, editable=False)
    key = models.ForeignKey(PersonKey, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("导入")
        indexes = (
            models.Index(fields=("uploaded_by", "-id"), name="exchange_mine"),
            models.Index(fields=("created_at",), name="exchange_to_forget", condition=Q(forgotten_at=None)),
        )

    def __str__(self) -> str:
        return self.file_name

    @property
    def county(self) -> int:
        assert self.county_id is not None, "rules.county_of refuses anything wider"
        return self.county_id

    @property
    def total(self) -> int:
        return self.ok + self.bad + self.created + self.unchanged + self.rejected

    @property
    def done(self) -> int:
        """Rows that need nothing more."""
        return self.total - self.ok

    @property
    def faulty(self) -> int:
        return self.bad + self.rejected


class StagedRow(models.Model):
    """A row of the sheet: its cells as written, and what became of it."""

    class State(models.TextChoices):
        OK = "ok", _("可以导入")
        BAD = "bad", _("要改")
        CREATED = "created", _("已导入")
        UNCHANGED = "unchanged", _("以前导入过")
        REJECTED = "rejected", _("没有导入")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()  # as Excel shows it
    values = SealedField()  # JSON: {"cells": […], "formulas": [at, …], "rounded": [at, …]}
    errors = models.JSONField(default=list)  # [[column key or "", sentence, code], …]: rules.Problem
    identity = models.CharField(max_length=64, blank=True)  # keyed hash: nothing can be read back from it
    state = models.CharField(max_length=9, choices=State)
    result_ref = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("导入的一行")
        constraints = (models.UniqueConstraint(fields=("batch", "number"), name="exchange_row_once"),)
        indexes = (models.Index(fields=("batch", "state", "number"), name="exchange_row_by_state"),)

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"


class Imported(models.Model):
    """What was imported before, known by the table's identity columns within one county. Never twice."""

    table = models.CharField(max_length=60)
    county_id = models.BigIntegerField()
    identity = models.CharField(max_length=64)
    content = models.CharField(max_length=64, blank=True)  # keyed hash of what it said, see ImportTable.content
    result_ref = models.CharField(max_length=120)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("county_id", "table", "identity"), name="exchange_imported_once"),
        )

    def __str__(self) -> str:
        return self.result_ref


class RememberedMapping(models.Model):
    """What a county's people said about these headers the last time."""

    county_id = models.BigIntegerField()
    table = models.CharField(max_length=60)
    headers_hash = models.CharField(max_length=64)
    mapping = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("county_id", "table", "headers_hash"), name="exchange_mapping_once"),
        )

    def __str__(self) -> str:
        return f"{self.table} {self.headers_hash[:8]}"
