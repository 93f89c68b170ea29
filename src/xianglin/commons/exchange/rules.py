"""Decisions without writing: is a row fit, and by what is it known again?"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.keys.sealing import blind_index
from xianglin.engine.text import squash

from .sheets import RawRow
from .tables import Column, ImportRow, ImportTable

Errors = list[tuple[str, str]]


@dataclass(frozen=True)
class Checked:
    """A row and what is wrong with it: (column key, sentence) each."""

    row: ImportRow
    errors: Errors
    identity: str


def require_may_import(actor: Actor, table: ImportTable, area: Area) -> None:
    """Who may do it one by one may import there, as long as it is within one county."""
    county_of(area)
    hooks.authorise(actor, table.action, area)


def county_of(area: Area) -> int:
    if area.county_id is None:
        raise Refused("exchange.area_too_wide", _("请选到县、镇或村，再导入。"))
    return area.county_id


def check(raw: RawRow, headers: Sequence[str], mapping: Mapping[str, str], table: ImportTable) -> Checked:
    """Every column cleaned; what was not handed in is cleaned as an empty cell."""
    at_of = {mapping[header]: at for at, header in enumerate(headers) if mapping.get(header)}
    values: dict[str, Any] = {}
    errors: Errors = []
    for column in table.columns:
        try:
            values[column.key] = _value(raw, column, at_of.get(column.key))
        except Refused as refusal:
            values[column.key] = None
            errors.append((column.key, str(refusal.message)))
    unknown = {header: cell for header, cell in zip(headers, raw.cells, strict=False) if not mapping.get(header)}
    return Checked(ImportRow(raw.number, values, unknown), errors, _identity(table, values))


def _value(raw: RawRow, column: Column, at: int | None) -> Any:
    if at in raw.formulas:
        raise Refused("exchange.formula", _("是公式，请粘贴为数值"))
    if at in raw.rounded:
        raise Refused("exchange.rounded", _("号码太长，Excel 已经改了末尾几位，请把这列设成文本再填"))
    cell = raw.cells[at] if at is not None and at < len(raw.cells) else ""
    if column.required and not cell.strip():
        raise Refused("exchange.required", _("没有填") if at is not None else _("表里没有这一列"))
    return column.clean(cell)


def _identity(table: ImportTable, values: Mapping[str, Any]) -> str:
    """By its identity columns; where none is filled, by all that the row says."""
    parts = [values[key] for key in table.identity]
    if not any(part not in (None, "") for part in parts):
        parts = [values[column.key] for column in table.columns]
    return blind_index(f"exchange.{table.key}", json.dumps([squash(str(part)) for part in parts]))


def told(errors: Iterable[Sequence[str]], table: ImportTable) -> str:
    """All that is wrong with a row as one text, each sentence with its column."""
    sentences = [
        _("“%(column)s”%(sentence)s") % {"column": table.column[key].label, "sentence": sentence} if key else sentence
        for key, sentence in errors
    ]
    return _("；").join(sentences)


def packed(raw: RawRow) -> str:
    return json.dumps({"cells": raw.cells, "formulas": raw.formulas, "rounded": raw.rounded}, ensure_ascii=False)


def unpacked(number: int, said: str) -> RawRow:
    facts = json.loads(said)
    return RawRow(number, facts["cells"], tuple(facts["formulas"]), tuple(facts["rounded"]))
