"""What became of jobs and schedules: for ``doctor`` and for whoever looks after the machine."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from xianglin.base import clock

from .declare import LIMIT, Scheduled, schedules
from .models import Schedule
from .worker import LONG, QUICK

_LATE = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class FailedJob:
    job_id: UUID
    path: str
    attempts: int
    error: str
    at: dt.datetime | None


@dataclass(frozen=True)
class Turn:
    """A declared schedule and its two times; None: no scheduler has seen it yet."""

    name: str
    rule: str
    path: str
    last_run_at: dt.datetime | None
    next_run_at: dt.datetime | None


def failed(limit: int = 100) -> list[FailedJob]:
    """Jobs given up for good, newest first."""
    rows = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at")[:limit]
    return [FailedJob(r.pk, r.task_path, len(r.worker_ids), r.exception_class_path, r.finished_at) for r in rows]


def inventory() -> list[Turn]:
    """Every scheduled job of every installed room."""
    rows = {row.name: row for row in Schedule.objects.all()}
    return [_turn(declared, rows.get(declared.name)) for declared in schedules()]


def _turn(declared: Scheduled, row: Schedule | None) -> Turn:
    last, coming = (row.last_run_at, row.next_run_at) if row else (None, None)
    return Turn(declared.name, str(declared.rule), declared.task.module_path, last, coming)


def late_jobs() -> QuerySet["DBTaskResult[Any, Any]"]:
    """Jobs that should have begun ten minutes ago: nobody is working, or too few are.

    Behind a long job that runs, other long ones may wait as long as it may.
    """
    now = clock.real_now()
    busy = DBTaskResult.objects.filter(LONG, status=TaskResultStatus.RUNNING).exists()
    late = QUICK & _due_before(now - _LATE) | LONG & _due_before(now - (LIMIT if busy else _LATE))
    return DBTaskResult.objects.filter(late, status=TaskResultStatus.READY)


def _due_before(moment: dt.datetime) -> Q:
    return Q(run_after=get_date_max(), enqueued_at__lt=moment) | Q(run_after__lt=moment)


def troubles() -> list[str]:
    """What is wrong with jobs, one plain sentence each; empty when all is well."""
    now = clock.real_now()
    said = [
        _("后台工作 %(path)s 试了 %(times)d 次没做成（%(error)s，编号 %(id)s）。请看日志，修好后重试。")
        % {"path": f.path, "times": f.attempts, "error": f.error, "id": f.job_id}
        for f in failed(20)
    ]
    if late := late_jobs()[:100].count():
        said.append(_("有 %(count)d 件后台工作等了十分钟还没开始。请看后台工作进程是否在运行。") % {"count": late})
    if Schedule.objects.filter(next_run_at__lt=now - _LATE, name__in=[s.name for s in schedules()]).exists():
        said.append(_("定时工作停了十分钟以上。请看定时进程是否在运行。"))
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - LIMIT)
    said += [
        _("后台工作 %(path)s 做了一个多小时还没做完（编号 %(id)s）。") % {"path": row.task_path, "id": row.pk}
        for row in running[:20]
    ]
    return said


def try_again(job_id: UUID) -> bool:
    """Have a failed job tried again from the start; False where it is not failed."""
    failed_job = DBTaskResult.objects.filter(pk=job_id, status=TaskResultStatus.FAILED)
    fresh = {"status": TaskResultStatus.READY, "run_after": get_date_max(), "finished_at": None}
    return bool(failed_job.update(**fresh, worker_ids=[]))
