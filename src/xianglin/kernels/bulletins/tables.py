"""Small tables of a text: pasted from a sheet or typed, a heading row and rows."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused

from . import rules

ROWS = 40
COLUMNS = 6  # a phone shows no more
CELL = 60  # characters
_FIGURE = re.compile(r"[-+−]?[¥￥]?[\d,]+(?:\.\d+)?\s*[%％万亿]?[\u4e00-\u9fff]{0,2}")


@dataclass(frozen=True)
class Table:
    """``source``: where its figures were taken from, in words."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str = ""

    @property
    def content(self) -> dict[str, Any]:
        """As a block keeps it beside its title."""
        return {"header": list(self.header), "rows": [list(row) for row in self.rows], "source": self.source}

    @property
    def typed(self) -> str:
        """As somebody would type it; where a cell has a comma of its own, as a sheet gives it."""
        lines = (self.header, *self.rows)
        between = "\t" if any(comma in cell for row in lines for cell in row for comma in ",，") else ","  # zh: commas
        return "\n".join(between.join(row) for row in lines)

    @property
    def numeric(self) -> list[bool]:
        """Of each column, whether it holds figures."""
        columns = zip(*self.rows, strict=True)
        return [all(_FIGURE.fullmatch(cell) for cell in cells if cell) and any(cells) for cells in columns]


def of(title: str, content: Mapping[str, Any]) -> Table:
    return Table(title, tuple(content["header"]), tuple(tuple(row) for row in content["rows"]), content["source"])


def read(title: str, pasted: str, source: str = "") -> Table:
    """What was pasted (tabs between cells, as from a sheet) or typed (commas); refused with what is to be mended."""
    lines = [_cells(line) for line in pasted.replace("\r\n", "\n").split("\n") if line.strip()]
    if len(lines) < 2:  # noqa: PLR2004
        raise Refused("bulletins.table_short", _("表要有表头和至少一行：第一行写各列叫什么，下面一行一条。"))
    header, *rows = lines
    if len(rows) > ROWS or len(header) > COLUMNS:
        told = _("表太大了，手机上看不清：最多 %(rows)d 行、%(columns)d 列。请分成几张，或者只放合计。")
        raise Refused("bulletins.table_large", told % {"rows": ROWS, "columns": COLUMNS})
    for number, row in enumerate(rows, 2):
        if len(row) != len(header):
            told = _("第 %(number)d 行是 %(here)d 格，表头是 %(head)d 格。数里的逗号请去掉，空着的格子也要分开。")
            raise Refused("bulletins.table_ragged", told % {"number": number, "here": len(row), "head": len(header)})
    if len(set(header)) < len(header) or not all(header):
        raise Refused("bulletins.table_header", _("表头每一列都要有名字，名字不能一样。"))
    longest = max(len(cell) for row in lines for cell in row)
    if longest > CELL:
        raise Refused("bulletins.table_cell", _("一格最多写 %(limit)d 个字，长的请写在文字里。") % {"limit": CELL})
    return Table(title.strip(), tuple(header), tuple(map(tuple, rows)), source.strip())


def _cells(line: str) -> list[str]:
    if "\t" in line:
        return [cell.strip() for cell in line.split("\t")]
    return [cell.strip() for cell in next(csv.reader([line.replace("，", ",")]))]  # zh: typed on a Chinese keyboard


def require_publishable(table: Table, names: Sequence[str]) -> Table:
    """Nothing personal in any of its cells, each read with its heading (电话 520…)."""
    for words in lines(table):
        rules.require_publishable(words, names)
    return table


def lines(table: Table) -> list[str]:
    """All that stands in it, each cell after its heading."""
    told = [words for words in (table.title, table.source, *table.header) if words]
    for row in table.rows:
        cells = zip(table.header, row, strict=True)
        told += [f"{head}：{cell}" for head, cell in cells if cell]  # zh: read together
    return told
