"""When is it due: the working calendar (with make-up days, 调休上班) and periods counted in it.

The day on which a period begins does not count, a day on which the clock is stopped does not, and for a
rule in working days neither does a day off; the last day is the one on which the count is full. This is
民法典 §§201–203: counting begins the day after (201); months end on the same day of the month, or on the
month's last day where it has no such day (202); a last day that is a holiday moves to the next day that is
worked (203).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

Unit = Literal["workday", "day", "month"]
Roll = Literal["next_workday", "none"]
StepKind = Literal[
    "started",
    "month_end",
    "counted",
    "paused",
    "moved",
    "holidays",
    "makeup",
    "rolled",
    "stopped",
    "provisional",
]


@dataclass(frozen=True)
class Calendar:
    """Days that differ from Monday-to-Friday, for the years whose notice (节假日安排的通知) is known.

    `holidays` are weekdays off, `makeup` are weekend days worked. A year outside `years` has neither: it
    counts weekends only, and whatever was looked up in it is provisional.
    """

    version: str
    years: frozenset[int]
    holidays: frozenset[date]
    makeup: frozenset[date]

    def __post_init__(self) -> None:
        if any(day.weekday() > 4 for day in self.holidays) or any(day.weekday() < 5 for day in self.makeup):
            raise ValueError("a holiday is a weekday off, a make-up day is a weekend day worked")
        if not {day.year for day in self.holidays | self.makeup} <= self.years:
            raise ValueError("a holiday or make-up day lies outside the known years")

    def is_known(self, day: date) -> bool:
        return day.year in self.years

    def is_workday(self, day: date) -> bool:
        return day not in self.holidays if day.weekday() < 5 else day in self.makeup

    def next_workday(self, day: date) -> date:
        """The first working day on or after `day` (顺延)."""
        return date.fromordinal(self.ordinal_of(self.count(day.toordinal() - 1) + 1))

    # A calendar change recomputes a million open rows, so nothing here walks from day to day: between two
    # exceptions plain weekday arithmetic holds, shifted by what the exceptions before have added.

    def count(self, ordinal: int) -> int:
        """Working days up to and including that day, from the first of all days: for subtracting."""
        return _weekdays(ordinal) + self._shifts[bisect_right(self._exceptions, ordinal)]

    def ordinal_of(self, count: int) -> int:
        """The working day on which `count` is reached: the inverse."""
        at = bisect_left(self._counts, count)
        if at < len(self._counts) and self._counts[at] == count and self._shifts[at + 1] > self._shifts[at]:
            return self._exceptions[at]
        return _nth_weekday(count - self._shifts[at])

    def exceptions_between(self, first: int, last: int) -> tuple[int, int]:
        """How many weekdays off and how many make-up days lie from the one day to the other."""
        low, high = bisect_left(self._exceptions, first), bisect_right(self._exceptions, last)
        won = self._shifts[high] - self._shifts[low]
        return (high - low - won) // 2, (high - low + won) // 2

    @cached_property
    def _exceptions(self) -> list[int]:
        return sorted(day.toordinal() for day in self.holidays | self.makeup)

    @cached_property
    def _shifts(self) -> list[int]:
        """Working days won by make-up days less those lost to holidays, after the first i exceptions."""
        won = (1 if date.fromordinal(day) in self.makeup else -1 for day in self._exceptions)
        return list(accumulate(won, initial=0))

    @cached_property
    def _counts(self) -> list[int]:
        """`count` of each exception."""
        return [_weekdays(day) + shift for day, shift in zip(self._exceptions, self._shifts[1:], strict=True)]


def _weekdays(ordinal: int) -> int:
    weeks, days = divmod(ordinal, 7)  # day 1, 0001-01-01, is a Monday
    return weeks * 5 + min(days, 5)


def _nth_weekday(n: int) -> int:
    weeks, days = divmod(n - 1, 5)
    return weeks * 7 + days + 1


@dataclass(frozen=True, slots=True)
class Rule:
    """A period: so many working days, days or months, and whether its last day moves off a day off."""

    amount: int
    unit: Unit
    roll: Roll = "next_workday"

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"a period is at least one {self.unit}, not {self.amount}")


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands from `from_on` until `to_on`, which counts again; None while it still stands."""

    from_on: date
    to_on: date | None = None

    def __post_init__(self) -> None:
        if self.to_on is not None and self.to_on < self.from_on:
            raise ValueError(f"a pause cannot end ({self.to_on}) before it begins ({self.from_on})")


