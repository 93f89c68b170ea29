"""The clock: what is due is enqueued exactly once, however many schedulers run."""

import datetime as dt
import logging
import threading

from django.db import OperationalError, transaction

from xianglin.base import clock

from .declare import Scheduled, enqueue, schedules
from .leases import give_back
from .models import Schedule, Slot
from .worker import drop_stale_connections

LOOK_EVERY = 5.0  # seconds
logger = logging.getLogger(__name__)


def schedule_forever(stop: threading.Event) -> None:
    """Enqueue what is due and give back what dead workers held, until told to stop."""
    while not stop.is_set():
        drop_stale_connections()
        try:
            tick()
            give_back()
        except OperationalError as away:
            logger.warning("the database does not answer; trying again: %s", away)
        stop.wait(LOOK_EVERY)


def tick(now: dt.datetime | None = None) -> int:
    """Enqueue each schedule whose turn has come; answers how many. After a time switched off, once each."""
    now = now or clock.real_now()
    known = {row.name: row for row in Schedule.objects.all()}
    for declared in schedules():
        row = known.get(declared.name)
        if row is None or row.rule != str(declared.rule):
            known[declared.name] = _enter(declared, now)
    due = [s for s in schedules() if known[s.name].next_run_at <= now]
    return sum(_take_turn(s, now) for s in due)


def _enter(declared: Scheduled, now: dt.datetime) -> Schedule:
    """A new schedule's first turn: at once for ``every``, at its hour for ``daily_at``."""
    first = declared.rule.slot(now) if declared.rule.every else declared.rule.next(now)
    fields = {"rule": str(declared.rule), "next_run_at": first}
    row, _ = Schedule.objects.update_or_create(name=declared.name, defaults=fields)
    return row


def _take_turn(declared: Scheduled, now: dt.datetime) -> bool:
    with transaction.atomic():
        # Whoever looks at the same schedule waits here, so the look at its slot below is sure.
        row = Schedule.objects.select_for_update().get(name=declared.name)
        if row.next_run_at > now:
            return False  # another scheduler was quicker
        turn = {"name": declared.name, "slot_at": declared.rule.slot(now)}
        row.next_run_at = declared.rule.next(now)
        fresh = not Slot.objects.filter(**turn).exists()
        if fresh:  # else the turn was taken although the row says otherwise (its rule was changed and changed back)
            row.last_run_at = now
            Slot.objects.create(**turn, job_id=enqueue(declared.task), taken_at=now)
        row.save(update_fields=["last_run_at", "next_run_at"])
    return fresh
