"""What is due by the clock is enqueued once per turn, also after a time switched off."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django_tasks_db.models import DBTaskResult

from xianglin.base.clock import SHANGHAI, real_now
from xianglin.commons.jobs import declare, queries, scheduler
from xianglin.commons.jobs.declare import Rule, scheduled
from xianglin.commons.jobs.jobs import tidy
from xianglin.commons.jobs.models import Schedule, Slot

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 12, 0, 30, tzinfo=SHANGHAI)
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declare, "SCHEDULES", {})


def jobs() -> int:
    return DBTaskResult.objects.count()


def test_every_hour_is_enqueued_once_per_hour() -> None:
    scheduled(name="hourly", every=HOUR)(tidy)
    assert [scheduler.tick(NOON), scheduler.tick(NOON + HOUR / 2), scheduler.tick(NOON + HOUR)] == [1, 0, 1]
    assert jobs() == 2
    row = Schedule.objects.get(name="hourly")
    assert row.last_run_at == NOON + HOUR
    assert row.next_run_at == dt.datetime(2026, 3, 2, 14, tzinfo=SHANGHAI)


def test_missed_turns_are_made_up_for_once() -> None:
    scheduled(name="hourly", every=HOUR)(tidy)
    scheduled(name="nightly", daily_at="02:30")(tidy)
    assert scheduler.tick(NOON) == 1  # the nightly one waits for its hour
    week = NOON + dt.timedelta(days=7)
    assert scheduler.tick(week) == 2
    assert scheduler.tick(week) == 0
    nightly = Slot.objects.get(name="nightly")
    assert nightly.slot_at == dt.datetime(2026, 3, 9, 2, 30, tzinfo=SHANGHAI)
    assert Schedule.objects.get(name="nightly").next_run_at == nightly.slot_at + dt.timedelta(days=1)


def test_a_turn_can_be_taken_only_once_whatever_the_row_says() -> None:
    scheduled(name="hourly", every=HOUR)(tidy)
    scheduler.tick(NOON)
    Schedule.objects.update(next_run_at=NOON)
    assert scheduler.tick(NOON) == 0
    assert jobs() == 1
    assert Schedule.objects.get().next_run_at > NOON


def test_only_a_taken_turn_counts_as_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another row's fault is told, and the turn is not lost."""

    def refuses(job: object) -> None:
        raise IntegrityError("NOT NULL constraint failed: elsewhere")

    scheduled(name="hourly", every=HOUR)(tidy)
    with monkeypatch.context() as broken:
        broken.setattr(scheduler, "enqueue", refuses)
        with pytest.raises(IntegrityError, match="elsewhere"):
            scheduler.tick(NOON)
    assert Schedule.objects.get().next_run_at <= NOON
    assert scheduler.tick(NOON) == 1


def test_a_changed_rule_takes_effect() -> None:
    scheduled(name="report", daily_at="02:30")(tidy)
    scheduler.tick(NOON)
    declare.SCHEDULES.clear()
    scheduled(name="report", daily_at="18:00")(tidy)
    scheduler.tick(NOON)
    assert Schedule.objects.get().next_run_at == dt.datetime(2026, 3, 2, 18, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("at", "slot"),
    [
        ("02:29", "2026-03-01T02:30+08:00"),
        ("02:30", "2026-03-02T02:30+08:00"),
        ("23:59", "2026-03-02T02:30+08:00"),
    ],
)
def test_the_turn_of_a_daily_rule_is_shanghais(at: str, slot: str) -> None:
    rule = Rule(daily_at=dt.time(2, 30))
    now = dt.datetime.combine(NOON.date(), dt.time.fromisoformat(at), tzinfo=SHANGHAI)
    for zone in (SHANGHAI, dt.UTC):
        assert rule.slot(now.astimezone(zone)) == dt.datetime.fromisoformat(slot)
        assert rule.next(now.astimezone(zone)) > now


def test_a_schedule_says_one_rule_and_has_a_name_of_its_own() -> None:
    with pytest.raises(AssertionError):
        scheduled(name="neither")
    with pytest.raises(AssertionError):
        scheduled(name="both", every=HOUR, daily_at="02:30")
    scheduled(name="one", every=HOUR)(tidy)
    with pytest.raises(AssertionError):
        scheduled(name="one", every=HOUR)(tidy)


def test_inventory_and_a_scheduler_that_stands_still() -> None:
    scheduled(name="hourly", every=HOUR)(tidy)
    [turn] = queries.inventory()
    assert (turn.name, turn.rule, turn.last_run_at) == ("hourly", "every 3600 s", None)
    assert turn.path == "xianglin.commons.jobs.jobs.tidy"
    yesterday = real_now() - dt.timedelta(days=1)
    scheduler.tick(yesterday)
    [turn] = queries.inventory()
    assert turn.last_run_at == yesterday
    assert len(queries.troubles()) == 1
    scheduler.tick()
    assert queries.troubles() == []


def test_every_rooms_schedules_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert declare.SCHEDULES["jobs.tidy"].task.module_path == "xianglin.commons.jobs.jobs.tidy"
