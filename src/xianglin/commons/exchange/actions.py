"""Changes: a sheet handed in, applied in small batches, cancelled, forgotten."""

import time
from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.keys import sealing

from . import headers, rules
from .models import Batch, Imported, RememberedMapping, StagedRow
from .tables import ImportTable, table_named

SMALL = 50  # rows in one transaction: on SQLite everybody else waits for it


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
    batch.state = Batch.State.STAGED
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
    batch.state, batch.strict = Batch.State.APPLYING, strict
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
    checked = rules.check(rules.unpacked(row.number, said), batch.headers, batch.mapping, table)
    try:
        with transaction.atomic():
            imported, is_new = Imported.objects.get_or_create(
                county_id=batch.county, table=table.key, identity=row.identity
            )
            if is_new:
                made = table.apply(checked.row, area=batch.area, actor=actor)
                imported.result_ref = f"{made._meta.label}:{made.pk}" if made is not None else ""
                imported.save(update_fields=["result_ref"])
        row.state = StagedRow.State.CREATED if is_new else StagedRow.State.UNCHANGED
        row.result_ref = imported.result_ref
    except Refused as refusal:
        row.state, row.errors = StagedRow.State.REJECTED, [("", str(refusal.message))]


@action("exchange.cancel", subject=Batch)
def cancel_batch(batch: Batch, *, actor: Actor) -> Batch:
    """Not to be imported after all: nothing of it can be read any more."""
    _own(batch, actor)
    _require(batch, Batch.State.CHECKED)
    batch.state = Batch.State.CANCELLED
    _erase(batch)
    return batch


@action("exchange.forget", subject=Batch)
def forget_batch(batch: Batch, *, actor: Actor) -> Batch:
    """Its time is over (see `jobs`): what it made stays, the handed-in rows can't be read any more."""
    if batch.forgotten_at is None:
        _erase(batch)
    return batch


def _erase(batch: Batch) -> None:
    sealing.destroy(batch.key)
    batch.forgotten_at = clock.now()
    batch.save()


def _own(batch: Batch, actor: Actor) -> ImportTable:
    """Only who handed it in goes on with it, as long as they may still do it one by one."""
    table = table_named(batch.table)
    if batch.uploaded_by != actor.ref:
        raise Forbidden("exchange.not_yours", _("这份表不是您交的，请让交表的人来导入。"))
    rules.require_may_import(actor, table, batch.area)
    return table


def _require(batch: Batch, state: Batch.State) -> None:
    if batch.state != state:
        raise Refused("exchange.not_now", _("这份表现在不能这样做。请刷新看看最新情况。"), state=batch.state)
