"""Jobs that tests run: they fail, die and come back, and their effect is a row that can exist only once."""

import datetime as dt
import os
import signal
import time
from pathlib import Path
from uuid import UUID

from django.db import transaction

from xianglin.base.clock import real_now
from xianglin.commons.jobs import job
from xianglin.commons.jobs.models import Slot
from xianglin.commons.jobs.progress import report, running

heard: list[str] = []


@job()
def say(word: str) -> str:
    heard.append(word)
    return word


@job(retries=2, backoff=lambda attempt: dt.timedelta(seconds=100 * attempt))
def always_fails() -> None:
    raise ValueError("no such village")


@job(retries=0)
def unspeakable() -> object:
    return object()


@job()
def counts(total: int) -> int:
    for done in range(total + 1):
        report(done, total, f"第 {done} 户")
    return total


@job()
def leaves() -> None:
    raise SystemExit(3)


@job()
def sees_itself() -> str:
    current = running.get()
    assert current is not None
    return str(current.job_id)


@job()
def effect(word: str) -> int:
    """Count the rounds, and leave one row however often it is run: the unique row is the guard."""
    rounds = Path(os.environ["VICTIM_FOLDER"], f"{word}.rounds")
    rounds.write_text(rounds.read_text() + "." if rounds.exists() else ".")
    if os.environ.get("DIE") == "mid-run":
        with transaction.atomic():
            _leave_a_row(word)
            os.kill(os.getpid(), signal.SIGKILL)
    _leave_a_row(word)
    return Slot.objects.filter(name=word).count()


def _leave_a_row(word: str) -> None:
    once = dt.datetime(2022, 6, 21, tzinfo=dt.UTC)
    fields = {"job_id": "00000000-0000-0000-0000-000000000000", "taken_at": real_now()}
    Slot.objects.get_or_create(name=word, slot_at=once, defaults=fields)


@job(retries=1, backoff=lambda attempt: dt.timedelta(seconds=3), limit=dt.timedelta(seconds=2))
def hangs(word: str) -> None:
    """Its next try waits until the process that it hung in is gone: another lane there would take it up again."""
    time.sleep(600)
    _leave_a_row(word)


@job()
def writes(word: str, seconds: float) -> None:
    """As an import does: one short transaction after the other."""
    Path(os.environ["VICTIM_FOLDER"], f"{word}.begun").touch()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with transaction.atomic():
            for number in range(300):
                Slot.objects.create(name=word, slot_at=real_now(), job_id=UUID(int=number), taken_at=real_now())
        time.sleep(0.03)


@job()
def slow(word: str, seconds: float) -> None:
    Path(os.environ["VICTIM_FOLDER"], f"{word}.begun").touch()
    time.sleep(seconds)
    _leave_a_row(word)
