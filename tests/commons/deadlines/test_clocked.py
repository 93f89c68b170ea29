"""The clock of a row: started, stopped, resumed, counted again."""

import datetime as dt
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.commons.deadlines.conftest import COUNTY, MONTH, OWN, PLAIN, TOWN, TWO_WEEKS, Chore
from xianglin.base.refused import Refused
from xianglin.commons.deadlines import queries
from xianglin.commons.deadlines.models import RECKONED

pytestmark = pytest.mark.usefixtures("almanac")
KEPT = [*RECKONED, "rule_code", "started_on", "pauses", "clock_stopped_on"]
law = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
starts = st.dates(date(2016, 1, 1), date(2027, 6, 1))
codes = st.sampled_from([MONTH, TWO_WEEKS, PLAIN])
# Days from one press to the next, and what is pressed then.
presses = st.lists(st.tuples(st.integers(0, 25), st.sampled_from(["stop", "resume", "recompute"])), max_size=12)


def state(row: Chore) -> dict[str, Any]:
    return {name: getattr(row, name) for name in KEPT}


def started(code: str = MONTH, on: date = date(2026, 7, 5), **places: int) -> Chore:
    chore = Chore(**places)
    chore.start_clock(code, on)
    return chore


def press(chore: Chore, what: str, on: date) -> None:
    match what, chore.clock_stopped_on:
        case "stop", None:
            chore.stop_clock(on, "已答复")
        case "resume", date():
            chore.resume_clock(on)
        case "recompute", _:
            assert chore.recompute() is False, "counted by the same calendar and rules, nothing changes"


def test_a_month_ends_on_the_same_day() -> None:
    chore = started()
    assert chore.due_on == date(2026, 8, 5)
    assert (chore.rule_code, chore.rule_version, chore.calendar_version) == (MONTH, 1, 1)
    assert chore.due_why["steps"][0] == {"kind": "started", "on": "2026-07-05"}


def test_stopping_leaves_the_days_that_remain_and_resuming_gives_them_back() -> None:
    chore = started()
    chore.stop_clock(date(2026, 7, 26), "已答复")
    assert (chore.due_on, chore.remaining_days, chore.clock_stopped_on) == (None, 11, date(2026, 7, 26))
    chore.resume_clock(date(2026, 8, 3))
    assert (chore.due_on, chore.remaining_days, chore.clock_stopped_on) == (date(2026, 8, 13), None, None)


def test_a_late_stop_keeps_the_missed_day() -> None:
    chore = started()
    chore.stop_clock(date(2026, 8, 9), "已答复")
    assert (chore.due_on, chore.remaining_days) == (date(2026, 8, 5), None)
    assert chore.clock_stopped_on == date(2026, 8, 9)


@pytest.mark.parametrize(
    ("deeds", "code"),
    [
        (["stop", "stop"], "deadlines.already_stopped"),
        (["resume"], "deadlines.not_stopped"),
        (["stop", "resume", "resume"], "deadlines.not_stopped"),
    ],
)
def test_twice_is_refused(deeds: list[str], code: str) -> None:
    chore = started()
    verbs = {"stop": lambda: chore.stop_clock(date(2026, 7, 20), "已答复")}
    verbs["resume"] = lambda: chore.resume_clock(date(2026, 7, 22))
    *before, last = deeds
    for deed in before:
        verbs[deed]()
    with pytest.raises(Refused) as refused:
        verbs[last]()
    assert refused.value.code == code


def test_what_was_not_started_cannot_be_stopped() -> None:
    with pytest.raises(Refused) as refused:
        Chore().stop_clock(date(2026, 7, 20), "已答复")
    assert refused.value.code == "deadlines.not_started"
    assert Chore().recompute() is False


def test_resuming_before_the_stop_is_refused_and_changes_nothing() -> None:
    chore = started()
    chore.stop_clock(date(2026, 7, 20), "已答复")
    before = state(chore)
    with pytest.raises(Refused) as refused:
        chore.resume_clock(date(2026, 7, 19))
    assert refused.value.code == "deadlines.resumed_too_early"
    assert state(chore) == before


def test_a_kind_without_a_rule_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        started("test.nothing")
    assert refused.value.code == "deadlines.no_rule"


@pytest.mark.parametrize(
    ("on", "places", "version"),
    [
        (date(2026, 6, 30), {}, 1),
        (date(2026, 7, 1), {}, 2),
        (date(2026, 7, 1), {"county_id": COUNTY}, 3),
        (date(2026, 7, 1), {"county_id": COUNTY, "town_id": TOWN}, 4),
        (date(2026, 6, 30), {"county_id": COUNTY, "town_id": TOWN}, 3),
        (date(2027, 1, 1), {"county_id": COUNTY, "town_id": TOWN}, 3),
        (date(2026, 7, 1), {"county_id": 99, "town_id": 98}, 2),
    ],
)
def test_the_innermost_rule_in_force_counts(on: date, places: dict[str, int], version: int) -> None:
    assert started(OWN, on, **places).rule_version == version


@law
@given(code=codes, start=starts, presses=presses)
def test_no_order_of_presses_makes_it_due_earlier(code: str, start: date, presses: list[Any]) -> None:
    chore, today = started(code, start), start
    original = chore.due_on
    assert original is not None
    for days, what in presses:
        today += dt.timedelta(days=days)
        press(chore, what, today)
        assert (chore.due_on is None) == (chore.remaining_days is not None)
        assert chore.due_on is None or chore.due_on >= original
        view = queries.explain(chore, today)
        assert view is not None
        assert view.due_on >= original


@law
@given(code=codes, start=starts, presses=presses, later=st.integers(0, 40))
def test_stopping_and_resuming_on_the_same_day_changes_nothing(
    code: str, start: date, presses: list[Any], later: int
) -> None:
    chore, today = started(code, start), start
    for days, what in presses:
        today += dt.timedelta(days=days)
        press(chore, what, today)
    if chore.clock_stopped_on:
        chore.resume_clock(today)
    today += dt.timedelta(days=later)
    before = state(chore)
    chore.stop_clock(today, "已答复")
    chore.resume_clock(today)
    assert state(chore) == before


@law
@given(code=codes, start=starts, stop=st.integers(0, 40), rest=st.integers(0, 40))
def test_a_stop_gives_back_what_remained(code: str, start: date, stop: int, rest: int) -> None:
    chore = started(code, start)
    stopped_on = start + dt.timedelta(days=stop)
    chore.stop_clock(stopped_on, "已答复")
    left = chore.remaining_days
    resumed_on = stopped_on + dt.timedelta(days=rest)
    chore.resume_clock(resumed_on)
    if left:
        chore.stop_clock(resumed_on, "又停一次")
        assert chore.remaining_days == left
