"""Counting every open clock again, in batches that may be cut anywhere."""

import csv
import threading
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from tests.commons.deadlines.conftest import MONTH, Chore, china_rows, rule
from xianglin.base import clock, events
from xianglin.base.actor import NOBODY, system
from xianglin.base.refused import Forbidden
from xianglin.commons.deadlines import actions, almanacs, doctor, jobs, seeds
from xianglin.commons.deadlines import events as named
from xianglin.commons.deadlines.models import CalendarVersion, Recomputation

PLATFORM = system("deadlines")
ROWS = 25


class Cut(BaseException):
    """A worker was killed."""


def seven_days_more(folder: Path) -> Path:
    """The 2026 calendar with a week off that it does not have: from 3 to 7 August."""
    rows = [row for row in china_rows() if row["date"] >= "2026"]
    rows += [{"date": f"2026-08-{day:02}", "kind": "holiday", "name": "避暑假", "source": "试"} for day in range(3, 8)]
    file = folder / "2026.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ["date", "kind", "name", "source"])
        writer.writeheader()
        writer.writerows(rows)
    return file


@pytest.fixture
def stored(chores: type[Chore]) -> type[Chore]:
    """Due 5 August, but every fifth is settled and every seventh has its clock stopped."""
    for number in range(1, ROWS + 1):
        chore = chores(done=number % 5 == 0)
        chore.start_clock(MONTH, date(2026, 7, 5))
        if number % 7 == 0:
            chore.stop_clock(date(2026, 7, 20), "已答复")
        chore.save()
    return chores


def due_dates(chores: type[Chore]) -> set[tuple[bool, date | None]]:
    return set(chores._base_manager.values_list("done", "due_on"))


MOVED = {(False, date(2026, 8, 10)), (False, None), (True, date(2026, 8, 5))}


def test_a_new_calendar_moves_open_rows_only(stored: type[Chore], tmp_path: Path) -> None:
    actions.recompute_open_rows(actor=PLATFORM)
    assert actions.load_calendar(None, actor=PLATFORM, path=seven_days_more(tmp_path)).number == 2
    run = actions.recompute_open_rows(actor=PLATFORM, size=4)
    assert due_dates(stored) == MOVED
    assert (run.seen, run.moved, run.calendar_version) == (20, 17, 2)
    assert stored._base_manager.filter(done=False).exclude(calendar_version=2).count() == 0


def test_counting_again_changes_nothing(stored: type[Chore], tmp_path: Path) -> None:
    seeds.load_calendar(seven_days_more(tmp_path))
    actions.recompute_open_rows(actor=PLATFORM)
    rows = list(stored._base_manager.order_by("pk").values())
    actions.recompute_open_rows(actor=PLATFORM)
    Recomputation.objects.all().delete()
    assert actions.recompute_open_rows(actor=PLATFORM).moved == 0
    assert list(stored._base_manager.order_by("pk").values()) == rows


@pytest.mark.parametrize("batches", range(7))
def test_cut_at_any_batch_it_goes_on(
    stored: type[Chore], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batches: int
) -> None:
    seeds.load_calendar(seven_days_more(tmp_path))
    real, done = actions._count_again, list[list[int]]()

    def cut(run: Recomputation, model: Any, rows: list[Any]) -> None:
        real(run, model, rows)
        if len(done) == batches:
            raise Cut  # after the rows were written, before the cursor was: both are undone
        done.append([row.pk for row in rows])

    monkeypatch.setattr(actions, "_count_again", cut)
    if batches < 5:
        with pytest.raises(Cut):
            actions.recompute_open_rows(actor=PLATFORM, size=4)
        assert Recomputation.objects.get().seen == 4 * batches
    monkeypatch.setattr(actions, "_count_again", real)
    assert actions.recompute_open_rows(actor=PLATFORM, size=4).seen == 20
    assert due_dates(stored) == MOVED


def test_who_is_told_which_rows_moved(stored: type[Chore], tmp_path: Path) -> None:
    heard = dict[int, tuple[date | None, date | None]]()

    def listener(model: object, moves: dict[int, tuple[date | None, date | None]]) -> None:
        heard.update(moves)

    events.listen(named.DUE_MOVED, listener)
    try:
        seeds.load_calendar(seven_days_more(tmp_path))
        run = actions.recompute_open_rows(actor=PLATFORM)
    finally:
        events._listeners[named.DUE_MOVED].remove(listener)
    assert len(heard) == 17
    assert set(heard.values()) == {(date(2026, 8, 5), date(2026, 8, 10))}
    assert run.finished_at is not None


