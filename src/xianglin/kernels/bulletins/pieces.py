"""A text's blocks as pages show them, whether still written or published."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from xianglin.base.registry import Source
from xianglin.ui.parts import Column

from . import rules, tables
from .models import Block, Bulletin, Sort
from .tables import Table


@dataclass(frozen=True)
class Piece:
    number: int  # in the whole text, from 1
    origin: str
    text: str
    sources: Sequence[Mapping[str, str]]
    figure: Mapping[str, Any] | None = None
    table: Table | None = None
    block: Block | None = field(default=None, compare=False)  # while it is written

    @property
    def as_of(self) -> dt.datetime | None:
        return dt.datetime.fromisoformat(self.figure["as_of"]) if self.figure else None

    @property
    def head(self) -> list[Column]:
        """Of the table's columns."""
        if self.table is None:
            return []
        return [Column(label, number) for label, number in zip(self.table.header, self.table.numeric, strict=True)]


@dataclass(frozen=True)
class Opened:
    """What a figure was counted from: what everybody may open, and how many more."""

    piece: Piece
    records: Sequence[Source]
    hidden: int


def published(blocks: Iterable[Mapping[str, Any]]) -> list[Piece]:
    return [
        _piece(number, one["origin"], one["text"], one["sources"], rules.sort_of(one), one.get("content"))
        for number, one in enumerate(blocks, 1)
    ]


def written(blocks: Iterable[Block]) -> list[Piece]:
    return [
        _piece(number, one.origin, one.text, one.sources, one.sort, one.content, one)
        for number, one in enumerate(blocks, 1)
    ]


def _piece(
    number: int, origin: str, text: str, sources: Any, sort: str, content: Any, block: Block | None = None
) -> Piece:
    figure = content if sort == Sort.FIGURE else None
    table = tables.of(text, content) if sort == Sort.TABLE and content else None
    return Piece(number, origin, text, sources, figure, table, block)


def opened(bulletin: Bulletin, piece: Piece) -> Opened | None:
    """The records of a figure as it was counted then; None where it is none."""
    if piece.figure is None:
        return None
    kept = piece.figure["records"]
    records = list(rules.require_kind(bulletin.kind).records(kept))
    return Opened(piece, records, len(kept) - len(records))