class Step(NamedTuple):
    """One part of a due date's explanation, in this order; the sentence is made by a room.

    started      on: the day that does not count
    month_end    on: the last day of a month that has no `number`-th
    counted      number and unit as in the rule; on: where that ends if nothing stops the clock, absent
                 while it stands
    paused       on, to_on: the pause; number, unit: the days that it cost, where it cost any
    moved        on: the last day after the pauses
    holidays     number: weekdays off that were passed over (rules in working days)
    makeup       number: weekend days that counted, because they were worked (rules in working days)
    rolled       on: the last day, on which nobody works; to_on: the day it moves to
    stopped      on: since when the clock stands; number, unit: the days that remain
    provisional  on: the first day looked up in a year whose notice is missing
    """

    kind: StepKind
    on: date | None = None
    to_on: date | None = None
    number: int | None = None
    unit: Unit | None = None

    def as_dict(self) -> dict[str, str | int]:
        """For storing as JSON: dates in ISO form, absent parts left out."""
        parts = zip(self._fields, self, strict=True)
        return {name: str(part) if isinstance(part, date) else part for name, part in parts if part is not None}


@dataclass(frozen=True, slots=True)
class Due:
    """When it is due and why. While the clock stands both dates are None and `remaining_days` is set.

    `paused_days` and `remaining_days` are days of the rule's own kind: working days for a rule in working
    days, else calendar days. A stop that still lasts is not in the former. Nothing remaining means that it
    is due on the first working day from the restart on.
    """

    due_on: date | None
    raw_on: date | None
    rolled: bool
    provisional: bool
    paused_days: int
    remaining_days: int | None
    steps: tuple[Step, ...]


def due(rule: Rule, start: date, calendar: Calendar, pauses: Iterable[Pause] = ()) -> Due:
    """The last day of a period that begins on `start`, with its explanation.

    A pause costs the days in it that would have counted: what lies before the start or after the last day
    costs nothing. One that begins between a last day off and the day it rolls to holds that day back.
    """
    clock = _Clock(rule, start, calendar)
    waiting = merged(pauses)
    while waiting and waiting[0].from_on <= clock.last_day():
        pause = waiting.pop(0)
        if pause.to_on is None:
            return clock.stopped(pause.from_on)
        clock.lose(pause.from_on, pause.to_on)
    return clock.ended(waiting)


