"""The story's day goes on with the days and never back."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from xianglin.base import clock
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.trail import chain
from xianglin.demo import day, play

pytestmark = pytest.mark.django_db
STORY = dt.date(2022, 6, 21)
REAL = dt.datetime(2026, 3, 10, 9, 30, tzinfo=clock.SHANGHAI)


@pytest.fixture
def really(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Callable[[dt.datetime], None]:
    """Set the machine's own clock; the story's file lies in a folder of the test's own."""
    settings.DATA = tmp_path
    monkeypatch.setattr(play.yuhua, "GATHERED", ())  # only the day matters here: a short story
    monkeypatch.setattr(play.conferences, "scenes", lambda places, cast: ())
    monkeypatch.setattr(play.hefu, "MENTORS", play.hefu.MENTORS[:2])
    monkeypatch.setattr(play.hefu, "CADRES", play.hefu.CADRES[:2])
    monkeypatch.setattr(play.hefu, "tell_the_year", lambda: None)
    monkeypatch.setattr(clock, "_offset_days", day.offset)

    def set_clock(now: dt.datetime) -> None:
        monkeypatch.setattr(clock, "real_now", lambda: now)

    set_clock(REAL)
    return set_clock


def test_a_restart_after_some_days_goes_on_from_there(really: Callable[[dt.datetime], None]) -> None:
    play.play_once()
    assert clock.today() == STORY
    really(REAL + dt.timedelta(days=3, hours=-5))
    play.play_once()
    assert clock.today() == STORY + dt.timedelta(days=3)
    assert Area.objects.count() == len({row[0] for row in (*play.yuhua.AREAS, *play.hefu.AREAS)})


def test_a_day_that_was_asked_for_outlives_the_restart(really: Callable[[dt.datetime], None]) -> None:
    play.play_once(today=dt.date(2022, 7, 6))
    play.play_once()
    assert clock.today() == dt.date(2022, 7, 6)
    play.play_once(today=STORY)  # nothing was done since, so nothing lies ahead of that day
    assert clock.today() == STORY


def test_nobody_goes_back_behind_what_was_done(really: Callable[[dt.datetime], None]) -> None:
    play.play_once(today=dt.date(2022, 7, 6))
    chain.record("tests.ping", play.STAGE)
    for earlier in (STORY, dt.date(2022, 7, 5)):
        with pytest.raises(Refused) as refusal:
            play.play_once(today=earlier)
        assert refusal.value.code == "demo.past" and "2022-07-06" in str(refusal.value)
    assert clock.today() == dt.date(2022, 7, 6)
    play.play_once(today=dt.date(2022, 7, 6))
    really(REAL - dt.timedelta(hours=2))  # at half past seven, that day's half past nine still lies ahead
    with pytest.raises(Refused):
        play.play_once(today=dt.date(2022, 7, 6))
    play.play_once(today=dt.date(2022, 7, 7))
    assert clock.today() == dt.date(2022, 7, 7)


def test_a_day_before_the_story_is_refused_before_anything_is_played(really: Callable[[dt.datetime], None]) -> None:
    with pytest.raises(Refused):
        play.play_once(today=STORY - dt.timedelta(days=1))
    assert not Area.objects.exists() and not day.is_set()


def test_a_lost_file_is_made_again_behind_nothing(really: Callable[[dt.datetime], None], tmp_path: Path) -> None:
    play.play_once(today=dt.date(2022, 7, 6))
    chain.record("tests.ping", play.STAGE)
    (tmp_path / "demo-day").unlink()
    really(REAL - dt.timedelta(hours=2))
    play.play_once()
    assert clock.today() == dt.date(2022, 7, 7)
    assert [path.name for path in tmp_path.iterdir()] == ["demo-day"]
