"""Sheets out: streamed, and nothing in them that a spreadsheet would run."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import IO

import xlsxwriter
from django.utils.translation import gettext as _

from . import rules, staging
from .models import Batch, StagedRow
from .tables import ImportTable

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MOST_IN_A_CELL = 32_767  # Excel's own limit
_CHUNK = 500


def safe_cell(said: str) -> str:
    """What a spreadsheet would take for a formula gets an apostrophe before it; reading takes it back."""
    return f"'{said}" if said.startswith(_STARTS_FORMULA) and not _is_number(said) else said


def _is_number(said: str) -> bool:
    return said[1:].replace(".", "", 1).isdecimal() and said[0] == "-"


def write_sheet(headers: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> IO[bytes]:
    """An XLSX of text, written row by row to a file that is gone when closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response that streams it closes it
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(name)
        bold = book.add_format({"bold": True})
        for column, header in enumerate(headers):
            sheet.write_string(0, column, safe_cell(header), bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, safe_cell(cell)[:_MOST_IN_A_CELL])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(headers) - 1, 0), 20)
    file.seek(0)
    return file


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> IO[bytes]:
    """The same as CSV, with the mark by which Excel knows UTF-8. ``name``: what a sheet of XLSX is called."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - as above
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    sheet = csv.writer(text)
    for row in chain([headers], rows):
        sheet.writerow([safe_cell(cell) for cell in row])
    text.detach()
    file.seek(0)
    return file


def faulty_rows(batch: Batch, table: ImportTable) -> IO[bytes]:
    """The rows that were not imported, as handed in, with why: to mend and to drop in again."""
    why = _("为什么")
    kept = [at for at, header in enumerate(batch.headers) if header != why]
    headers = [*(batch.headers[at] for at in kept), why]
    return write_sheet(headers, _faulty(batch, table, kept), _("要改的行"))


def _faulty(batch: Batch, table: ImportTable, kept: Sequence[int]) -> Iterator[list[str]]:
    rows = batch.rows.filter(state__in=(StagedRow.State.BAD, StagedRow.State.REJECTED)).order_by("number")
    after = 0
    while some := list(rows.filter(number__gt=after)[:_CHUNK]):
        for row, raw in zip(some, staging.raw_rows(some), strict=True):
            cells = [raw.cells[at] if at < len(raw.cells) else "" for at in kept]
            told = rules.told(rules.problems(row.errors), table)
            yield [*cells, _("第 %(number)s 行：%(why)s") % {"number": row.number, "why": told}]
        after = some[-1].number


def template(table: ImportTable) -> IO[bytes]:
    """An empty sheet with the expected headers."""
    return write_sheet([str(column.label) for column in table.columns], [], str(table.label)[:31])
