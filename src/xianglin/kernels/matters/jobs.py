"""What the calendar does to matters, each as the platform's own action."""

from xianglin.base import clock
from xianglin.base.actor import system
from xianglin.commons.jobs.declare import job, scheduled

from . import actions
from .models import Attempt, Matter, State

_BATCH = 500


@scheduled(name="matters.review", daily_at="06:00")
@job()
def review() -> int:
    """Deferred matters whose review day has come go on (暂不具备条件的，到日子接着办)."""
    due = Matter.objects.filter(open=True, state=State.DEFERRED, review_on__lte=clock.today()).order_by("pk")[:_BATCH]
    for matter in list(due):
        actions.review_deferred(matter, actor=system("matters"))
    return len(due)


@scheduled(name="matters.purge", daily_at="06:20")
@job()
def purge() -> int:
    """Accusations handed over long enough ago: their words are destroyed."""
    over = Matter.objects.filter(state=State.QUARANTINED, purge_on__lte=clock.today(), words__isnull=False)
    due = list(over.order_by("pk")[:_BATCH])
    for matter in due:
        actions.purge_matter(matter, actor=system("matters"))
    return len(due)


@scheduled(name="matters.close_unconfirmed", daily_at="06:10")
@job()
def close_unconfirmed() -> int:
    """Answered ones whose author was called and never spoke within the waiting period are closed, counted apart."""
    waited = Matter.objects.filter(open=True, state=State.ANSWERED, next_on__lt=clock.today()).order_by("pk")
    called = [
        matter
        for matter in waited.filter(pk__in=Attempt.objects.values("matter"))[:_BATCH]
        if matter.attempts.filter(round=matter.round).exists()
    ]
    for matter in called:
        actions.close_unconfirmed(matter, actor=system("matters"))
    return len(called)
