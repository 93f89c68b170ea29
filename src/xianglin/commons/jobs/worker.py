"""Doing jobs: claim under a lease, run, settle. A worker killed at any step loses nothing.

Claiming and leasing are one transaction. A worker has several lanes, one job at a time in each: short jobs
(``priority`` over 0: somebody waits for them) have lanes of their own, so that no import stands before a log-in code.
"""

import datetime as dt
import logging
import os
import secrets
import signal
import socket
import threading
import time
from types import FrameType
from typing import Any

import structlog
from django.db import OperationalError, close_old_connections, connection, transaction
from django.db.models import Q
from django_tasks import TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult

from xianglin.base import clock

from . import leases
from .leases import LEASE, Row
from .progress import Running, running

POLL = 1.0
GIVE_BACK_EVERY = 10.0
QUICK_LANES = 2  # one message that hangs until its time-out does not stop the next
ANY, QUICK, LONG = Q(), Q(priority__gt=0), Q(priority__lte=0)
logger = logging.getLogger(__name__)


class Interrupted(BaseException):
    """The worker must leave now: its jobs are handed back and not counted as tried."""


def work(stop: threading.Event, *, burst: bool = False, lease: dt.timedelta = LEASE) -> int:
    """Do jobs until told to stop; answers how many were run here.

    This thread does the long jobs and others of this process the short ones. ``burst``: this thread does all that
    are ready, the urgent first, and leaves.
    """
    process = f"{socket.gethostname()[:30]}-{os.getpid()}-{secrets.token_hex(4)}"
    lanes = 0 if burst else QUICK_LANES
    quick = [
        threading.Thread(target=_beside, args=(stop, f"{process}.{number}", lease), name="quick", daemon=True)
        for number in range(1, lanes + 1)
    ]
    done = 0
    try:
        for thread in quick:
            thread.start()
        done = _lane(stop, f"{process}.0", ANY if burst else LONG, lease, burst=burst)
        for thread in quick:
            thread.join()
    except Interrupted:
        logger.warning("left before the jobs were done; they are handed back")
    finally:
        leases.hand_back(process)
    return done


def leave_on_signals(stop: threading.Event, grace: float = 3.0) -> None:
    """On SIGTERM or SIGINT finish the running jobs, if that takes at most ``grace`` seconds, and leave."""

    def leave(number: int, frame: FrameType | None) -> None:
        # In a thread: the interrupted code may be inside stop.wait() and hold the event's own lock.
        threading.Thread(target=stop.set).start()
        signal.setitimer(signal.ITIMER_REAL, grace)

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise Interrupted

    signal.signal(signal.SIGALRM, interrupt)
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)


def drop_stale_connections() -> None:
    """As between two requests; inside a caller's transaction (a test) the connection is the caller's."""
    if not connection.in_atomic_block:
        close_old_connections()


def _beside(stop: threading.Event, me: str, lease: dt.timedelta) -> None:
    """A lane for short jobs. If it ends by a surprise the whole worker does: nobody would miss it else."""
    try:
        _lane(stop, me, QUICK, lease)
    except BaseException:
        logger.critical("a lane broke down: this worker leaves", exc_info=True)
        leases.leave_in_need(leases.process_of(me))
    finally:
        connection.close()


def _lane(stop: threading.Event, me: str, which: Q, lease: dt.timedelta, *, burst: bool = False) -> int:
    done, looked = 0, 0.0
    while not stop.is_set():
        if time.monotonic() - looked > GIVE_BACK_EVERY:
            looked = time.monotonic()
            _patiently(leases.give_back)
        ran = _patiently(_one, me, lease, which)
        done += bool(ran)
        if not ran and burst:
            break
        if not ran:
            stop.wait(POLL)
    return done


def _patiently(step: Any, *args: Any) -> Any:
    """A database that is away for a moment is waited for; anything else surprises and ends the worker."""
    try:
        return step(*args)
    except OperationalError as away:
        logger.warning("the database does not answer; trying again: %s", away)
        drop_stale_connections()
        time.sleep(POLL)
        return None


def _one(me: str, lease: dt.timedelta, which: Q = ANY) -> bool:
    drop_stale_connections()
    row = _claim(me, lease, which)
    if row is None:
        return False
    started = time.monotonic()
    token = running.set(Running(row.pk))
    try:
        with structlog.contextvars.bound_contextvars(job=str(row.pk)), leases.held(row, me, lease):
            _run(row, me)
            logger.info("job %s left %.2f s", row.task_path, time.monotonic() - started)
    finally:
        running.reset(token)
    return True


def _claim(me: str, lease: dt.timedelta, which: Q = ANY) -> Row | None:
    # A plain look first: an idle worker must not take SQLite's write lock every second.
    ready = DBTaskResult.objects.filter(which).ready()
    if not ready.exists():
        return None
    with transaction.atomic():
        row = ready.get_locked()
        if row is not None:
            leases.take(row, me, lease)
        return row


def _run(row: Row, me: str) -> None:
    try:
        task = row.task
        value = normalize_json(task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"]))
    except Exception as error:
        logger.warning("job %s failed, attempt %d", row.task_path, len(row.worker_ids), exc_info=True)
        leases.settle(row, me, **leases.after_failure(row, error))
    except BaseException:
        leases.settle(row, me, **leases.uncounted(row))
        raise
    else:
        done = {"status": TaskResultStatus.SUCCESSFUL, "return_value": value, "finished_at": clock.real_now()}
        leases.settle(row, me, **done, exception_class_path="", traceback="")