def test_a_row_saved_behind_its_back_is_counted_later(stored: type[Chore], tmp_path: Path) -> None:
    old = stored(done=False)
    old.start_clock(MONTH, date(2026, 7, 5))
    seeds.load_calendar(seven_days_more(tmp_path))
    actions.recompute_open_rows(actor=PLATFORM)
    old.save()  # begun before the new calendar, committed after the pass
    assert jobs.recompute.func() == 18
    assert due_dates(stored) == MOVED


def test_a_row_counted_by_old_rules_and_committed_late_is_counted_later(stored: type[Chore]) -> None:
    old = stored(done=False)
    old.start_clock(MONTH, date(2026, 7, 5))
    rule(MONTH, 2, 2, "month").save()
    seeds.note_rules()
    actions.recompute_open_rows(actor=PLATFORM)
    old.save()  # begun before the new rule, committed after the pass
    jobs.recompute.func()
    due = set(stored._base_manager.filter(done=False, clock_stopped_on=None).values_list("due_on", flat=True))
    assert due == {date(2026, 9, 7)}


class Poisoned(Exception):
    pass


@pytest.fixture
def poison(stored: type[Chore], monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Rows that cannot be counted: two open ones in the middle."""
    bad = set(stored._base_manager.filter(done=False).order_by("pk").values_list("pk", flat=True)[9:14:4])
    real = stored.recompute

    def recompute(self: Chore, almanac: Any = None) -> bool:
        if self.pk in bad:
            raise Poisoned
        return real(self, almanac)

    monkeypatch.setattr(stored, "recompute", recompute)
    return bad


@pytest.mark.parametrize("size", [1, 4, 200])
def test_a_row_that_cannot_be_counted_stops_no_other(
    stored: type[Chore], poison: set[int], tmp_path: Path, size: int
) -> None:
    seeds.load_calendar(seven_days_more(tmp_path))
    run = actions.recompute_open_rows(actor=PLATFORM, size=size)
    stale = stored.open_clocks().exclude(calendar_version=2)
    assert set(stale.values_list("pk", flat=True)) == poison
    assert (run.seen, run.passed_over) == (20, {"deadlines.Chore": sorted(poison)})
    [finding] = findings_in_summer()
    assert all(f"deadlines.Chore {pk}" in finding for pk in poison)

    poison.clear()  # mended
    run = actions.recompute_open_rows(actor=PLATFORM, size=size)
    assert (run.seen, run.passed_over) == (22, {})
    assert due_dates(stored) == MOVED
    assert findings_in_summer() == []


def findings_in_summer() -> list[str]:
    """In November it would ask for the next year's calendar too."""
    with clock.living_at(datetime(2026, 7, 1, tzinfo=clock.SHANGHAI)):
        return doctor.checks()


def test_where_many_cannot_be_counted_the_job_fails(
    stored: type[Chore], poison: set[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_PASSED_OVER", 1)
    stored._base_manager.update(calendar_version=None)
    for _ in range(2):
        with pytest.raises(Poisoned):
            jobs.recompute.func()
    assert sum(map(len, Recomputation.objects.get().passed_over.values())) == 1


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks no rows")
def test_a_row_that_somebody_holds_is_not_waited_for(stored: type[Chore], tmp_path: Path) -> None:
    seeds.load_calendar(seven_days_more(tmp_path))
    held = stored._base_manager.filter(done=False).order_by("pk")[3:4].get().pk
    holding, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            stored._base_manager.select_for_update().get(pk=held)
            holding.set()
            done.wait(20)
        connection.close()

    somebody = threading.Thread(target=hold)
    somebody.start()
    assert holding.wait(20)
    try:
        run = actions.recompute_open_rows(actor=PLATFORM, size=4)
    finally:
        done.set()
        somebody.join()
    assert (run.seen, run.finished_at is None) == (19, False)
    assert actions.recompute_open_rows(actor=PLATFORM, size=4).seen == 20
    assert due_dates(stored) == MOVED


def test_nobody_else_may(chores: type[Chore], tmp_path: Path) -> None:
    with pytest.raises(Forbidden):
        actions.load_calendar(None, actor=NOBODY, path=seven_days_more(tmp_path))
    with pytest.raises(Forbidden):
        actions.recompute_open_rows(actor=NOBODY)
    assert CalendarVersion.objects.count() == 1
    assert almanacs.current().calendar_version == 1
