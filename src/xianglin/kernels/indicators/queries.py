"""Counting. A value, its months, its places and its records are all read from the same rows of the measure."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from xianglin.base import clock
from xianglin.base.measure import Measure, Record
from xianglin.base.months import next_month
from xianglin.commons.areas.models import LEVEL_COLUMNS, Area

from .declare import REGISTRY

PAGE = 50


@dataclass(frozen=True)
class Figure:
    """A measure's value in a place and a month, with what it is a part of, and the months before."""

    measure: Measure
    values: Sequence[int]  # by month, the wanted one last
    whole: Sequence[int] = ()  # of ``out_of``, by the same months

    @property
    def value(self) -> int:
        return self.values[-1]


@dataclass(frozen=True)
class Page:
    records: Sequence[Record]
    after: str  # what the next page begins behind; blank at the end


def figures(measures: Sequence[Measure], area: Area, months: Sequence[dt.date]) -> list[Figure]:
    """One query a measure, whatever the number of months and places."""
    needed = {one.code: one for m in measures for one in (m, REGISTRY.get(m.out_of)) if one is not None}
    values = {code: series(one, area, months) for code, one in needed.items()}
    return [Figure(measure, values[measure.code], values.get(measure.out_of, ())) for measure in measures]


def total(measure: Measure, area: Area | None, month: dt.date | None) -> int:
    """The value of one month, or of all time so far; without a place, of all places."""
    return int(rows_of(measure, area, month).aggregate(value=_value(measure))["value"] or 0)


def series(measure: Measure, area: Area, months: Sequence[dt.date]) -> list[int]:
    """The values of months that follow each other."""
    rows = _between(measure, _in(measure, measure.rows(), area), months[0], months[-1])
    by_month = rows.order_by().annotate(counted_in=_month_of(measure)).values("counted_in")
    found = {_day(row["counted_in"]): int(row["value"] or 0) for row in by_month.annotate(value=_value(measure))}
    if measure.period == "month":
        return [found.get(month, 0) for month in months]
    return [sum(value for month, value in found.items() if month <= last) for last in months]


def by_place(measure: Measure, area: Area, month: dt.date) -> dict[int, int]:
    """The values of the places one level below, by their ids; one query."""
    column = measure.place + LEVEL_COLUMNS[area.level]
    rows = rows_of(measure, area, month).order_by().exclude(**{column: None}).values(column)
    return {row[column]: int(row["value"] or 0) for row in rows.annotate(value=_value(measure))}


def rows_of(measure: Measure, area: Area | None, month: dt.date | None) -> QuerySet[Any]:
    """What was counted, newest first."""
    rows = measure.rows() if area is None else _in(measure, measure.rows(), area)
    rows = rows.exclude(**{measure.dated: None}) if month is None else _between(measure, rows, month, month)
    return rows.order_by(f"-{measure.dated}", "-pk")


def page(measure: Measure, rows: QuerySet[Any], after: str = "") -> Page:
    """Fifty records, by key and not by page."""
    on, _dot, pk = after.rpartition("~")
    if on and pk.isdecimal():
        begins = dt.datetime.fromisoformat(on) if measure.is_instant else dt.date.fromisoformat(on)
        before = Q(**{f"{measure.dated}__lt": begins}) | Q(pk__lt=int(pk))
        rows = rows.filter(Q(**{f"{measure.dated}__lte": begins}), before)
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    follows = f"{getattr(shown[-1], measure.dated).isoformat()}~{shown[-1].pk}" if len(found) > PAGE else ""
    return Page([measure.record(row) for row in shown], follows)


def _value(measure: Measure) -> Any:
    return Sum(measure.amount) if measure.amount else Count("pk")


def _month_of(measure: Measure) -> TruncMonth:
    return TruncMonth(measure.dated, tzinfo=clock.SHANGHAI) if measure.is_instant else TruncMonth(measure.dated)


def _in(measure: Measure, rows: QuerySet[Any], area: Area) -> QuerySet[Any]:
    return rows.filter(**{f"{measure.place}{area.column}": area.pk})


def _between(measure: Measure, rows: QuerySet[Any], first: dt.date, last: dt.date) -> QuerySet[Any]:
    """From the first month to the end of the last; of a stock, all that came before too."""
    end = next_month(last)
    rows = rows.filter(**{f"{measure.dated}__lt": _begin(measure, end)})
    if measure.period != "month":
        return rows
    near: QuerySet[Any] = measure.near(rows.filter(**{f"{measure.dated}__gte": _begin(measure, first)}), first, end)
    return near


def _begin(measure: Measure, first: dt.date) -> dt.date | dt.datetime:
    return dt.datetime.combine(first, dt.time(), clock.SHANGHAI) if measure.is_instant else first


def _day(month: dt.date | dt.datetime) -> dt.date:
    return month.date() if isinstance(month, dt.datetime) else month
