"""Months, each by its first day."""

import datetime as dt


def next_month(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1)


def month_before(first: dt.date) -> dt.date:
    return (first - dt.timedelta(days=1)).replace(day=1)


def months_to(last: dt.date, count: int = 12) -> list[dt.date]:
    """So many months up to one, oldest first."""
    found = [last.replace(day=1)]
    while len(found) < count:
        found.append(month_before(found[-1]))
    return found[::-1]
