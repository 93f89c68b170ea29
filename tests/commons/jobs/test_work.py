"""Enqueue, run, retry with back-off, keep what failed, tell how far it has come."""

import datetime as dt
import threading
from uuid import UUID

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.commons.jobs import victims
from xianglin.base.clock import real_now
from xianglin.commons.jobs import declare, enqueue, enqueue_for, leases, queries, worker
from xianglin.commons.jobs.jobs import tidy
from xianglin.commons.jobs.models import Lease
from xianglin.commons.jobs.progress import progress, report

pytestmark = pytest.mark.django_db


def burst() -> int:
    return worker.work(threading.Event(), burst=True)


def row(job_id: UUID) -> "DBTaskResult[..., object]":
    return DBTaskResult.objects.get(pk=job_id)


def let_it_rest_be_over(job_id: UUID) -> None:
    DBTaskResult.objects.filter(pk=job_id).update(run_after=real_now())


def test_a_job_runs_once_and_its_answer_is_kept() -> None:
    victims.heard.clear()
    job_id = enqueue(victims.say, "水压调好了")
    assert burst() == 1
    assert burst() == 0
    assert victims.heard == ["水压调好了"]
    assert (row(job_id).status, row(job_id).return_value) == ("SUCCESSFUL", "水压调好了")
    assert not Lease.objects.exists()


class Undone(Exception):
    pass


def test_a_job_is_part_of_its_callers_transaction() -> None:
    def undone() -> None:
        with transaction.atomic():
            enqueue(victims.say, "不该听见")
            raise Undone

    with pytest.raises(Undone):
        undone()
    assert burst() == 0


def test_a_failing_job_rests_longer_each_time_and_is_then_kept() -> None:
    job_id = enqueue(victims.always_fails)
    for attempt in (1, 2):
        assert burst() == 1
        waiting = row(job_id)
        assert waiting.status == TaskResultStatus.READY
        rest = (waiting.run_after - real_now()).total_seconds()
        assert 100 * attempt - 5 < rest <= 100 * attempt
        assert "no such village" in waiting.traceback
        assert burst() == 0
        let_it_rest_be_over(job_id)
    assert burst() == 1
    assert row(job_id).status == TaskResultStatus.FAILED
    [kept] = queries.failed()
    assert (kept.job_id, kept.attempts, kept.error) == (job_id, 3, "builtins.ValueError")
    assert str(job_id) in queries.troubles()[0]


def test_a_failed_job_can_be_tried_again_from_the_start() -> None:
    job_id = enqueue(victims.unspeakable)
    burst()
    assert row(job_id).status == TaskResultStatus.FAILED  # its answer is not JSON
    assert queries.try_again(job_id)
    assert not queries.try_again(job_id)
    assert (row(job_id).status, row(job_id).worker_ids) == ("READY", [])


def test_a_job_that_this_code_does_not_know_is_tried_again_later() -> None:
    job_id = enqueue(victims.say, "x")
    DBTaskResult.objects.filter(pk=job_id).update(task_path="tests.commons.jobs.victims.gone")
    burst()
    assert row(job_id).status == TaskResultStatus.READY
    assert row(job_id).run_after > real_now()


def test_backoff_doubles_up_to_a_limit_and_spreads() -> None:
    wait = declare.exponential(first=10, most=60)
    for attempt, seconds in ((1, 10), (2, 20), (3, 40), (4, 60), (40, 60)):
        waits = {wait(attempt).total_seconds() for _ in range(50)}
        assert min(waits) >= seconds * 0.75
        assert max(waits) <= seconds * 1.25
        assert len(waits) > 1


def test_leaving_hands_the_job_back_uncounted() -> None:
    job_id = enqueue(victims.leaves)
    with pytest.raises(SystemExit):
        burst()
    assert (row(job_id).status, row(job_id).worker_ids) == ("READY", [])
    assert not Lease.objects.exists()


