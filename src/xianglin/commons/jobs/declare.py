"""Declaring jobs and schedules, and asking for a job to be done.

Written against Django's task interface (django-tasks): another engine can take the jobs over by a setting.
A job may run twice (its worker was killed after the effect and before the mark): it must be idempotent.
"""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django_tasks import task
from django_tasks.base import Task

from xianglin.base.clock import SHANGHAI

P = ParamSpec("P")
R = TypeVar("R")
_chance = random.SystemRandom()
Backoff = Callable[[int], dt.timedelta]
LIMIT = dt.timedelta(hours=1)


def exponential(first: float = 10, most: float = 3600) -> Backoff:
    """Seconds before the n-th retry: doubling up to ``most``, a quarter more or less to spread the load."""

    def wait(attempt: int) -> dt.timedelta:
        seconds = min(first * 2.0 ** (attempt - 1), most)
        return dt.timedelta(seconds=seconds * _chance.uniform(0.75, 1.25))

    return wait


@dataclass(frozen=True)
class JobSpec:
    """How often a job is tried again, how long it rests before, and how long one try may last."""

    path: str
    retries: int = 5
    backoff: Backoff = exponential()
    limit: dt.timedelta = LIMIT


@dataclass(frozen=True)
class Rule:
    """When a schedule's turns come, in real time. ``every`` counts from the epoch: all schedulers agree."""

    every: dt.timedelta | None = None
    daily_at: dt.time | None = None

    def __str__(self) -> str:
        if self.every is not None:
            return f"every {int(self.every.total_seconds())} s"
        return f"daily at {self.daily_at:%H:%M}"

    def slot(self, now: dt.datetime) -> dt.datetime:
        """The latest turn that has come."""
        if self.every is not None:
            step = int(self.every.total_seconds())
            return dt.datetime.fromtimestamp(int(now.timestamp()) // step * step, tz=SHANGHAI)
        assert self.daily_at is not None
        local = now.astimezone(SHANGHAI)
        turn = dt.datetime.combine(local.date(), self.daily_at, tzinfo=SHANGHAI)
        return turn if turn <= local else turn - dt.timedelta(days=1)

    def next(self, now: dt.datetime) -> dt.datetime:
        """The first turn still to come. China keeps no summer time, so a day is 24 hours."""
        return self.slot(now) + (self.every or dt.timedelta(days=1))


@dataclass(frozen=True)
class Scheduled:
    """A schedule as the inventory knows it."""

    name: str
    rule: Rule
    task: Task[[], Any]


JOBS: dict[str, JobSpec] = {}
SCHEDULES: dict[str, Scheduled] = {}


def job(
    *, retries: int = 5, backoff: Backoff | None = None, priority: int = 0, limit: dt.timedelta = LIMIT
) -> Callable[[Callable[P, R]], Task[P, R]]:
    """Declare a job in a room's ``jobs.py``: an idempotent module-level function of ids and other JSON.

    ``priority`` over 0 is for what takes seconds and somebody waits for: it never stands behind long jobs.
    A try that lasts longer than ``limit`` has failed, and its worker with it.
    """

    def wrap(function: Callable[P, R]) -> Task[P, R]:
        made = task(priority=priority)(function)
        JOBS[made.module_path] = JobSpec(made.module_path, retries, backoff or exponential(), limit)
        return made

    return wrap


def scheduled(
    *, name: str, every: dt.timedelta | None = None, daily_at: str = ""
) -> Callable[[Task[[], R]], Task[[], R]]:
    """Have a job without arguments done by the clock; above ``@job``. Missed turns are made up for once."""
    assert (every is None) == bool(daily_at), f"{name}: say either every or daily_at"
    assert every is None or every >= dt.timedelta(seconds=1), f"{name}: at most once a second"
    rule = Rule(every, dt.time.fromisoformat(daily_at) if daily_at else None)

    def wrap(made: Task[[], R]) -> Task[[], R]:
        assert name not in SCHEDULES, f"two schedules named {name}"
        SCHEDULES[name] = Scheduled(name, rule, made)
        return made

    return wrap


def spec_of(path: str) -> JobSpec:
    """How to treat a stored job; one that this version of the code does not know gets the usual retries."""
    return JOBS.get(path) or JobSpec(path)


def schedules() -> tuple[Scheduled, ...]:
    """Every schedule of every installed room, by name."""
    return tuple(SCHEDULES[name] for name in sorted(SCHEDULES))


def enqueue(job: Task[P, R], *args: P.args, **kwargs: P.kwargs) -> UUID:
    """Ask for a job. Its row is part of the caller's transaction: nothing runs before the commit."""
    return UUID(job.enqueue(*args, **kwargs).id)


def enqueue_for(owner_id: int, job: Task[P, R], *args: P.args, **kwargs: P.kwargs) -> UUID:
    """The same for somebody who waits: account ``owner_id`` can see how far it has come."""
    from .progress import begin  # models cannot be imported while apps are still loading

    job_id = enqueue(job, *args, **kwargs)
    begin(job_id, owner_id)
    return job_id
