"""Where work stands still the answer is not green; and asking costs next to nothing."""

import datetime as dt
import time

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django_tasks_db.models import DBTaskResult

from xianglin.base import clock
from xianglin.commons.jobs import enqueue
from xianglin.commons.jobs.jobs import beat
from xianglin.commons.jobs.models import Schedule

pytestmark = pytest.mark.django_db
AGO = dt.timedelta(minutes=11)


def test_a_job_that_nobody_begins(visitor: Client) -> None:
    enqueue(beat)
    assert visitor.get("/healthz/").status_code == 200
    DBTaskResult.objects.update(enqueued_at=clock.real_now() - AGO)
    answer = visitor.get("/healthz/")
    assert (answer.status_code, answer.json()["jobs_pending"]) == (503, 1)
    (problem,) = answer.json()["problems"]
    assert "后台工作进程" in problem and "beat" not in answer.text


def test_a_scheduler_that_is_gone(visitor: Client) -> None:
    turn = Schedule.objects.create(name="jobs.beat", rule="every 300 s", next_run_at=clock.real_now() - AGO / 2)
    assert visitor.get("/healthz/").status_code == 200
    turn.next_run_at -= AGO
    turn.save()
    answer = visitor.get("/healthz/")
    assert answer.status_code == 503
    assert ["定时进程" in problem for problem in answer.json()["problems"]] == [True]
    assert "jobs.beat" not in answer.text


def test_a_migration_that_is_missing_is_seen_at_once(visitor: Client) -> None:
    assert visitor.get("/healthz/").json()["migrations_pending"] == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'trail'")
    answer = visitor.get("/healthz/")
    assert (answer.status_code, answer.json()["migrations_pending"]) == (503, 1)


def test_asking_is_cheap(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries: object
) -> None:
    visitor.get("/healthz/")
    monkeypatch.setattr(MigrationLoader, "build_graph", None)  # a fifth of a second, once a process
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        began = time.perf_counter()
        assert visitor.get("/healthz/").status_code == 200
    print(f"healthz: {(time.perf_counter() - began) * 1000:.1f} ms")
