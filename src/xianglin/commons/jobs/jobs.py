"""The room's own schedule."""

import datetime as dt
from typing import Any

from django.db import models
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from xianglin.base import clock
from xianglin.commons.trail import chain, tidying

from .declare import job, scheduled
from .models import Progress, Slot

KEPT = dt.timedelta(days=7)
_BATCH = 500  # a long delete would keep everybody else waiting on SQLite


@scheduled(name="trail.publish_heads", daily_at="00:05")
@job()
def publish_heads() -> int:
    """Keep every chain's head of the day; here, since the trail lies below and knows no schedule."""
    return chain.publish_heads()


@scheduled(name="trail.tidy", daily_at="03:00")
@job()
def tidy_trail() -> int:
    """Forget callers' keys of a month ago; here for the same reason."""
    return tidying.forget_repeats()


@scheduled(name="jobs.beat", every=dt.timedelta(minutes=5))
@job(retries=0)
def beat() -> None:
    """Nothing but a sign of life: where no job came or none was done for a while, ``/healthz/`` says so."""


@scheduled(name="jobs.tidy", daily_at="03:10")
@job()
def tidy() -> int:
    """Forget jobs done a week ago; failed ones are kept until somebody has looked at them."""
    before = clock.real_now() - KEPT
    done = DBTaskResult.objects.filter(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=before)
    waited = Progress.objects.filter(updated_at__lt=before)
    return _forget(done.order_by()) + _forget(waited) + _forget(Slot.objects.filter(taken_at__lt=before))


def _forget(rows: models.QuerySet[Any]) -> int:
    count = 0
    while some := list(rows.values_list("pk", flat=True)[:_BATCH]):
        count += rows.model._base_manager.filter(pk__in=some).delete()[0]
    return count
