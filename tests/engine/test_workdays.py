"""Known periods of the Chinese calendar, and laws that every calendar, rule and pause must keep."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from xianglin.engine.workdays import (
    Calendar,
    Due,
    Pause,
    Rule,
    Step,
    add_months,
    days_left,
    due,
    workdays_between,
)

DAY = timedelta(1)
EMPTY = Calendar("none", frozenset(), frozenset(), frozenset())


# --- known cases


def test_national_day_2020_with_its_makeup_days(china: Calendar) -> None:
    week = [date(2020, 9, 25) + n * DAY for n in range(17)]
    worked = [day.day for day in week if china.is_workday(day)]
    assert worked == [25, 27, 28, 29, 30, 9, 10]  # Sunday the 27th and Saturday the 10th are worked
    found = due(Rule(5, "workday"), date(2020, 9, 26), china)
    assert found.due_on == date(2020, 10, 9)
    assert found.steps == (
        Step("started", date(2020, 9, 26)),
        Step("counted", date(2020, 10, 9), number=5, unit="workday"),
        Step("holidays", number=6),
        Step("makeup", number=1),
    )


def test_spring_festival_2024_sundays_are_worked(china: Calendar) -> None:
    assert china.is_workday(date(2024, 2, 4))
    assert china.is_workday(date(2024, 2, 18))
    assert not china.is_workday(date(2024, 2, 12))
    assert china.is_workday(date(2024, 2, 9))  # the eve was only recommended
    assert due(Rule(1, "workday"), date(2024, 2, 9), china).due_on == date(2024, 2, 18)
    assert due(Rule(1, "workday"), date(2024, 2, 2), china).due_on == date(2024, 2, 4)


def test_a_last_day_in_the_festival_rolls_to_the_makeup_sunday(china: Calendar) -> None:
    found = due(Rule(10, "day"), date(2024, 2, 2), china)
    assert (found.raw_on, found.due_on, found.rolled) == (date(2024, 2, 12), date(2024, 2, 18), True)
    assert found.steps[-1] == Step("rolled", date(2024, 2, 12), date(2024, 2, 18))


def test_a_last_day_on_a_makeup_sunday_stays(china: Calendar) -> None:
    found = due(Rule(2, "day"), date(2024, 2, 16), china)
    assert (found.due_on, found.rolled) == (date(2024, 2, 18), False)


def test_july_5_in_a_month_is_wednesday_august_5(china: Calendar) -> None:
    found = due(Rule(1, "month"), date(2026, 7, 5), china)
    assert found == Due(
        date(2026, 8, 5), date(2026, 8, 5), False, False, 0, None,
        (Step("started", date(2026, 7, 5)), Step("counted", date(2026, 8, 5), number=1, unit="month")),
    )  # fmt: skip


def test_yuhua_may_20_in_a_month_is_monday_june_20(china: Calendar) -> None:
    assert due(Rule(1, "month"), date(2022, 5, 20), china).due_on == date(2022, 6, 20)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2022, 11, 30), 3, date(2023, 2, 28)),
        (date(2022, 12, 5), 1, date(2023, 1, 5)),
        (date(2022, 3, 31), 12, date(2023, 3, 31)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_a_missing_day_of_the_month_is_explained(china: Calendar) -> None:
    found = due(Rule(1, "month", "none"), date(2026, 1, 31), china)
    assert found.steps[1] == Step("month_end", date(2026, 2, 28), number=31)


def test_2027_is_not_known(china: Calendar) -> None:
    found = due(Rule(1, "month"), date(2026, 12, 31), china)
    assert (found.due_on, found.provisional) == (date(2027, 2, 1), True)  # 31 January 2027 is a Sunday
    assert found.steps[-1] == Step("provisional", date(2027, 1, 31))
    assert not due(Rule(1, "month", "none"), date(2026, 12, 31), china).provisional  # nothing looked up
    counted = due(Rule(3, "workday"), date(2026, 12, 30), china)
    assert counted.due_on == date(2027, 1, 4)  # New Year's Day 2027, a Friday, is not known to be off
    assert counted.steps[-1] == Step("provisional", date(2027, 1, 1))


def test_not_settled_resumes_the_remaining_time(china: Calendar) -> None:
    """Answered on the 15th, 没解决 on the 20th: five days stood, the last day moves from 4 to 9 July."""
    start, rule = date(2022, 6, 4), Rule(1, "month", "none")
    stopped = due(rule, start, china, [Pause(date(2022, 6, 15))])
    assert (stopped.due_on, stopped.raw_on, stopped.remaining_days) == (None, None, 20)
    assert stopped.steps == (
        Step("started", start),
        Step("counted", number=1, unit="month"),
        Step("stopped", date(2022, 6, 15), number=20, unit="day"),
    )
    resumed = due(rule, start, china, [Pause(date(2022, 6, 15), date(2022, 6, 20))])
    assert (resumed.due_on, resumed.paused_days, resumed.remaining_days) == (date(2022, 7, 9), 5, None)
    assert resumed.steps[1:] == (
        Step("counted", date(2022, 7, 4), number=1, unit="month"),
        Step("paused", date(2022, 6, 15), date(2022, 6, 20), 5, "day"),
        Step("moved", date(2022, 7, 9)),
    )


def test_a_pause_over_a_weekend_costs_a_rule_in_working_days_nothing(china: Calendar) -> None:
    weekend = [Pause(date(2022, 6, 11), date(2022, 6, 13))]
    assert due(Rule(5, "workday"), date(2022, 6, 8), china, weekend).due_on == date(2022, 6, 15)
    assert due(Rule(5, "day"), date(2022, 6, 8), china, weekend).due_on == date(2022, 6, 15)
    assert due(Rule(5, "day"), date(2022, 6, 8), china).due_on == date(2022, 6, 13)


def test_answered_on_the_rolled_day_is_in_time(china: Calendar) -> None:
    """The last day is Saturday and rolls to Monday; an answer on Monday stops a clock that still runs."""
    start, rule = date(2022, 6, 8), Rule(10, "day")
    assert due(rule, start, china).due_on == date(2022, 6, 20)
    waiting = due(rule, start, china, [Pause(date(2022, 6, 20))])
    assert (waiting.due_on, waiting.remaining_days) == (None, 0)
    assert due(rule, start, china, [Pause(date(2022, 6, 20), date(2022, 6, 25))]).due_on == date(2022, 6, 27)
    late = due(rule, start, china, [Pause(date(2022, 6, 21), date(2022, 6, 25))])
    assert late.due_on == date(2022, 6, 20)


def test_days_left_and_late(china: Calendar) -> None:
    month, workdays = Rule(1, "month"), Rule(5, "workday")
    friday = date(2022, 6, 17)
    assert days_left(month, friday, date(2022, 6, 10), china) == 7
    assert days_left(workdays, friday, date(2022, 6, 10), china) == 5
    assert days_left(workdays, friday, friday, china) == 0
    assert days_left(workdays, friday, date(2022, 6, 18), china) == -1  # Saturday counts nothing, yet is late
    assert days_left(month, friday, date(2022, 6, 18), china) == -1
    assert days_left(workdays, friday, date(2022, 6, 21), china) == -2


def test_step_can_be_stored_as_json() -> None:
    step = Step("paused", date(2022, 6, 15), date(2022, 6, 20), 5, "day")
    assert step.as_dict() == {
        "kind": "paused", "on": "2022-06-15", "to_on": "2022-06-20", "number": 5, "unit": "day",
    }  # fmt: skip
    assert Step("makeup", number=1).as_dict() == {"kind": "makeup", "number": 1}


def test_what_makes_no_sense_is_refused() -> None:
    saturday, monday = date(2022, 6, 18), date(2022, 6, 20)
    with pytest.raises(ValueError, match="before it begins"):
        Pause(monday, saturday)
    with pytest.raises(ValueError, match="at least one"):
        Rule(0, "day")
    with pytest.raises(ValueError, match="weekend day worked"):
        Calendar("x", frozenset({2022}), frozenset({saturday}), frozenset())
    with pytest.raises(ValueError, match="weekend day worked"):
        Calendar("x", frozenset({2022}), frozenset(), frozenset({monday}))
    with pytest.raises(ValueError, match="known years"):
        Calendar("x", frozenset({2021}), frozenset({monday}), frozenset())


# --- laws

FIRST, LAST = date(2019, 1, 1), date(2022, 12, 31)
dates = st.dates(date(2018, 11, 1), date(2023, 2, 1))
units = st.sampled_from(["workday", "day", "month"])
rules = st.builds(
    Rule, st.integers(1, 45), st.sampled_from(["workday", "day"]), st.sampled_from(["next_workday", "none"])
) | st.builds(Rule, st.integers(1, 5), st.just("month"), st.sampled_from(["next_workday", "none"]))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    years = draw(st.frozensets(st.integers(2018, 2023)))
    days = {day for day in draw(st.sets(dates, max_size=80)) if day.year in years}
    if draw(st.booleans()) and 2020 in years:  # a long festival with worked weekends around it
        days |= {date(2020, 1, 18) + n * DAY for n in range(16)}
    weekend = frozenset(day for day in days if day.weekday() > 4)
    return Calendar("drawn", years, frozenset(days) - weekend, weekend)


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    from_on = draw(dates)
    days = draw(st.none() | st.integers(0, 40))
    return Pause(from_on, None if days is None else from_on + days * DAY)


closed = st.lists(pauses().filter(lambda pause: pause.to_on is not None), max_size=4)


def naive(rule: Rule, start: date, calendar: Calendar, stops: list[Pause]) -> tuple[object, ...]:
    """Day by day, as a clerk would with a wall calendar: due, raw, rolled, provisional, cost, remaining."""
    looked_up: list[date] = []

    def worked(day: date) -> bool:
        looked_up.append(day)
        return (day in calendar.makeup) or (day.weekday() < 5 and day not in calendar.holidays)

    def stopped(day: date) -> Pause | None:
        return next((p for p in stops if p.from_on <= day and (p.to_on is None or day < p.to_on)), None)

    def lasting(day: date) -> bool:
        """Stopped on this day and on every day after it, whether by one pause or by a chain of them."""
        while (pause := stopped(day)) and pause.to_on:
            day = pause.to_on
        return pause is not None

    def provisional() -> bool:
        return any(day.year not in calendar.years for day in looked_up)

    left = (add_months(start, rule.amount) - start).days if rule.unit == "month" else rule.amount
    day, cost = start, 0
    while left:
        day += DAY
        if lasting(day):
            return None, None, False, provisional(), cost, left
        counts = worked(day) if rule.unit == "workday" else True
        if counts and stopped(day):
            cost += 1
        elif counts:
            left -= 1
    raw_on = day
    while rule.roll == "next_workday":
        if lasting(day):
            return None, None, False, provisional(), cost, 0
        works = worked(day)
        if works and not stopped(day):
            break
        day += DAY
    return day, raw_on, day != raw_on, provisional(), cost, None


def outcome(found: Due) -> tuple[object, ...]:
    return (
        found.due_on, found.raw_on, found.rolled, found.provisional, found.paused_days, found.remaining_days,
    )  # fmt: skip


@given(rules, dates, calendars(), st.lists(pauses(), max_size=4))
def test_agrees_with_counting_day_by_day(rule: Rule, start: date, calendar: Calendar, stops: list[Pause]) -> None:
    assert outcome(due(rule, start, calendar, stops)) == naive(rule, start, calendar, stops)


@given(rules, dates, st.integers(0, 30), calendars())
def test_a_later_start_is_never_due_earlier(rule: Rule, start: date, days: int, calendar: Calendar) -> None:
    early, late = due(rule, start, calendar), due(rule, start + days * DAY, calendar)
    assert early.due_on
    assert late.due_on
    assert early.due_on <= late.due_on


@given(rules, st.integers(0, 20), dates, calendars(), closed)
def test_a_longer_period_is_never_due_earlier(
    rule: Rule, more: int, start: date, calendar: Calendar, stops: list[Pause]
) -> None:
    longer = Rule(rule.amount + more, rule.unit, rule.roll)
    one, other = due(rule, start, calendar, stops), due(longer, start, calendar, stops)
    assert one.due_on
    assert other.due_on
    assert start < one.due_on <= other.due_on


@given(rules, dates, calendars(), closed)
def test_never_due_on_a_day_off_or_stopped_when_rolling(
    rule: Rule, start: date, calendar: Calendar, stops: list[Pause]
) -> None:
    found = due(rule, start, calendar, stops)
    assert found.due_on
    assert found.raw_on
    assert not any(pause.from_on <= found.raw_on < pause.to_on for pause in stops if pause.to_on)
    assert found.rolled == (found.due_on != found.raw_on)
    if rule.roll == "next_workday":
        assert calendar.is_workday(found.due_on)
        assert not any(pause.from_on <= found.due_on < pause.to_on for pause in stops if pause.to_on)
    else:
        assert not found.rolled
    if rule.unit == "workday":
        assert calendar.is_workday(found.raw_on)


@given(rules, dates, calendars(), closed)
def test_pauses_add_exactly_what_they_cost(rule: Rule, start: date, calendar: Calendar, stops: list[Pause]) -> None:
    without, found = due(rule, start, calendar), due(rule, start, calendar, stops)
    assert without.raw_on
    assert found.raw_on
    moved = (found.raw_on - without.raw_on).days
    if rule.unit == "workday":
        moved = workdays_between(without.raw_on, found.raw_on, calendar)
    assert found.paused_days == moved
    assert sum(step.number or 0 for step in found.steps if step.kind == "paused") == moved
    assert any(step.kind == "moved" for step in found.steps) == (moved > 0)


@given(rules, dates, calendars(), closed, st.data())
def test_splitting_a_pause_in_two_touching_ones_changes_nothing(
    rule: Rule, start: date, calendar: Calendar, stops: list[Pause], data: st.DataObject
) -> None:
    assume(stops)
    whole = stops[0]
    assert whole.to_on
    middle = data.draw(st.dates(whole.from_on, whole.to_on))
    halves = [*stops[1:], Pause(middle, whole.to_on), Pause(whole.from_on, middle)]
    assert due(rule, start, calendar, halves) == due(rule, start, calendar, stops)


@given(rules, dates, calendars(), closed, dates)
def test_a_pause_closed_on_its_own_day_costs_nothing(
    rule: Rule, start: date, calendar: Calendar, stops: list[Pause], on: date
) -> None:
    assert due(rule, start, calendar, [*stops, Pause(on, on)]) == due(rule, start, calendar, stops)


@given(rules, dates, calendars(), dates)
def test_a_pause_after_the_due_date_changes_nothing(rule: Rule, start: date, calendar: Calendar, on: date) -> None:
    without = due(rule, start, calendar)
    assert without.due_on
    assume(on > without.due_on)
    assert due(rule, start, calendar, [Pause(on)]) == without


@given(rules, dates, calendars(), dates, st.integers(0, 60))
def test_what_remains_when_stopped_is_what_is_left_after_the_restart(
    rule: Rule, start: date, calendar: Calendar, on: date, days: int
) -> None:
    stopped = due(rule, start, calendar, [Pause(on)])
    assume(stopped.remaining_days)
    assert stopped.due_on is None
    assert stopped.remaining_days
    restart = max(on + days * DAY, start + DAY)
    resumed = due(rule, start, calendar, [Pause(on, restart)])
    unit = "workday" if rule.unit == "workday" else "day"
    fresh = due(Rule(stopped.remaining_days, unit, rule.roll), restart - DAY, calendar)
    assert (resumed.due_on, resumed.raw_on) == (fresh.due_on, fresh.raw_on)


@given(rules, dates, calendars(), st.lists(pauses(), max_size=3))
def test_provisional_says_which_unknown_day(rule: Rule, start: date, calendar: Calendar, stops: list[Pause]) -> None:
    found = due(rule, start, calendar, stops)
    said = [step.on for step in found.steps if step.kind == "provisional"]
    assert found.provisional == bool(said)
    for day in said:
        assert day
        assert not calendar.is_known(day)
        assert day > start


@given(dates, dates, calendars())
def test_workdays_between_agrees_with_looking_at_each_day(one: date, other: date, calendar: Calendar) -> None:
    low, high = min(one, other), max(one, other)
    days = [low + (n + 1) * DAY for n in range((high - low).days)]
    between = sum(calendar.is_workday(day) for day in days)
    assert workdays_between(one, other, calendar) == (between if one <= other else -between)
    assert calendar.next_workday(one) == next(
        day for day in (one + n * DAY for n in range(60)) if calendar.is_workday(day)
    )


@given(rules, dates, calendars(), st.integers(-40, 40))
def test_days_left_has_the_sign_of_what_is_left(rule: Rule, start: date, calendar: Calendar, days: int) -> None:
    due_on = due(rule, start, calendar).due_on
    assert due_on
    left = days_left(rule, due_on, due_on + days * DAY, calendar)
    assert (left > 0) - (left < 0) == (days < 0) - (days > 0)


@given(dates, st.integers(1, 400))
def test_without_any_year_only_weekends_are_off(start: date, amount: int) -> None:
    found = due(Rule(amount, "workday"), start, EMPTY)
    assert found.due_on
    assert found.provisional
    assert workdays_between(start, found.due_on, EMPTY) == amount
