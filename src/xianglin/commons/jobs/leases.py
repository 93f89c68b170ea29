"""Who holds a running job, for how long, and what becomes of it.

A job is settled only by whoever still holds its lease: one that was taken for dead and woke up again changes nothing.
"""

import datetime as dt
import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import format_exception
from typing import Any, NoReturn, TypeAlias

from django.db import DatabaseError, OperationalError, connection, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from xianglin.base import clock

from .declare import spec_of
from .models import Lease

LEASE = dt.timedelta(seconds=60)  # longer than SQLite's 20 s wait for its lock: a busy database kills nobody
LEFT_IN_NEED = 70  # the exit code of a worker that ended itself
logger = logging.getLogger(__name__)
Row: TypeAlias = DBTaskResult[Any, Any]


class WorkerLost(Exception):
    """Every worker that ran this job died of it."""


class TookTooLong(Exception):
    """The job was still running at its limit."""


def take(row: Row, me: str, lease: dt.timedelta) -> None:
    now = clock.real_now()
    row.claim(me)
    Lease.objects.create(job_id=row.pk, worker=me, taken_at=now, until=now + lease)


def settle(row: Row, me: str, **fields: Any) -> None:
    with transaction.atomic():
        held, _ = Lease.objects.filter(pk=row.pk, worker=me).delete()
        if held:
            DBTaskResult.objects.filter(pk=row.pk).update(**fields)
        else:
            logger.warning("job %s was given to another worker meanwhile", row.task_path)


def uncounted(row: Row) -> dict[str, Any]:
    """Ready again at once, as if it had never been tried."""
    return {"status": TaskResultStatus.READY, "worker_ids": row.worker_ids[:-1]}


def after_failure(row: Row, error: Exception) -> dict[str, Any]:
    """Ready again after a rest, or failed for good after the last retry; the error is kept either way."""
    spec, attempts, now = spec_of(row.task_path), len(row.worker_ids), clock.real_now()
    told = {
        "exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}",
        "traceback": "".join(format_exception(error)),
    }
    if attempts > spec.retries:
        return {**told, "status": TaskResultStatus.FAILED, "finished_at": now}
    rest = dt.timedelta() if isinstance(error, WorkerLost) else spec.backoff(attempts)
    return {**told, "status": TaskResultStatus.READY, "run_after": now + rest if rest else get_date_max()}


def give_back() -> int:
    """Give the jobs of dead workers back, or fail those that were tried too often; answers how many."""
    lapsed = list(Lease.objects.filter(until__lt=clock.real_now()).values_list("pk", flat=True)[:100])
    return sum(_take_back(job_id) for job_id in lapsed)


def _take_back(job_id: Any) -> bool:
    with transaction.atomic():
        lapsed = Lease.objects.select_for_update().filter(pk=job_id, until__lt=clock.real_now())
        if not lapsed:
            return False  # its worker beat again, or another one was quicker
        Lease.objects.filter(pk=job_id).delete()
        row = DBTaskResult.objects.filter(pk=job_id, status=TaskResultStatus.RUNNING).first()
        if row is None:
            return False
        lost = WorkerLost(f"worker {row.worker_ids[-1]} died, attempt {len(row.worker_ids)}")
        DBTaskResult.objects.filter(pk=job_id).update(**after_failure(row, lost))
        logger.warning("job %s given back: %s", row.task_path, lost)
        return True


def hand_back(process: str) -> None:
    """A process that leaves hands back what its lanes still hold, uncounted: it is not those jobs' fault."""
    try:
        for lease in Lease.objects.filter(worker__startswith=f"{process}."):
            row = DBTaskResult.objects.filter(pk=lease.pk, status=TaskResultStatus.RUNNING).first()
            if row is not None:
                settle(row, lease.worker, **uncounted(row))
    except DatabaseError:
        logger.warning("not handed back, the leases lapse by themselves", exc_info=True)


def leave_in_need(process: str) -> NoReturn:
    """End this process from any of its threads, now; whoever looks after it starts another."""
    try:
        hand_back(process)
    finally:
        os._exit(LEFT_IN_NEED)


@contextmanager
def held(row: Row, me: str, lease: dt.timedelta) -> Iterator[None]:
    """Put the lease off from a thread, with a connection of its own, as long as the job runs and may run."""
    over = threading.Event()
    heart = threading.Thread(target=_beat, args=(row, me, lease, over), name="lease", daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join(timeout=2)  # it may be waiting for SQLite's lock: then it is left alone and beats nothing


def _beat(row: Row, me: str, lease: dt.timedelta, over: threading.Event) -> None:
    limit = spec_of(row.task_path).limit
    end = time.monotonic() + limit.total_seconds()
    try:
        while not over.wait(min(lease.total_seconds() / 4, max(0.0, end - time.monotonic()))):
            if time.monotonic() >= end:
                _end(row, me, limit)
            try:
                still = Lease.objects.filter(pk=row.pk, worker=me).update(until=clock.real_now() + lease)
            except OperationalError:
                logger.warning("a beat was missed: the database does not answer", exc_info=True)
                connection.close()
                continue
            if not still:
                return
    finally:
        connection.close()


def _end(row: Row, me: str, limit: dt.timedelta) -> NoReturn:
    """A failed try. The whole process goes: no thread can be ended alone, and nothing of a job may run on
    beside its next try, or hold SQLite's one lock for ever."""
    logger.error("job %s was still running after %s: this worker leaves", row.task_path, limit)
    try:
        settle(row, me, **after_failure(row, TookTooLong(f"still running after {limit}")))
    except DatabaseError:  # perhaps the job holds SQLite's lock: until we are gone nothing can be written
        logger.warning("not settled, its lease lapses by itself", exc_info=True)
        os._exit(LEFT_IN_NEED)
    leave_in_need(process_of(me))


def process_of(me: str) -> str:
    """The lane ``host-pid-token.2`` belongs to the process ``host-pid-token``."""
    return me.rpartition(".")[0]
