"""Reading a sheet as rows of text, numbered as Excel shows them."""

import csv
import datetime as dt
import io
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

import python_calamine
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused

from . import guards

MOST_SHEETS = 10
_DIGITS_KEPT = 1e15  # beyond, Excel has replaced the last digits of a number by zeros
_LONGEST_CELL = 1_000_000


@dataclass(frozen=True)
class RawRow:
    """`number` as Excel shows it; which cells were formulas or had lost digits, by position."""

    number: int
    cells: list[str]
    formulas: tuple[int, ...] = ()
    rounded: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(self.cells) and not self.formulas


@dataclass(frozen=True)
class RawSheet:
    name: str
    rows: list[RawRow] = field(repr=False)


def read(path: Path) -> list[RawSheet]:
    """Every sheet that has something in it (a CSV file has one)."""
    kind = guards.kind_of(path)
    with guards.reading():
        found = _workbook(path) if kind == "xlsx" else [_csv(path)]
    sheets = [sheet for sheet in found if sheet.rows]
    if not sheets:
        raise Refused("exchange.empty", _("文件是空的，请看看是不是选错了。"))
    return sheets


# --- XLSX


def _workbook(path: Path) -> list[RawSheet]:
    with ZipFile(path) as archive:
        parts = _sheet_parts(archive)
        extents = {name: guards.extent_of(archive, part) for name, part in parts.items()}
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return [_sheet(book, name, extent) for name, extent in extents.items() if extent.rows]


def _sheet_parts(archive: ZipFile) -> dict[str, str]:
    """Visible sheets and where their XML lies; hidden ones were not meant to be handed in."""
    targets = {link["Id"]: link["Target"] for link in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship")}
    parts = {}
    for sheet in _elements(archive, "xl/workbook.xml", "sheet"):
        target = targets.get(next((v for k, v in sheet.items() if k.rpartition(" ")[2] == "id"), ""), "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if sheet.get("state", "visible") == "visible" and part in archive.namelist() and "worksheets" in part:
            parts[sheet["name"]] = part
    return dict(list(parts.items())[:MOST_SHEETS])


def _elements(archive: ZipFile, part: str, name: str) -> list[dict[str, str]]:
    found = list[dict[str, str]]()
    if part not in archive.namelist():
        return found

    def start(element: str, attributes: dict[str, str]) -> None:
        if element.rpartition(" ")[2] == name:
            found.append(attributes)

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = guards.refuse_doctype
    parser.StartElementHandler = start
    parser.Parse(archive.read(part), True)
    return found


def _sheet(book: Any, name: str, extent: guards.Extent) -> RawSheet:
    sheet = book.get_sheet_by_name(name)
    table = sheet.to_python(skip_empty_area=False)
    _fill_merged(table, sheet.merged_cell_ranges or ())
    formulas: dict[int, list[int]] = {}
    for row, column in sorted(extent.formulas):
        formulas.setdefault(row, []).append(column)
    rows = (
        RawRow(
            number=index + 1,
            cells=[cell_text(value) for value in values],
            formulas=tuple(formulas.get(index, ())),
            rounded=tuple(at for at, value in enumerate(values) if _is_rounded(value)),
        )
        for index, values in enumerate(table)
    )
    return RawSheet(name, list(_filled(rows)))


def _fill_merged(table: list[list[Any]], ranges: Iterable[Any]) -> None:
    """A village written once beside ten merged rows is meant for each of them; a title across is not."""
    for (first_row, column), (last_row, last_column) in ranges:
        # Empty cells may be merged outside of what is filled.
        if column == last_column and first_row < min(last_row, len(table)) and column < len(table[first_row]):
            for row in table[first_row + 1 : last_row + 1]:
                row[column] = table[first_row][column]


def _is_rounded(value: Any) -> bool:
    return isinstance(value, float) and abs(value) >= _DIGITS_KEPT


def cell_text(value: Any) -> str:
    """A cell as people read it: 188006 and not 188006.0, a date in ISO form."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer():
            return str(int(value))
        case dt.datetime():
            return value.replace(microsecond=0).isoformat(" ")
        case str():
            return _unguarded(value.strip().replace("\x00", ""))
        case _:
            return str(value)


def _unguarded(said: str) -> str:
    """Take back the apostrophe that `exports.safe_cell` put before what could be a formula."""
    return said[1:] if said[:1] == "'" and said[1:2] in ("=", "+", "-", "@") else said


# --- CSV


def _csv(path: Path) -> RawSheet:
    said = _decoded(path.read_bytes())
    csv.field_size_limit(_LONGEST_CELL)
    rows = (
        RawRow(number, [cell_text(cell) for cell in cells])
        for number, cells in enumerate(csv.reader(io.StringIO(said), delimiter=_delimiter(said)), start=1)
    )
    return RawSheet(path.stem, list(_filled(rows)))


def _decoded(raw: bytes) -> str:
    encodings = ["utf-16"] if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            said = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in said:
            return said
    raise Refused("exchange.encoding", _("文件里的字读不出来。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"))


def _delimiter(said: str) -> str:
    """The one that cuts the first lines into most columns; a comma in a long text does it for a line only."""
    lines = said[:20_000].splitlines()[:10]

    def columns(delimiter: str) -> int:
        counts = [len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1]
        return max((count * counts.count(count) for count in set(counts)), default=0)

    return max(",\t;|", key=columns)


def _filled(rows: Iterable[RawRow]) -> Iterator[RawRow]:
    for count, row in enumerate((row for row in rows if not row.is_empty), start=1):
        if count > guards.MOST_ROWS + 10:
            raise guards.too_many_rows()
        yield row
