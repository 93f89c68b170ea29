"""A sheet from file to rows: read, checked, applied; in short transactions, safe to begin again anywhere.

Staged rows are drafts; what they make is made by `actions`.
"""

import hashlib
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.keys.sealing import open_all, seal

from . import actions, headers, rules, sheets
from .models import Batch, Imported, RememberedMapping, StagedRow
from .sheets import RawRow
from .tables import ImportTable, table_named

CHUNK = 500
PAUSE_SECONDS = 0.03  # SQLite's writers queue by polling: without a gap the next small batch wins every time
T = TypeVar("T")


@dataclass(frozen=True)
class Counts:
    created: int
    unchanged: int
    rejected: int
    seconds: float


class Verdict(NamedTuple):
    errors: rules.Errors
    identity: str
    state: str


def stage_file(
    path: Path, table: ImportTable, area: Area, actor: Actor, mapping: Mapping[str, str] | None = None
) -> Batch:
    """Read, stage and check a sheet (a dry run). `mapping`: header → column key, see `headers.parse`."""
    began = time.monotonic()
    rules.require_may_import(actor, table, area)
    wanted = {**(mapping or {})}
    found = headers.cut(sheets.read(path), table, wanted)
    lacking = headers.missing(headers.guess(found.headers, table, _wanted(area, table, found, wanted)), table)
    if lacking:
        raise Refused(
            "exchange.missing_columns",
            _("表里没找到这些列：%(columns)s。请改表头，或者用 --map 列=字段 说明是哪一列。")
            % {"columns": pgettext("list", "、").join(lacking)},
            columns=lacking,
        )
    batch = actions.open_batch(area, actor=actor, table=table.key, file_name=path.name, sha256=digest(path))
    return _stage(batch, found, wanted, began)


def read_into(batch: Batch, path: Path) -> Batch:
    """The same for a batch that is there already; begins again where an earlier try was killed."""
    began = time.monotonic()
    table = table_named(batch.table)
    found = headers.cut(sheets.read(path), table, {})
    while some := list(batch.rows.values_list("pk", flat=True)[:CHUNK]):
        StagedRow.objects.filter(pk__in=some).delete()
    return _stage(batch, found, {}, began)


def apply_batch(batch: Batch, actor: Actor, strict: bool = False) -> Counts:
    """Apply every good row, a few at a time. Killed anywhere, called again, it goes on with the rows left."""
    began = time.monotonic()
    actor = actor.through("import")
    batch = actions.begin_batch(batch, actor=actor, strict=strict)
    while batch.state == Batch.State.APPLYING:
        batch = actions.apply_rows(batch, actor=actor)
        if connection.vendor == "sqlite":
            time.sleep(PAUSE_SECONDS)
    seconds = round(time.monotonic() - began, 2)
    return Counts(batch.created, batch.unchanged, batch.bad + batch.rejected, seconds)


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _wanted(area: Area, table: ImportTable, found: headers.Headed, said: Mapping[str, str]) -> dict[str, str]:
    """What was said now, over what this county said about the same headers the last time."""
    remembered = RememberedMapping.objects.filter(
        county_id=rules.county_of(area), table=table.key, headers_hash=headers.fingerprint(found.headers)
    ).first()
    return {**(remembered.mapping if remembered else {}), **said}


def _stage(batch: Batch, found: headers.Headed, said: Mapping[str, str], began: float) -> Batch:
    table = table_named(batch.table)
    wanted = _wanted(batch.area, table, found, said)
    batch.headers, batch.mapping = found.headers, headers.guess(found.headers, table, wanted)
    if said:
        actions.remember(batch, wanted)
    judge = _Judge(batch, table)
    for rows in _chunks(found.rows):
        judged = judge.rows(rows)
        staged = [
            StagedRow(batch=batch, number=raw.number, values=seal(rules.packed(raw), batch.key), **verdict._asdict())
            for raw, verdict in zip(rows, judged, strict=True)
        ]
        StagedRow.objects.bulk_create(staged)
    return judge.close(began)


def check_again(batch: Batch) -> Batch:
    """After the mapping was changed: every row anew, a chunk at a time."""
    began = time.monotonic()
    judge = _Judge(batch, table_named(batch.table))
    after = 0
    while rows := list(batch.rows.filter(number__gt=after).order_by("number")[:CHUNK]):
        raws = raw_rows(rows)
        for row, verdict in zip(rows, judge.rows(raws), strict=True):
            row.errors, row.identity, row.state = verdict
        with transaction.atomic():
            StagedRow.objects.bulk_update(rows, ("errors", "identity", "state"))
        after = rows[-1].number
    return judge.close(began)


def raw_rows(rows: Sequence[StagedRow]) -> list[RawRow]:
    """Unsealed. Empty cells where the batch was forgotten meanwhile."""
    opened = open_all(row.values for row in rows)
    return [
        rules.unpacked(row.number, said) if said is not None else RawRow(row.number, [])
        for row, said in zip(rows, opened, strict=True)
    ]


@dataclass
class _Judge:
    """Checks rows in order, and counts. A row whose identity stood in an earlier one is bad."""

    batch: Batch
    table: ImportTable
    seen: dict[str, int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(StagedRow.State.values, 0))

    def rows(self, raws: Sequence[RawRow]) -> list[Verdict]:
        checked = [rules.check(raw, self.batch, self.table) for raw in raws]
        known = dict(
            Imported.objects.filter(
                county_id=self.batch.county,
                table=self.table.key,
                identity__in=[row.identity for row in checked],
            ).values_list("identity", "content")
        )
        return [self.verdict(row, known.get(row.identity)) for row in checked]

    def verdict(self, checked: rules.Checked, before: str | None) -> Verdict:
        """`before`: what a known row said when it was imported, see `rules.has_changed`."""
        errors = list(checked.errors)
        if not errors and (problem := self._again(checked, before)):
            errors.append(problem)
        state = StagedRow.State.OK
        if errors:
            state = StagedRow.State.BAD
        elif before is not None:
            state = StagedRow.State.UNCHANGED
        self.counts[state] += 1
        return Verdict(errors, checked.identity, state)

    def _again(self, checked: rules.Checked, before: str | None) -> rules.Problem | None:
        """Only rows that are good come first: of two alike, the mended one is not refused for the bad one."""
        first = self.seen.setdefault(checked.identity, checked.row.number)
        if first != checked.row.number:
            told = _("和第 %(number)s 行是同一条") % {"number": first}
            return rules.Problem(self.table.identity[0], told, "exchange.same_row")
        if before is not None and rules.has_changed(checked.content, before):
            return rules.Problem(self.table.identity[0], str(self.table.changed), "exchange.changed")
        return None

    def close(self, began: float) -> Batch:
        batch = self.batch
        batch.ok, batch.bad = self.counts["ok"], self.counts["bad"]
        batch.unchanged = self.counts["unchanged"]
        batch.state, batch.seconds = Batch.State.CHECKED, round(time.monotonic() - began, 2)
        return end_reading(batch)


def end_reading(batch: Batch, refusal: Refused | None = None) -> Batch:
    """Keep what came of reading it, unless its owner has cancelled it meanwhile."""
    if refusal is not None:
        batch.refusal, batch.state = str(refusal.message), Batch.State.CANCELLED
    with transaction.atomic():
        now = Batch.objects.select_for_update().get(pk=batch.pk)
        if now.state != Batch.State.STAGED:
            return now
        batch.save()
    return batch


def _chunks(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[at : at + CHUNK] for at in range(0, len(rows), CHUNK))
