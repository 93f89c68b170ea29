"""What the calendar does to matters, each as the platform's own action."""

from collections.abc import Callable, Iterable
from typing import Any

import structlog
from django.db.models import Exists, OuterRef

from xianglin.base import clock
from xianglin.base.actor import Actor, system
from xianglin.base.refused import Refused
from xianglin.commons.jobs.declare import job, scheduled

from . import actions
from .models import Attempt, Matter, State

_BATCH = 500
log = structlog.get_logger("xianglin.matters")


@scheduled(name="matters.review", daily_at="06:00")
@job()
def review() -> int:
    """Whose review day has come goes on, whether deferred or with its clock stopped (到日子接着办)."""
    due = Matter.objects.filter(open=True, review_on__lte=clock.today()).order_by("pk")[:_BATCH]
    return _each(
        due, lambda m, a: (actions.review_deferred if m.state == State.DEFERRED else actions.resume_work)(m, actor=a)
    )


@scheduled(name="matters.purge", daily_at="06:20")
@job()
def purge() -> int:
    """Accusations handed over long enough ago: their words are destroyed."""
    over = Matter.objects.filter(state=State.QUARANTINED, purge_on__lte=clock.today(), words__isnull=False)
    return _each(over.order_by("pk")[:_BATCH], lambda m, a: actions.purge_matter(m, actor=a))


@scheduled(name="matters.close_unconfirmed", daily_at="06:10")
@job()
def close_unconfirmed() -> int:
    """Answered ones whose author was called and never spoke within the waiting period are closed, counted apart."""
    called = Attempt.objects.filter(matter=OuterRef("pk"), round=OuterRef("round"))
    waited = Matter.objects.filter(Exists(called), open=True, state=State.ANSWERED, next_on__lt=clock.today())
    return _each(waited.order_by("pk")[:_BATCH], lambda m, a: actions.close_unconfirmed(m, actor=a))


def _each(matters: Iterable[Matter], deed: Callable[[Matter, Actor], Any]) -> int:
    """One after the other, each in its own transaction: one that is refused keeps no other waiting."""
    done = 0
    for matter in list(matters):
        try:
            deed(matter, system("matters"))
            done += 1
        except Refused as refused:
            log.warning("matter left alone", matter=matter.pk, code=refused.code)
    return done