class _Clock:
    """A period being counted: `full` is the count at which it ends, put off by each pause."""

    def __init__(self, rule: Rule, start: date, calendar: Calendar) -> None:
        self.rule, self.start, self.calendar = rule, start, calendar
        self.unit: Unit = "workday" if rule.unit == "workday" else "day"
        self.first = start.toordinal() + 1
        self.paused, self.pauses = 0, list[Step]()
        if rule.unit == "month":
            self.full = add_months(start, rule.amount).toordinal()
        else:
            self.full = self.count(start.toordinal()) + rule.amount
        self.planned = self.last_day()

    def count(self, ordinal: int) -> int:
        return self.calendar.count(ordinal) if self.unit == "workday" else ordinal

    def last_day(self) -> date:
        return date.fromordinal(self.calendar.ordinal_of(self.full) if self.unit == "workday" else self.full)

    def lose(self, from_on: date, to_on: date) -> None:
        stop, restart = max(from_on.toordinal(), self.first), max(to_on.toordinal(), self.first)
        cost = self.count(restart - 1) - self.count(stop - 1)
        self.full, self.paused = self.full + cost, self.paused + cost
        if cost:
            self.pauses.append(Step("paused", from_on, to_on, cost, self.unit))

    def stopped(self, on: date) -> Due:
        """The clock stands since `on`, before the count was full."""
        eve = max(on.toordinal(), self.first) - 1
        unknown = self._unknown(self.first, eve) if self.unit == "workday" else None
        return self._still(on, self.full - self.count(eve), unknown)

    def ended(self, later: list[Pause]) -> Due:
        """The count is full on the last day, which may still roll; `later` are the pauses after it."""
        raw_on = due_on = self.last_day()
        if self.rule.roll == "next_workday":
            due_on, held = self._rolled(raw_on, later)
            if held:
                eve = held.from_on.toordinal() - 1
                return self._still(held.from_on, 0, self._unknown(raw_on.toordinal(), eve))
        unknown = None
        if self.unit == "workday" or self.rule.roll == "next_workday":
            looked_up = self.first if self.unit == "workday" else raw_on.toordinal()
            unknown = self._unknown(looked_up, due_on.toordinal())
        steps = self._explained(self.planned)
        if self.paused:
            steps.append(Step("moved", raw_on))
        if self.unit == "workday":
            steps += self._passed_over(raw_on.toordinal())
        if due_on != raw_on:
            steps.append(Step("rolled", raw_on, due_on))
        if unknown:
            steps.append(Step("provisional", unknown))
        return Due(due_on, raw_on, due_on != raw_on, unknown is not None, self.paused, None, tuple(steps))

    def _rolled(self, raw_on: date, later: list[Pause]) -> tuple[date, Pause | None]:
        """The first day from `raw_on` on that is worked and not stopped, or the pause that still lasts."""
        due_on = self.calendar.next_workday(raw_on)
        for pause in later:
            if pause.from_on > due_on:
                break
            if pause.to_on is None:
                return due_on, pause
            due_on = max(due_on, self.calendar.next_workday(pause.to_on))
        return due_on, None

    def _still(self, on: date, left: int, unknown: date | None) -> Due:
        steps = [*self._explained(None), Step("stopped", on, number=left, unit=self.unit)]
        if unknown:
            steps.append(Step("provisional", unknown))
        return Due(None, None, False, unknown is not None, self.paused, left, tuple(steps))

    def _explained(self, planned: date | None) -> list[Step]:
        steps = [Step("started", self.start)]
        if self.rule.unit == "month" and self.planned.day != self.start.day:
            steps.append(Step("month_end", self.planned, number=self.start.day))
        return [*steps, Step("counted", planned, number=self.rule.amount, unit=self.rule.unit), *self.pauses]

    def _passed_over(self, last: int) -> list[Step]:
        off, worked = self.calendar.exceptions_between(self.first, last)
        steps = [Step("holidays", number=off)] if off else []
        return [*steps, Step("makeup", number=worked)] if worked else steps

    def _unknown(self, first: int, last: int) -> date | None:
        """The first day from `first` to `last` whose year the calendar does not know."""
        if first > last:
            return None
        begin = date.fromordinal(first)
        for year in range(begin.year, date.fromordinal(last).year + 1):
            if year not in self.calendar.years:
                return max(begin, date(year, 1, 1))
        return None


def merged(pauses: Iterable[Pause]) -> list[Pause]:
    """Pauses in order, overlapping and touching ones joined, those without length left out."""
    joined: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: pause.from_on):
        if pause.to_on == pause.from_on:
            continue
        before = joined[-1] if joined else None
        if before is None or (before.to_on is not None and before.to_on < pause.from_on):
            joined.append(pause)
        elif before.to_on is not None and (pause.to_on is None or pause.to_on > before.to_on):
            joined[-1] = Pause(before.from_on, pause.to_on)
    return joined


def add_months(start: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day."""
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def workdays_between(after: date, until: date, calendar: Calendar) -> int:
    """Working days after the one day up to and including the other; negative where `until` is earlier."""
    return calendar.count(until.toordinal()) - calendar.count(after.toordinal())


def days_left(rule: Rule, due_on: date, today: date, calendar: Calendar) -> int:
    """Days until it is due, in the rule's own kind of day: 0 on the day itself, at most -1 when late.

    A day late is a day late even where it is a Saturday on which a rule in working days counts nothing.
    """
    if rule.unit != "workday":
        return due_on.toordinal() - today.toordinal()
    left = workdays_between(today, due_on, calendar)
    return min(left, -1) if today > due_on else left
