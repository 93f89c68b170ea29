"""Where an assignment lies between a pair's first month and its last: plain numbers for the template's SVG."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from .models import Assignment

WIDTH = 360  # units; a narrow bar is still seen
_LEAST = 6


@dataclass(frozen=True)
class Bar:
    assignment: Assignment
    x: int
    width: int
    state: str
    overlaps: Sequence[Assignment]


@dataclass(frozen=True)
class Timeline:
    first: dt.date
    last: dt.date
    months: Sequence[int]  # where each month begins
    today: int | None
    bars: Sequence[Bar]


def timeline(
    rows: Sequence[tuple[Assignment, Sequence[Assignment]]], first: dt.date | None, last: dt.date | None, today: dt.date
) -> Timeline | None:
    """From the first day of the first month to the last of the last: of the term and of all that is planned."""
    if not rows:
        return None
    days = [day for row, _overlaps in rows for day in (row.milestone.starts_on, row.milestone.due_on) if day]
    begin = min(day for day in (first, *days) if day).replace(day=1)
    end = _next_month(max(day for day in (last, *days) if day))
    reach = (end - begin).days

    def at(day: dt.date) -> int:
        return round((day - begin).days / reach * WIDTH)

    bars = []
    for row, overlaps in rows:
        step = row.milestone
        assert step.starts_on is not None  # an assignment has both
        assert step.due_on is not None
        x = at(step.starts_on)
        width = max(_LEAST, at(step.due_on + dt.timedelta(days=1)) - x)
        bars.append(Bar(row, min(x, WIDTH - width), width, step.state, overlaps))
    starts, month = [], begin
    while month < end:
        starts.append(at(month))
        month = _next_month(month)
    return Timeline(begin, end - dt.timedelta(days=1), starts, at(today) if begin <= today < end else None, bars)


def _next_month(day: dt.date) -> dt.date:
    return dt.date(day.year + day.month // 12, day.month % 12 + 1, 1)
