"""What a correction makes of a published body: each piece by its sort, and the difference in pieces to be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from xianglin.base.refused import Refused
from xianglin.engine.differences import differences, table_differences

from . import drafts, rules, tables
from .models import Bulletin, Sort
from .tables import Table

Changes = list[dict[str, str]]


@dataclass(frozen=True)
class Correction:
    bulletin: Bulletin
    names: Sequence[str]  # that must not be named
    texts: Mapping[str, str]
    tables: Mapping[str, Table | None]
    recount: frozenset[str]

    def of(self, body: dict[str, Any]) -> tuple[dict[str, Any], Changes]:
        """The corrected body, and what changed in it."""
        kind = rules.require_kind(self.bulletin.kind)
        changes: Changes = []
        for section in body["sections"]:
            for block in section["blocks"]:
                changes += self._piece(block)
                rules.require_kept(kind, section["key"], block["text"])
            section["blocks"] = [block for block in section["blocks"] if block["text"]]
        return body, changes

    def _piece(self, block: dict[str, Any]) -> Changes:
        sort = rules.sort_of(block)
        if sort == Sort.TABLE:
            return self._table(block)
        if sort == Sort.FIGURE:
            return self._figure(block) if block["origin"] in self.recount else []
        new = rules.require_publishable(self.texts.get(block["origin"], block["text"]), self.names)
        changes = [{"before": piece.before, "after": piece.after} for piece in differences(block["text"], new)]
        block["text"] = new
        return changes

    def _table(self, block: dict[str, Any]) -> Changes:
        old = tables.of(block["text"], block["content"])
        new = self.tables.get(block["origin"], old)
        if new is None:
            block["text"] = ""
            return [{"before": old.title, "after": ""}]
        tables.require_publishable(new, self.names)
        block["text"], block["content"] = new.title or old.title, new.content
        told = differences(f"{old.title}\n{old.source}", f"{block['text']}\n{new.source}")
        cells = table_differences([old.header, *old.rows], [new.header, *new.rows])
        changes = [{"before": piece.before, "after": piece.after} for piece in told]
        return changes + [_of_cell(cell.row, cell.column, cell.before, cell.after) for cell in cells]

    def _figure(self, block: dict[str, Any]) -> Changes:
        now = drafts.counted_now(self.bulletin, block["origin"])
        if now is None or now.counted is None:
            raise Refused("bulletins.not_counted", _("这个数现在数不出来。请打页面底下的电话。"))
        before = block["content"]
        block["text"], block["content"] = now.text, drafts.counted(now.counted)
        if before["value"] == now.counted.value:
            return []
        said = [f"{value} {now.counted.unit}" for value in (before["value"], now.counted.value)]
        return [_of_cell(before["name"], "", *said)]


def _of_cell(row: str, column: str, before: str, after: str) -> dict[str, str]:
    return {"before": before, "after": after, "row": row, "column": column}
