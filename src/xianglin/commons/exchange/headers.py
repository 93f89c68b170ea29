"""Which row is the header, and which column is what."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xianglin.base.refused import Refused
from xianglin.engine.text import squash

from .sheets import RawRow, RawSheet
from .tables import ImportTable

SEARCHED_ROWS = 10  # titles, notes and 填报单位 stand above many towns' headers


@dataclass(frozen=True)
class Headed:
    """A sheet cut at its header."""

    name: str
    headers: list[str]
    rows: Sequence[RawRow]


def cut(sheets: Sequence[RawSheet], table: ImportTable, wanted: Mapping[str, str]) -> Headed:
    """Where most cells are known as headers; where none is, the first row of several cells."""
    score, sheet, at = max(
        (
            (_score(row, table, wanted), sheet, at)
            for sheet in sheets
            for at, row in enumerate(sheet.rows[:SEARCHED_ROWS])
        ),
        key=lambda found: found[0],
    )
    rows = sheet.rows[at + 1 :]
    if not rows:
        raise Refused("exchange.no_rows", _("表头下面没有数据，请看看是不是选错了文件。"))
    width = max(len(sheet.rows[at].cells), *(len(row.cells) for row in rows))
    return Headed(sheet.name, _distinct(sheet.rows[at].cells, width), rows)


def _score(row: RawRow, table: ImportTable, wanted: Mapping[str, str]) -> tuple[int, int]:
    filled = [cell for cell in row.cells if cell]
    known = sum(cell in wanted or table.column_named(cell) is not None for cell in filled)
    return known, min(len(filled), 2)


def _distinct(cells: Sequence[str], width: int) -> list[str]:
    """Headers as written; a second 备注 is 备注 (2), one left empty is 第3列."""
    headers = list[str]()
    for number in range(1, width + 1):
        name = " ".join(cells[number - 1].split()) if number <= len(cells) else ""
        name = name or _("第%(number)s列") % {"number": number}
        count = 2
        while (name if count == 2 else f"{name} ({count - 1})") in headers:
            count += 1
        headers.append(name if count == 2 else f"{name} ({count - 1})")
    return headers


def guess(headers: Sequence[str], table: ImportTable, wanted: Mapping[str, str]) -> dict[str, str]:
    """Header → column key: what was said or remembered first, then by name; no column is taken twice."""
    mapping = {header: key for header, key in wanted.items() if header in headers and key in table.column}
    for header in headers:
        column = table.column_named(header)
        if column and header not in wanted and column.key not in mapping.values():
            mapping[header] = column.key
    if len(set(mapping.values())) < len(mapping):
        raise Refused("exchange.mapped_twice", _("有两列选成了同一项，请只留一列，另一列不导入。"))
    return mapping


def parse(pairs: Sequence[str], table: ImportTable) -> dict[str, str]:
    """`--map 列=字段`, repeated. A field goes by its key or by any of its names; none drops the column."""
    wanted = {}
    for pair in pairs:
        header, _sign, name = (part.strip() for part in pair.partition("="))
        column = table.column_named(name)
        if not header or (name and column is None):
            known = pgettext("list", "、").join(str(column.label) for column in table.columns)
            raise Refused(
                "exchange.bad_map",
                _("看不懂“%(pair)s”，请写成 列=字段；字段有：%(known)s") % {"pair": pair, "known": known},
            )
        wanted[header] = column.key if column else ""
    return wanted


def missing(mapping: Mapping[str, str], table: ImportTable) -> list[str]:
    """Labels of required columns that no header stands for."""
    return [str(c.label) for c in table.columns if c.required and c.key not in mapping.values()]


def fingerprint(headers: Sequence[str]) -> str:
    """The same for the same set of headers, in whatever order and however spaced."""
    return hashlib.sha256("|".join(sorted(squash(header) for header in headers)).encode()).hexdigest()
