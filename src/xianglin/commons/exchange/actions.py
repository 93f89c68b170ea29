"""Changes: a sheet handed in, applied in small batches, cancelled, forgotten."""

import logging
import time
from collections.abc import Mapping

from django.core.files.storage import default_storage
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.keys import sealing

from . import guards, headers, rules
from .models import Batch, Imported, RememberedMapping, StagedRow
from .tables import ImportTable, table_named

UNFINISHED = (Batch.State.STAGED, Batch.State.CHECKED, Batch.State.APPLYING)
SMALL = 50  # rows in one transaction: on SQLite everybody else waits for it
# What a row's own data make the database or Python refuse: too long, out of range, bytes that are no text, a
# constraint. Anything else is a fault of ours or of the machine, and stops the job.
_UNFIT = (DataError, IntegrityError, ValueError, OverflowError)
logger = logging.getLogger(__name__)


@action("exchange.stage")
def open_batch(area: Area, *, actor: Actor, table: str, file_name: str, sha256: str, stored_as: str = "") -> Batch:
    """A sheet was handed in; its rows follow. It has a key of its own, so that all of it can be erased."""
    rules.require_may_import(actor, table_named(table), area)
    batch = Batch(
        table=table,
        file_name=file_name[:255],
        sha256=sha256,
        stored_as=stored_as,
        uploaded_by=actor.ref,
        language=get_language() or "",
        created_at=clock.now(),
        key=sealing.new_key(rules.county_of(area)),
    )
    batch.place_in(area)
    batch.save()
    return batch


@action("exchange.remap", subject=Batch)
def remap_batch(batch: Batch, *, actor: Actor, mapping: Mapping[str, str]) -> Batch:
    """Say which header is which column, and have it remembered. The rows are checked again afterwards."""
    table = _own(batch, actor)
    _require(batch, Batch.State.CHECKED)
    said = {header: mapping.get(header, "") for header in batch.headers}
    batch.mapping = headers.guess(batch.headers, table, said)
    remember(batch, said)
    batch.state, batch.language = Batch.State.STAGED, get_language() or ""
    batch.save()
    return batch


def remember(batch: Batch, said: Mapping[str, str]) -> None:
    """For the next sheet with these headers in this county; "" stands for a header that is left out."""
    RememberedMapping.objects.update_or_create(
        county_id=batch.county,
        table=batch.table,
        headers_hash=headers.fingerprint(batch.headers),
        defaults={"mapping": {header: key for header, key in said.items() if header in batch.headers}},
    )


@action("exchange.begin", subject=Batch)
def begin_batch(batch: Batch, *, actor: Actor, strict: bool = False) -> Batch:
    """Say that it shall be applied. Pressed twice, it begins once."""
    _own(batch, actor)
    if batch.state in (Batch.State.APPLYING, Batch.State.DONE):
        return batch
    _require(batch, Batch.State.CHECKED)
    if strict and batch.bad:
        raise Refused(
            "exchange.bad_rows",
            _("有 %(bad)s 行要改，一行也没有导入。请改好再导入，或者选择跳过这些行。") % {"bad": batch.bad},
            bad=batch.bad,
        )
    batch.state, batch.strict, batch.language = Batch.State.APPLYING, strict, get_language() or ""
    batch.save()
    return batch


@action("exchange.apply", subject=Batch)
def apply_rows(batch: Batch, *, actor: Actor, size: int = SMALL) -> Batch:
    """The next rows, each by the single action. A row that is refused takes nothing else with it."""
    table = _own(batch, actor)
    if batch.state != Batch.State.APPLYING:
        return batch  # somebody else has finished it
    began = time.monotonic()
    rows = list(batch.rows.filter(state=StagedRow.State.OK).order_by("number")[:size])
    opened = sealing.open_all(row.values for row in rows)
    for row, said in zip(rows, opened, strict=True):
        _apply(row, said or "", batch, table, actor)
        setattr(batch, row.state, getattr(batch, row.state) + 1)
    StagedRow.objects.bulk_update(rows, ("state", "errors", "result_ref"))
    batch.ok -= len(rows)
    if not batch.ok:
        batch.state = Batch.State.DONE
    batch.seconds = round(batch.seconds + time.monotonic() - began, 2)
    batch.save()
    return batch


def _apply(row: StagedRow, said: str, batch: Batch, table: ImportTable, actor: Actor) -> None:
    try:
        checked = rules.check(rules.unpacked(row.number, said), batch, table)
        if not checked.errors:
            with transaction.atomic():
                row.state, row.result_ref = _imported(checked, batch, table, actor)
            return
        row.errors = checked.errors  # what is asked of a row has become more since it was checked
    except Refused as refusal:
        column = table.identity[0] if refusal.code == "exchange.changed" else ""
        row.errors = [rules.Problem(column, str(refusal.message), refusal.code)]
    except _UNFIT as error:
        logger.warning("row %d of batch %d: %s", row.number, batch.pk, guards.place_of(error))
        told = _("这一行存不进去。请看看有没有特别大的数、特别的符号，改好再导。")
        row.errors = [rules.Problem("", str(told), "exchange.unfit")]
    row.state = StagedRow.State.REJECTED


def _imported(checked: rules.Checked, batch: Batch, table: ImportTable, actor: Actor) -> tuple[str, str]:
    """What became of the row, and of what it made."""
    imported, is_new = Imported.objects.get_or_create(
        county_id=batch.county,
        table=table.key,
        identity=checked.identity,
        defaults={"content": checked.content},
    )
    if not is_new:
        if rules.has_changed(checked.content, imported.content):
            raise Refused("exchange.changed", table.changed)
        return StagedRow.State.UNCHANGED, imported.result_ref
    made = table.apply(checked.row, area=batch.area, actor=actor)
    imported.result_ref = f"{made._meta.label}:{made.pk}" if made is not None else ""
    imported.save(update_fields=["result_ref"])
    return StagedRow.State.CREATED, imported.result_ref


@action("exchange.cancel", subject=Batch)
def cancel_batch(batch: Batch, *, actor: Actor) -> Batch:
    """Not to be imported after all, or no further: what it made stays, the rest can't be read any more.

    Its job may be running, or have given up long ago: it finds the batch ended and does nothing.
    """
    _own(batch, actor)
    _require(batch, *UNFINISHED)
    batch.state = Batch.State.CANCELLED
    _erase(batch)
    return batch


@action("exchange.forget", subject=Batch)
def forget_batch(batch: Batch, *, actor: Actor) -> Batch:
    """Its time is over (see `jobs`): what it made stays, the handed-in rows can't be read any more."""
    if batch.forgotten_at is None:
        if batch.state in UNFINISHED:
            batch.state = Batch.State.CANCELLED
        _erase(batch)
    return batch


def _erase(batch: Batch) -> None:
    sealing.destroy(batch.key)
    if stored := batch.stored_as:
        transaction.on_commit(lambda: default_storage.delete(stored))
    batch.stored_as, batch.forgotten_at = "", clock.now()
    batch.save()


def _own(batch: Batch, actor: Actor) -> ImportTable:
    """Only who handed it in goes on with it, as long as they may still do it one by one."""
    table = table_named(batch.table)
    if batch.uploaded_by != actor.ref:
        raise Forbidden("exchange.not_yours", _("这份表不是您交的，请让交表的人来导入。"))
    rules.require_may_import(actor, table, batch.area)
    return table


def _require(batch: Batch, *states: str) -> None:
    if batch.state not in states:
        raise Refused("exchange.not_now", _("这份表现在不能这样做。请刷新看看最新情况。"), state=batch.state)
