"""How far a long job has come, for the one who waits for it."""

import time
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from django.db import models
from django_tasks_db.models import DBTaskResult

from xianglin.base import clock

from .models import Progress

State = Literal["waiting", "running", "done", "failed"]
_STATES: dict[str, State] = {
    "READY": "waiting",
    "RUNNING": "running",
    "SUCCESSFUL": "done",
    "FAILED": "failed",
}
_OFTEN = 1.0  # seconds between two writes: every write takes SQLite's one lock


@dataclass
class Running:
    """The job that this worker is running now."""

    job_id: UUID
    written: float = 0.0


running: ContextVar[Running | None] = ContextVar("xianglin_running_job", default=None)


@dataclass(frozen=True)
class HowFar:
    job_id: UUID
    state: State
    done: int
    total: int
    message: str
    owner_id: int | None


def begin(job_id: UUID, owner_id: int) -> None:
    Progress.objects.create(job_id=job_id, owner_id=owner_id, updated_at=clock.real_now())


def report(done: int, total: int = 0, message: str = "") -> None:
    """Called inside a job, outside any transaction, where others see it; written once a second at most."""
    current = running.get()
    if current is None or (done != total and time.monotonic() - current.written < _OFTEN):
        return
    current.written = time.monotonic()
    said = {"done": done, "total": total, "message": message[:200], "updated_at": clock.real_now()}
    Progress.objects.update_or_create(job_id=current.job_id, defaults=said)


def progress(job_id: UUID, *, owner_id: int | None = None) -> HowFar | None:
    """How far a job has come; with ``owner_id``, only if it is that account's own."""
    state = models.Subquery(DBTaskResult.objects.filter(pk=models.OuterRef("job_id")).values("status")[:1])
    row = Progress.objects.filter(job_id=job_id).annotate(job_state=state).first()
    if row is None or (owner_id is not None and row.owner_id != owner_id):
        return None
    # Finished jobs are tidied away after a week; failed ones are kept.
    known: State = _STATES.get(row.job_state or "SUCCESSFUL", "done")
    return HowFar(job_id, known, row.done, row.total, row.message, row.owner_id)
