"""Lists of areas from files, and the report of an import.

A county imports its own: since 2023 no codes of villages are published for the whole country.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from xianglin.base.actor import Actor
from xianglin.base.refused import Refused

from . import actions, rules
from .lists import AreaRow
from .models import Area

MOST_BYTES = 64 * 1024 * 1024  # unpacked: a whole province with room to spare
_HEADERS = {  # zh: headers of the counties' own sheets
    "code": ("代码", "编码", "区划代码", "行政区划代码", "统计用区划代码", "code"),
    "name": ("名称", "区划名称", "行政区划名称", "单位名称", "name"),
    "parent": ("上级代码", "上级编码", "上级区划代码", "父级代码", "所属代码", "parent", "parentcode"),
}
_HEADER_WITHIN_LINES = 10  # a title and notes may stand above it


@dataclass(frozen=True)
class Report:
    """What came of an import. ``warnings`` holds the first 200 sentences, ``warned`` counts all."""

    created: int
    changed: int
    unchanged: int
    closed: int
    skipped: int
    missing: int
    warned: int
    warnings: tuple[str, ...]
    seconds: float


def import_areas(
    rows: Iterable[AreaRow],
    *,
    actor: Actor,
    source: str,
    within: Area | None = None,
    whole: bool = False,
    close_missing: bool = False,
    from_on: dt.date | None = None,
) -> Report:
    """Take in a list through the one action ``areas.import``; a second run of the same list creates none."""
    began = time.perf_counter()
    done = actions.import_list(
        within,
        list(rows),
        actor=actor,
        source=source,
        whole=whole,
        close_missing=close_missing,
        from_on=from_on,
    )
    return Report(
        done.created,
        done.changed,
        done.unchanged,
        done.closed,
        done.skipped,
        done.missing,
        done.warned,
        tuple(rules.warning_text(warning) for warning in done.warnings),
        time.perf_counter() - began,
    )


def read_list(file: Path) -> list[AreaRow]:
    """A county's own list, CSV (UTF-8 or GB18030) or XLSX: columns 代码, 名称 and perhaps 上级代码."""
    lines = _sheet_lines(file) if _is_zip(file) else _csv_lines(file)
    head: list[str] = []
    for head in lines[:_HEADER_WITHIN_LINES]:
        columns = {key: _column(head, names) for key, names in _HEADERS.items()}
        if columns["code"] is not None and columns["name"] is not None:
            start = lines.index(head) + 1
            return list(_rows(lines[start:], columns))
    raise Refused("areas.no_columns", _("表里没有找到“代码”和“名称”两列，请加上表头再试"))


def _rows(lines: Sequence[Sequence[str]], columns: dict[str, int | None]) -> Iterator[AreaRow]:
    def cell(line: Sequence[str], key: str) -> str:
        at = columns[key]
        return line[at] if at is not None and at < len(line) else ""

    for line in lines:
        if any(line):
            yield AreaRow(cell(line, "code"), cell(line, "name"), cell(line, "parent"))


def _column(head: Sequence[str], names: Sequence[str]) -> int | None:
    tidy = ["".join(cell.split()).casefold() for cell in head]
    return next((tidy.index(name) for name in names if name in tidy), None)


def _is_zip(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(4) == b"PK\x03\x04"


def _csv_lines(file: Path) -> list[list[str]]:
    if file.stat().st_size > MOST_BYTES:
        raise Refused("areas.too_big", _("文件太大，请分成几份再试"))
    raw = file.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return [[cell.strip() for cell in line] for line in csv.reader(io.StringIO(text))]
    raise Refused("areas.unreadable", _("文件读不出来，请另存为 CSV 或 XLSX 再试"))


def _sheet_lines(file: Path) -> list[list[str]]:
    try:
        with ZipFile(file) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
        if unpacked > MOST_BYTES:
            raise Refused("areas.too_big", _("文件太大，请分成几份再试"))
        sheet = CalamineWorkbook.from_path(file).get_sheet_by_index(0)
    except (BadZipFile, CalamineError) as error:
        raise Refused("areas.unreadable", _("文件读不出来，请另存为 CSV 或 XLSX 再试")) from error
    return [[_cell_text(cell) for cell in line] for line in sheet.to_python()]


def _cell_text(cell: object) -> str:
    # A code typed as a number comes as 330523103202.0
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()
