"""Measures (指标): what rooms declare in ``measures.py`` as ``MEASURES``, and the indicators kernel counts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from .registry import Text


@dataclass(frozen=True)
class Record:
    """One record that a figure was counted from, as it stands in the figure's list."""

    label: Text
    place: str
    on: date
    url: str = ""


def _all_of_them(scope: str, rows: Any) -> Any:
    return rows


def _wherever(rows: Any, first: date, end: date) -> Any:
    return rows


@dataclass(frozen=True)
class Measure:
    """A figure is the number of its ``rows``, or the sum of their ``amount``: none can be typed in.

    ``rows()``: a queryset of all that counts, anywhere and ever, with what ``record`` reads of a row.
    ``dated``: the column (or annotation) whose day says in which month a row counts; an instant's ends in ``at``.
    ``place``: the path from a row to the columns of its area ("bulletin__"); blank: its own.
    ``period``: "month" counts the rows of a month; "so_far" all up to the month's end (a stock).
    ``out_of``: the code of the measure that this one is a part of (分母).
    ``near``: for a ``dated`` that is an annotation, which no index knows: of the rows those that may lie from a first
    day until before an end, by the columns that the annotation chooses from; none that does lie there is left out.
    ``within``: which of the rows the holder of a grant's scope ("department:water") may open.
    """

    code: str  # "briefing.matters_raised": its programme, a dot, its own name
    name: Text
    unit: Text
    definition: Text  # what counts, from which day, in which state
    rows: Callable[[], Any]
    dated: str
    record: Callable[[Any], Record]
    basis: Text = ""  # the law or rule that asks for it
    source: Text = ""  # of an imported series: whose figures these are
    place: str = ""
    amount: str = ""
    period: str = "month"
    out_of: str = ""
    near: Callable[[Any, date, date], Any] = _wherever
    within: Callable[[str, Any], Any] = _all_of_them
    roles: tuple[str, ...] = ()  # who may open it; empty: everyone who may see figures
    public: bool = False  # a village's may stand on its public page

    @property
    def programme(self) -> str:
        return self.code.partition(".")[0]

    @property
    def is_instant(self) -> bool:
        return self.dated.endswith("at")
