"""A series and its sessions: planned, moved, called off."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.kernels.matters.conftest import Village, told
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.areas.models import InKind
from xianglin.kernels.gatherings import actions, jobs, queries
from xianglin.kernels.gatherings.models import Series, State
from xianglin.kernels.gatherings.rules_sessions import length_in_hours

from .conftest import KIND, Garden, at, day


def test_a_series_and_two_sessions_on_one_day(garden_here: Garden) -> None:
    series = actions.open_series(garden_here.town, actor=garden_here.clerk, title="看园", about="一年四次")
    morning = garden_here.walk(series=series, at=dt.time(9), ends_at=dt.time(10, 40))
    evening = garden_here.walk(series=series)
    assert morning.pk != evening.pk and morning.period == evening.period == ""
    assert [one.hours for one in (morning, evening)] == [Decimal("1.5"), Decimal(2)]
    assert len({morning.code, evening.code}) == 2 and len(morning.code) >= 16


def test_a_month_that_is_no_month_finds_nothing(garden_here: Garden) -> None:
    """Sessions have no month: ``of_period`` must not answer the first of them."""
    garden_here.walk()
    assert queries.of_period(garden_here.town.area, KIND, "") is None


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"after": -1}, "gatherings.day_out_of_reach"),
        ({"after": 400}, "gatherings.day_out_of_reach"),
        ({"after": 0, "at": dt.time(8)}, "gatherings.time_has_passed"),
        ({"ends_at": dt.time(13)}, "gatherings.ends_first"),
        ({"title": " "}, "gatherings.no_reason"),
        ({"title": "找老王 13812345678"}, "gatherings.leak"),
        ({"venue": ""}, "gatherings.venue"),
        ({"seats": 0}, "gatherings.seats"),
        ({"hours": Decimal("0.4")}, "gatherings.hours"),
        ({"hours": Decimal("3.5")}, "gatherings.hours"),
    ],
)
def test_not_planned_otherwise(garden_here: Garden, more: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        garden_here.walk(**more)
    assert refusal.value.code == code


def test_far_ahead_it_may_be(garden_here: Garden) -> None:
    assert garden_here.walk(after=300).on == day(300)


@pytest.mark.parametrize(
    ("ends", "hours"), [((14, 45), "1"), ((15, 14), "1"), ((15, 15), "1.5"), ((15, 45), "2"), ((14, 10), "0")]
)
def test_half_hours(ends: tuple[int, int], hours: str) -> None:
    assert length_in_hours(dt.time(14), dt.time(*ends)) == Decimal(hours)


def test_only_who_runs_the_kind_there(garden_here: Garden) -> None:
    at_, here = garden_here.here.cast.places, garden_here.here
    for who, where in ((here.clerk, at_.next_county), (here.outsider, at_.town), (here.cadre, at_.village)):
        with pytest.raises(Forbidden):
            actions.open_series(InKind(where, KIND), actor=who, title="看园")
    with pytest.raises(Forbidden):
        actions.cancel_gathering(garden_here.walk(), actor=garden_here.here.cadre, reason="不开了")


def test_a_conference_is_no_session(garden_here: Garden) -> None:
    with pytest.raises(Forbidden):
        actions.open_series(InKind(garden_here.town.area, "briefing.conference"), actor=garden_here.clerk, title="会")


def test_moved_with_its_reason_all_are_told(garden_here: Garden) -> None:
    walk = garden_here.walk(seats=1)
    garden_here.goes(walk, "甲", "乙")
    moved = actions.move_session(
        walk,
        actor=garden_here.clerk,
        on=day(1),
        at=dt.time(9),
        ends_at=dt.time(12),
        venue="山上",
        reason="后天有雨",
    )
    assert (moved.on, moved.venue, moved.sequence, moved.hours) == (day(1), "山上", 1, Decimal(3))
    row = moved.postponements.get()
    assert (row.from_on, row.from_at, row.to_at) == (day(2), dt.time(14), dt.time(9))
    accounts = {garden_here.actor(name).account_id for name in ("甲", "乙")}
    assert {account for account, _channel in told("gatherings.moved")} == accounts, "who waits is told too"


def test_hours_that_were_set_stay_where_they_can(garden_here: Garden) -> None:
    walk = garden_here.walk(hours=Decimal(3))
    moved = actions.move_session(
        walk, actor=garden_here.clerk, on=day(3), at=dt.time(9), ends_at=dt.time(10), venue="村口", reason="改短了"
    )
    assert moved.hours == Decimal(2), "an hour beyond its length is the most"


def test_called_off_all_are_told(garden_here: Garden) -> None:
    walk = garden_here.walk()
    garden_here.goes(walk, "甲")
    off = actions.call_off(walk, actor=garden_here.clerk, reason="园子封了")
    assert (off.state, off.reason, off.sequence) == (State.CANCELLED, "园子封了", 1)
    assert [channel for _who, channel in told("gatherings.called_off")] == ["in_app", "sms"]
    with pytest.raises(Refused):
        garden_here.goes(walk, "乙")


def test_what_has_begun_is_neither_moved_nor_called_off(garden_here: Garden) -> None:
    walk = garden_here.walk()
    with clock.living_at(at(2, 14)):
        for change in (
            lambda: actions.call_off(walk, actor=garden_here.clerk, reason="下雨"),
            lambda: actions.move_session(
                walk,
                actor=garden_here.clerk,
                on=day(4),
                at=dt.time(9),
                ends_at=dt.time(12),
                venue="山上",
                reason="下雨",
            ),
        ):
            with pytest.raises(Refused) as refusal:
                change()
            assert refusal.value.code == "gatherings.begun"


def test_a_series_ends_when_nothing_is_planned(garden_here: Garden) -> None:
    series = actions.open_series(garden_here.town, actor=garden_here.clerk, title="看园")
    walk = garden_here.walk(series=series)
    with pytest.raises(Refused) as refusal:
        actions.end_series(series, actor=garden_here.clerk)
    assert refusal.value.code == "gatherings.sessions_planned"
    actions.call_off(walk, actor=garden_here.clerk, reason="不办了")
    assert actions.end_series(series, actor=garden_here.clerk).state == Series.State.ENDED
    with pytest.raises(Refused) as refusal:
        garden_here.walk(series=series)
    assert refusal.value.code == "gatherings.series_ended"


def test_on_the_evening_before_they_are_reminded_once(garden_here: Garden) -> None:
    walk = garden_here.walk(seats=1, after=1)
    garden_here.goes(walk, "甲", "乙")
    garden_here.walk(after=2)
    for _turn in range(2):
        jobs.remind.func()
    reminded = garden_here.actor("甲").account_id
    assert told("gatherings.tomorrow") == [(reminded, "in_app"), (reminded, "sms")]


def test_villagers_of_another_county_are_guests_too(garden_here: Garden) -> None:
    """A kind without ``guests`` is for everybody."""
    village: Village = garden_here.here
    actions.sign_up(garden_here.walk(), actor=village.outsider)
