"""What changed from one text to another, in pieces that people can read: 12盏 → 9盏, not 12 → 9."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_UNITS = (
    "个百分点|平方米|立方米|公里|千瓦时|小时|分钟|%|％|"
    "[元盏件户亩人次天米吨斤月年日号个条棵座台份只头口间处期批场所组笔]"
)
# A number goes with its unit: 9盏 and 1.2万元 are one thing each.
_TOKEN = re.compile(rf"\d+(?:,\d{{3}})*(?:\.\d+)?[万亿]?(?:{_UNITS})?|[A-Za-z]+|\s+|.", re.DOTALL)
_MARK = re.compile(r"[\s，。；：、！？（）“”《》,.;:!?()\"]")
_SHORT = 2  # characters: a piece shorter than this says nothing by itself
_AROUND = 2  # tokens of its surroundings that it then takes along


@dataclass(frozen=True)
class Difference:
    """A piece that went and the piece that came in its place; either may be empty, never both."""

    before: str
    after: str


@dataclass
class _Span:
    """From and to, in tokens of either text."""

    a1: int
    a2: int
    b1: int
    b2: int


def differences(before: str, after: str) -> list[Difference]:
    """The pieces in which two texts differ, in order; none where they are the same."""
    one, other = _TOKEN.findall(before), _TOKEN.findall(after)
    spans = [_widened(span, one, other) for span in _joined(_spans(one, other))]
    return [
        Difference("".join(one[s.a1 : s.a2]).strip(), "".join(other[s.b1 : s.b2]).strip())
        for s in _joined(iter(spans), gap=0)
    ]


def _spans(one: Sequence[str], other: Sequence[str]) -> Iterator[_Span]:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return (_Span(*where) for tag, *where in matcher.get_opcodes() if tag != "equal")


def _joined(spans: Iterator[_Span], gap: int = 1) -> list[_Span]:
    """Pieces that only a token lies between are one: 李家门口 → 王家后门 is no list of characters."""
    joined: list[_Span] = []
    for span in spans:
        if joined and span.a1 - joined[-1].a2 <= gap and span.b1 - joined[-1].b2 <= gap:
            joined[-1].a2, joined[-1].b2 = span.a2, span.b2
        else:
            joined.append(span)
    return joined


def _widened(span: _Span, one: Sequence[str], other: Sequence[str]) -> _Span:
    """A lone character takes along what stands around it, as far as the next mark."""
    pieces = ("".join(one[span.a1 : span.a2]), "".join(other[span.b1 : span.b2]))
    if any(char.isdigit() for piece in pieces for char in piece) or max(map(len, pieces)) >= _SHORT:
        return span
    left = _reach(one[: span.a1][::-1])
    right = _reach(one[span.a2 :])
    return _Span(span.a1 - left, span.a2 + right, span.b1 - left, span.b2 + right)


def _reach(tokens: Sequence[str]) -> int:
    for steps, token in enumerate(tokens[:_AROUND]):
        if _MARK.fullmatch(token):
            return steps
    return min(_AROUND, len(tokens))


@dataclass(frozen=True)
class CellDifference:
    """What a cell said and says. Without a column: a whole row that went (``after`` empty) or came; without a row: the
    headings."""

    row: str  # by its first cell
    column: str
    before: str
    after: str


Row = Sequence[str]


def table_differences(before: Sequence[Row], after: Sequence[Row]) -> list[CellDifference]:
    """Cell by cell, of two tables with their heading rows; rows are known by their first cells, columns by heading."""
    found = [] if list(before[0]) == list(after[0]) else [CellDifference("", "", _told(before[0]), _told(after[0]))]
    old, new = _keyed(before[1:]), _keyed(after[1:])
    found += [CellDifference(key[0], "", _told(row), "") for key, row in old.items() if key not in new]
    for key, row in new.items():
        if key not in old:
            found.append(CellDifference(key[0], "", "", _told(row)))
        else:
            was = dict(zip(before[0][1:], old[key][1:], strict=True))
            now = dict(zip(after[0][1:], row[1:], strict=True))
            changed = [column for column in {**was, **now} if was.get(column, "") != now.get(column, "")]
            found += [CellDifference(key[0], col, was.get(col, ""), now.get(col, "")) for col in changed]
    return found


def _told(row: Row) -> str:
    return "，".join(row)  # zh: stored


def _keyed(rows: Sequence[Row]) -> dict[tuple[str, int], Row]:
    """Each row by its first cell, and by its number among those that begin alike."""
    found: dict[tuple[str, int], Row] = {}
    for row in rows:
        nth = 1 + sum(key[0] == row[0] for key in found)
        found[row[0], nth] = row
    return found
