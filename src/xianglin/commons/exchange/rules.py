"""Decisions without writing: is a row fit, and by what is it known again?"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.keys.sealing import blind_index
from xianglin.engine.text import squash

from .models import Batch
from .sheets import RawRow
from .tables import Column, ImportRow, ImportTable


class Problem(NamedTuple):
    """What is wrong with a row: in which column ("": in none of them), a sentence, and a stable code."""

    column: str
    sentence: str
    code: str = ""


Errors = list[Problem]


@dataclass(frozen=True)
class Checked:
    """A row, what is wrong with it, and a keyed hash of what it says in its table's `content`."""

    row: ImportRow
    errors: Errors
    content: str

    @property
    def identity(self) -> str:
        return self.row.identity


def require_may_import(actor: Actor, table: ImportTable, area: Area) -> None:
    """Who may do it one by one may import there, as long as it is within one county."""
    county_of(area)
    hooks.authorise(actor, table.action, area)


def county_of(area: Area) -> int:
    if area.county_id is None:
        raise Refused("exchange.area_too_wide", _("请选到县、镇或村，再导入。"))
    return area.county_id


def check(raw: RawRow, batch: Batch, table: ImportTable) -> Checked:
    """Every column cleaned; what was not handed in is cleaned as an empty cell."""
    headers, mapping = batch.headers, batch.mapping
    at_of = {mapping[header]: at for at, header in enumerate(headers) if mapping.get(header)}
    values: dict[str, Any] = {}
    errors: Errors = []
    for column in table.columns:
        try:
            values[column.key] = _value(raw, column, at_of.get(column.key))
        except Refused as refusal:
            values[column.key] = None
            errors.append(Problem(column.key, str(refusal.message), refusal.code))
    unknown = {header: cell for header, cell in zip(headers, raw.cells, strict=False) if not mapping.get(header)}
    row = ImportRow(raw.number, values, unknown, _identity(table, values, batch.area.code))
    return Checked(row, errors, _content(table, values))


def _value(raw: RawRow, column: Column, at: int | None) -> Any:
    if at in raw.formulas:
        raise Refused("exchange.formula", _("是公式，请粘贴为数值"))
    if at in raw.rounded:
        raise Refused("exchange.rounded", _("号码太长，Excel 已经改了末尾几位，请把这列设成文本再填"))
    cell = raw.cells[at] if at is not None and at < len(raw.cells) else ""
    value = column.clean(cell) if cell.strip() or not column.required else None
    if column.required and value in (None, ""):
        raise Refused("exchange.required", _("没有填") if at is not None else _("表里没有这一列"))
    return value


def _identity(table: ImportTable, values: Mapping[str, Any], place: str) -> str:
    """By its identity columns (and its place, where the table is local); where none is filled, by its place and all
    that the row says.

    Only what is filled counts, by name: a column that a table gets later makes no known row a new one.
    """
    parts = [values[key] for key in table.identity]
    if any(part not in (None, "") for part in parts):
        where = [place] if table.local else []
        return blind_index(f"exchange.{table.key}", json.dumps([*where, *(squash(str(part)) for part in parts)]))
    said = {key: squash(str(value)) for key, value in sorted(values.items()) if value not in (None, "")}
    return blind_index(f"exchange.{table.key}", json.dumps([place, said]))


def _content(table: ImportTable, values: Mapping[str, Any]) -> str:
    if not table.content:
        return ""
    said = [squash(str(values[key])) for key in table.content]
    return blind_index(f"exchange.{table.key}.content", json.dumps(said))


def has_changed(content: str, before: str) -> bool:
    """Whether a known row says something else now; what was imported before this was kept, cannot be told."""
    return bool(before) and content != before


def problems(stored: Iterable[Sequence[str]]) -> Errors:
    return [Problem(*error) for error in stored]


def told(errors: Errors, table: ImportTable) -> str:
    """All that is wrong with a row as one text, each sentence with its column."""
    sentences = [
        _("“%(column)s”%(sentence)s") % {"column": table.column[wrong.column].label, "sentence": wrong.sentence}
        if wrong.column
        else wrong.sentence
        for wrong in errors
    ]
    return _("；").join(sentences)


def packed(raw: RawRow) -> str:
    return json.dumps({"cells": raw.cells, "formulas": raw.formulas, "rounded": raw.rounded}, ensure_ascii=False)


def unpacked(number: int, said: str) -> RawRow:
    facts = json.loads(said)
    return RawRow(number, facts["cells"], tuple(facts["formulas"]), tuple(facts["rounded"]))
