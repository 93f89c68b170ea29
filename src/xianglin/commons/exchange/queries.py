"""Reads: a person's own batches, and a page of a batch's rows with each error beside its cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.shortcuts import get_object_or_404

from xianglin.base.actor import Actor

from . import rules, staging
from .models import Batch, StagedRow
from .tables import ImportTable, table_named

PAGE = 50


def batches_of(actor: Actor, table: ImportTable) -> models.QuerySet[Batch]:
    """The newest first."""
    return Batch.objects.filter(uploaded_by=actor.ref, table=table.key).order_by("-id")


def own_batch(actor: Actor, batch_id: int) -> Batch:
    """404 for anybody but who handed it in: not even its existence is theirs to know."""
    return get_object_or_404(Batch.objects.select_related("area"), pk=batch_id, uploaded_by=actor.ref)


@dataclass(frozen=True)
class CellShown:
    said: str
    wrong: str  # the sentence beside it, or nothing


@dataclass(frozen=True)
class RowShown:
    number: int
    state: str
    state_label: str
    cells: Sequence[CellShown]  # of the columns that are imported
    wrong: str  # what belongs to no cell of the sheet


def columns_shown(batch: Batch) -> list[str]:
    """The headers whose cells `rows_shown` answers, in the sheet's order."""
    return [header for header in batch.headers if header in batch.mapping]


def rows_shown(batch: Batch, faulty_only: bool = False, after: int = 0) -> tuple[list[RowShown], int | None]:
    """A page of rows and the number after which the next one begins, or None. Four queries at most."""
    rows = batch.rows.filter(number__gt=after).order_by("number")
    if faulty_only:
        rows = rows.filter(state__in=(StagedRow.State.BAD, StagedRow.State.REJECTED))
    some = list(rows[: PAGE + 1])
    page, table = some[:PAGE], table_named(batch.table)
    shown = [_shown(batch, table, row, raw.cells) for row, raw in zip(page, staging.raw_rows(page), strict=True)]
    return shown, page[-1].number if len(some) > PAGE else None


def _shown(batch: Batch, table: ImportTable, row: StagedRow, cells: Sequence[str]) -> RowShown:
    errors = rules.problems(row.errors)
    wrong = {error.column: error.sentence for error in errors if error.column}
    shown = [
        CellShown(cells[at] if at < len(cells) else "", wrong.pop(batch.mapping[header], ""))
        for at, header in enumerate(batch.headers)
        if header in batch.mapping
    ]
    general = [error for error in errors if error.column in wrong or not error.column]
    return RowShown(row.number, row.state, row.get_state_display(), shown, rules.told(general, table))
