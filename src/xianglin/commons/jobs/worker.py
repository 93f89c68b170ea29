"""Doing jobs: claim under a lease, run, settle. A worker killed at any step loses nothing.

Claiming and leasing are one transaction, and a job is settled only by the worker that still holds its lease:
one that was taken for dead and woke up again changes nothing.
"""

import datetime as dt
import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import format_exception
from types import FrameType
from typing import Any, TypeAlias

import structlog
from django.db import OperationalError, close_old_connections, connection, transaction
from django_tasks import TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult, get_date_max

from xianglin.base import clock

from .declare import spec_of
from .models import Lease
from .progress import Running, running

LEASE = dt.timedelta(seconds=60)  # longer than SQLite's 20 s wait for its lock: a busy database kills nobody
POLL = 1.0
GIVE_BACK_EVERY = 10.0
logger = logging.getLogger(__name__)
Row: TypeAlias = DBTaskResult[Any, Any]


class Interrupted(BaseException):
    """The worker must leave now: its job is handed back and not counted as tried."""


class WorkerLost(Exception):
    """Every worker that ran this job died of it."""


def work(stop: threading.Event, *, burst: bool = False, lease: dt.timedelta = LEASE) -> int:
    """Do jobs until told to stop (``burst``: until none is ready); answers how many were run."""
    me = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
    done, looked = 0, 0.0
    try:
        while not stop.is_set():
            if time.monotonic() - looked > GIVE_BACK_EVERY:
                looked = time.monotonic()
                _patiently(give_back)
            ran = _patiently(_one, me, lease)
            done += bool(ran)
            if not ran and burst:
                break
            if not ran:
                stop.wait(POLL)
    except Interrupted:
        logger.warning("left before the job was done; it was handed back")
    return done


def leave_on_signals(stop: threading.Event, grace: float = 3.0) -> None:
    """On SIGTERM or SIGINT finish the running job, if that takes at most ``grace`` seconds, and leave."""

    def leave(number: int, frame: FrameType | None) -> None:
        # In a thread: the interrupted code may be inside stop.wait() and hold the event's own lock.
        threading.Thread(target=stop.set).start()
        signal.setitimer(signal.ITIMER_REAL, grace)

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise Interrupted

    signal.signal(signal.SIGALRM, interrupt)
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)


def give_back() -> int:
    """Give the jobs of dead workers back, or fail those that were tried too often; answers how many."""
    lapsed = list(Lease.objects.filter(until__lt=clock.real_now()).values_list("pk", flat=True)[:100])
    return sum(_take_back(job_id) for job_id in lapsed)


def drop_stale_connections() -> None:
    """As between two requests; inside a caller's transaction (a test) the connection is the caller's."""
    if not connection.in_atomic_block:
        close_old_connections()


def _patiently(step: Any, *args: Any) -> Any:
    """A database that is away for a moment is waited for; anything else surprises and ends the worker."""
    try:
        return step(*args)
    except OperationalError:
        logger.warning("the database does not answer; trying again", exc_info=True)
        drop_stale_connections()
        time.sleep(POLL)
        return None


def _one(me: str, lease: dt.timedelta) -> bool:
    drop_stale_connections()
    row = _claim(me, lease)
    if row is None:
        return False
    started = time.monotonic()
    token = running.set(Running(row.pk))
    try:
        with structlog.contextvars.bound_contextvars(job=str(row.pk)), _beating(row, me, lease):
            _run(row, me)
            logger.info("job %s left %.2f s", row.task_path, time.monotonic() - started)
    finally:
        running.reset(token)
    return True


def _claim(me: str, lease: dt.timedelta) -> Row | None:
    # A plain look first: an idle worker must not take SQLite's write lock every second.
    if not DBTaskResult.objects.ready().exists():
        return None
    with transaction.atomic():
        row = DBTaskResult.objects.ready().get_locked()
        if row is not None:
            row.claim(me)
            now = clock.real_now()
            Lease.objects.create(job_id=row.pk, worker=me, taken_at=now, until=now + lease)
        return row


def _run(row: Row, me: str) -> None:
    try:
        task = row.task
        value = normalize_json(task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"]))
    except Exception as error:
        logger.warning("job %s failed, attempt %d", row.task_path, len(row.worker_ids), exc_info=True)
        _settle(row, me, **_after_failure(row, error))
    except BaseException:
        _settle(row, me, status=TaskResultStatus.READY, worker_ids=row.worker_ids[:-1])
        raise
    else:
        done = {"status": TaskResultStatus.SUCCESSFUL, "return_value": value, "finished_at": clock.real_now()}
        _settle(row, me, **done, exception_class_path="", traceback="")


def _after_failure(row: Row, error: Exception) -> dict[str, Any]:
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


def _settle(row: Row, me: str, **fields: Any) -> None:
    with transaction.atomic():
        held, _ = Lease.objects.filter(pk=row.pk, worker=me).delete()
        if held:
            DBTaskResult.objects.filter(pk=row.pk).update(**fields)
        else:
            logger.warning("job %s was given to another worker meanwhile", row.task_path)


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
        DBTaskResult.objects.filter(pk=job_id).update(**_after_failure(row, lost))
        logger.warning("job %s given back: %s", row.task_path, lost)
        return True


@contextmanager
def _beating(row: Row, me: str, lease: dt.timedelta) -> Iterator[None]:
    """Put the lease off from a thread, with a connection of its own, as long as the job runs."""
    over = threading.Event()
    heart = threading.Thread(target=_beat, args=(row.pk, me, lease, over), name="lease", daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join(timeout=2)  # it may be waiting for SQLite's lock: then it is left alone and beats nothing


def _beat(job_id: Any, me: str, lease: dt.timedelta, over: threading.Event) -> None:
    try:
        while not over.wait(lease.total_seconds() / 4):
            try:
                held = Lease.objects.filter(pk=job_id, worker=me).update(until=clock.real_now() + lease)
            except OperationalError:
                logger.warning("a beat was missed: the database does not answer", exc_info=True)
                connection.close()
                continue
            if not held:
                return
    finally:
        connection.close()
