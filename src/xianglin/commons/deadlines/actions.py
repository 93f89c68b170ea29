"""Changes: a calendar that a county loads itself, and counting every open clock again, batch by batch."""

import logging
import time
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import OperationalError, connection, transaction

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.events import announce
from xianglin.base.refused import Forbidden

from . import almanacs, seeds
from .almanacs import Almanac
from .events import DUE_MOVED
from .models import RECKONED, CalendarVersion, Clocked, Recomputation

BATCH = 200
PAUSE_SECONDS = 0.03  # SQLite's writers queue by polling: without a gap the next batch wins every time
MOST_PASSED_OVER = 100
logger = logging.getLogger(__name__)


@action("deadlines.load_calendar")
def load_calendar(place: None, *, actor: Actor, path: Path) -> CalendarVersion:
    """Take a year's arrangement (放假安排) from a file shaped like `calendar/china.csv`."""
    seeds.load_calendar(path)
    return CalendarVersion.objects.latest("number")


def recompute_open_rows(*, actor: Actor, size: int = BATCH) -> Recomputation:
    """Count again whatever a new calendar or rule may move. Killed anywhere, it goes on there.

    A row that cannot be counted is narrowed down to and passed over: the others do not wait for it. Where many
    cannot it is no row's fault, and the job fails.
    """
    run, step = current_run(), size
    while run.finished_at is None:
        try:
            run = recompute_batch(run, actor=actor, size=step)
        except (OperationalError, Forbidden):
            raise  # no row's fault
        except Exception:
            logger.exception("recomputation %s: a batch of %d after %s %d failed", run, step, run.model, run.after_pk)
            if step > 1:
                step = max(1, step // 10)
            elif sum(map(len, run.passed_over.values())) < MOST_PASSED_OVER:
                run, step = pass_over(run, actor=actor), size
            else:
                raise
        if connection.vendor == "sqlite":
            time.sleep(PAUSE_SECONDS)
    return run


def current_run() -> Recomputation:
    """The pass for today's versions, opened once; opened again for rows saved behind its back or passed over."""
    almanac = almanacs.current()
    with transaction.atomic():
        run, _made = Recomputation.objects.get_or_create(
            calendar_version=almanac.calendar_version,
            rules_version=almanac.rules_version,
            defaults={"started_at": clock.now()},
        )
        if run.finished_at and any(_stale(model, almanac).exists() for model in clocked_models()):
            run.finished_at, run.model, run.after_pk, run.passed_over = None, "", 0, {}
            run.started_at = clock.now()
            run.save()
    return run


@action("deadlines.recompute", subject=Recomputation)
def recompute_batch(run: Recomputation, *, actor: Actor, size: int = BATCH) -> Recomputation:
    """The next rows in order of their keys: a short transaction with one entry in the trail."""
    if run.finished_at is not None:
        return run  # another worker was quicker
    run.moves = {}
    found = _next_rows(run, size)
    if found is None:
        run.finished_at = clock.now()
    else:
        _count_again(run, *found)
    run.save()
    return run


@action("deadlines.pass_over", subject=Recomputation)
def pass_over(run: Recomputation, *, actor: Actor) -> Recomputation:
    """Leave the next row as it is; the next pass tries it again, and until then `doctor` names it."""
    found = _next_rows(run, 1) if run.finished_at is None else None
    if found is not None:
        model, [row] = found
        run.passed_over.setdefault(model._meta.label, []).append(row.pk)
        run.after_pk, run.seen = row.pk, run.seen + 1
        run.save()
    return run


def _next_rows(run: Recomputation, size: int) -> tuple[type[Clocked], list[Any]] | None:
    """Stale rows after the cursor. One that somebody has locked is not waited for: the next pass finds it."""
    almanac = almanacs.current()
    for model in clocked_models():
        if model._meta.label < run.model:
            continue
        if model._meta.label != run.model:
            run.model, run.after_pk = model._meta.label, 0
        free = _stale(model, almanac).filter(pk__gt=run.after_pk).select_for_update(skip_locked=True)
        if rows := list(free.order_by("pk")[:size]):
            return model, rows
    return None


def _count_again(run: Recomputation, model: type[Clocked], rows: list[Any]) -> None:
    almanac = almanacs.current()
    before = {row.pk: row.due_on for row in rows}
    changed = [row for row in rows if row.recompute(almanac)]
    model._base_manager.bulk_update(changed, (*RECKONED, *model.follows))
    moves = {row.pk: (before[row.pk], row.due_on) for row in changed if row.due_on != before[row.pk]}
    run.after_pk, run.seen, run.moved = rows[-1].pk, run.seen + len(rows), run.moved + len(moves)
    run.moves = {str(pk): [old and str(old), new and str(new)] for pk, (old, new) in moves.items()}
    if moves:
        announce(DUE_MOVED, model=model, moves=moves)


def clocked_models() -> list[type[Clocked]]:
    found = (model for model in apps.get_models() if issubclass(model, Clocked))
    return sorted(found, key=lambda model: model._meta.label)


def _stale(model: type[Clocked], almanac: Almanac) -> Any:
    """Counted by an old calendar or by old rules, perhaps committed after the pass that should have met them."""
    now = {"calendar_version": almanac.calendar_version, "rules_version": almanac.rules_version}
    return model.open_clocks().exclude(**now)
