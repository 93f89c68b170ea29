"""Changes: a calendar that a county loads itself, and counting every open clock again, batch by batch."""

from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import transaction

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.events import announce

from . import almanacs, seeds
from .almanacs import Almanac
from .events import DUE_MOVED
from .models import RECKONED, CalendarVersion, Clocked, Recomputation

BATCH = 200


@action("deadlines.load_calendar")
def load_calendar(place: None, *, actor: Actor, path: Path) -> CalendarVersion:
    """Take a year's arrangement (放假安排) from a file shaped like `calendar/china.csv`."""
    seeds.load_calendar(path)
    return CalendarVersion.objects.latest("number")


def recompute_open_rows(*, actor: Actor, size: int = BATCH) -> Recomputation:
    """Count again whatever a new calendar or rule may move. Killed anywhere, it goes on there."""
    run = current_run()
    while run.finished_at is None:
        run = recompute_batch(run, actor=actor, size=size)
    return run


def current_run() -> Recomputation:
    """The pass for today's versions, opened once; opened again where a row was saved behind its back."""
    almanac = almanacs.current()
    with transaction.atomic():
        run, _made = Recomputation.objects.get_or_create(
            calendar_version=almanac.calendar_version,
            rules_version=almanac.rules_version,
            defaults={"started_at": clock.now()},
        )
        if run.finished_at and any(_stale(model, almanac).exists() for model in clocked_models()):
            run.finished_at, run.model, run.after_pk = None, "", 0
            run.save()
    return run


@action("deadlines.recompute", subject=Recomputation)
def recompute_batch(run: Recomputation, *, actor: Actor, size: int = BATCH) -> Recomputation:
    """The next rows in order of their keys: a short transaction with one entry in the trail."""
    if run.finished_at is not None:
        return run  # another worker was quicker
    run.moves = {}
    left = [model for model in clocked_models() if model._meta.label >= run.model]
    for model in left:
        if model._meta.label != run.model:
            run.model, run.after_pk = model._meta.label, 0
        rows = list(model.open_clocks().filter(pk__gt=run.after_pk).select_for_update().order_by("pk")[:size])
        if rows:
            _count_again(run, model, rows)
            break
    else:
        run.finished_at = clock.now()
    run.save()
    return run


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
    return model.open_clocks().exclude(calendar_version=almanac.calendar_version)