def test_a_lapsed_lease_is_given_back_and_the_late_worker_changes_nothing() -> None:
    job_id = enqueue(victims.say, "两遍")
    late = worker._claim("late", dt.timedelta(seconds=-1))
    assert late is not None
    assert leases.give_back() == 1
    assert leases.give_back() == 0
    again = worker._claim("next", leases.LEASE)
    assert again is not None
    worker._run(late, "late")
    assert row(job_id).status == TaskResultStatus.RUNNING
    worker._run(again, "next")
    assert (row(job_id).status, row(job_id).worker_ids) == ("SUCCESSFUL", ["late", "next"])


def test_short_jobs_and_long_ones_have_lanes_of_their_own() -> None:
    long, short, urgent = (enqueue(victims.say.using(priority=priority), "x") for priority in (0, 1, 5))
    for which, expected in ((worker.QUICK, urgent), (worker.QUICK, short), (worker.LONG, long)):
        claimed = worker._claim("me", leases.LEASE, which)
        assert claimed is not None
        assert claimed.pk == expected
    assert worker._claim("me", leases.LEASE) is None


def test_a_process_hands_back_only_its_own() -> None:
    mine, others = enqueue(victims.say, "x"), enqueue(victims.say, "y")
    worker._claim("host-7-abc.1", leases.LEASE)
    worker._claim("host-7-abcd.1", leases.LEASE)
    leases.hand_back("host-7-abc")
    assert (row(mine).status, row(mine).worker_ids) == ("READY", [])
    assert row(others).status == TaskResultStatus.RUNNING


def test_a_living_lease_is_not_given_back() -> None:
    enqueue(victims.say, "x")
    worker._claim("alive", leases.LEASE)
    assert leases.give_back() == 0


def test_only_the_owner_sees_how_far_a_job_has_come() -> None:
    job_id = enqueue_for(7, victims.counts, 40)
    before = progress(job_id, owner_id=7)
    assert before is not None
    assert (before.state, before.done) == ("waiting", 0)
    burst()
    after = progress(job_id, owner_id=7)
    assert after is not None
    assert (after.state, after.done, after.total, after.message) == ("done", 40, 40, "第 40 户")
    assert progress(job_id, owner_id=8) is None
    assert progress(UUID(int=0)) is None


def test_reporting_outside_a_job_says_nothing() -> None:
    report(1, 2)


def test_a_job_knows_its_own_number() -> None:
    job_id = enqueue(victims.sees_itself)
    burst()
    assert row(job_id).return_value == str(job_id)


def test_tidying_forgets_what_was_done_and_keeps_what_failed() -> None:
    done, broken = enqueue(victims.say, "x"), enqueue(victims.unspeakable)
    fresh = enqueue(victims.say, "y")
    burst()
    old = real_now() - dt.timedelta(days=8)
    DBTaskResult.objects.exclude(pk=fresh).update(finished_at=old)
    assert tidy.call() == 1
    assert not DBTaskResult.objects.filter(pk=done).exists()
    assert DBTaskResult.objects.filter(pk__in=[broken, fresh]).count() == 2


def test_waiting_and_running_too_long_is_told() -> None:
    assert queries.troubles() == []
    waiting, running = enqueue(victims.say, "x"), enqueue(victims.say, "y")
    old = real_now() - dt.timedelta(hours=2)
    DBTaskResult.objects.filter(pk=waiting).update(enqueued_at=old)
    DBTaskResult.objects.filter(pk=running).update(status="RUNNING", started_at=old)
    said = queries.troubles()
    assert len(said) == 2
    assert str(running) in said[1]


def test_a_long_job_may_wait_behind_another_a_short_one_may_not() -> None:
    running, long = enqueue(victims.say, "x"), enqueue(victims.say, "y")
    short = enqueue(victims.say.using(priority=1), "z")
    now = real_now()
    DBTaskResult.objects.update(enqueued_at=now - dt.timedelta(minutes=11))
    DBTaskResult.objects.filter(pk=running).update(status="RUNNING", started_at=now)
    assert [late.pk for late in queries.late_jobs()] == [short]
    DBTaskResult.objects.filter(pk=running).update(status="SUCCESSFUL")
    assert {late.pk for late in queries.late_jobs()} == {short, long}


def test_an_idle_worker_does_not_write(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        worker._one("idle", leases.LEASE)
