"""By the clock: reminders on the evening before, and names that are needed no longer."""

import datetime as dt

from django.db import transaction

from xianglin.base import clock
from xianglin.base.actor import system
from xianglin.commons.jobs.declare import job, scheduled

from . import actions
from .actions import telling
from .models import Gathering, Registration, State

NAMES_KEPT = dt.timedelta(days=90)  # after its day, of those without an account: until then a tick is put right


@scheduled(name="gatherings.remind", daily_at="17:00")
@job()
def remind() -> int:
    """Everybody who has a seat tomorrow. Told once a day and session: a second run finds it told."""
    tomorrow, count = clock.today() + dt.timedelta(days=1), 0
    for gathering in Gathering.objects.filter(state=State.PLANNED, on=tomorrow).exclude(code="").order_by("pk"):
        with transaction.atomic():
            for registration in gathering.registrations.filter(state=Registration.State.SEATED).order_by("pk"):
                mark = tomorrow.isoformat()
                telling.tell(registration, "gatherings.tomorrow", gathering, mark, venue=gathering.venue)
                count += 1
    return count


@scheduled(name="gatherings.forget", daily_at="02:20")
@job()
def forget() -> int:
    """Names and telephones of those who came without an account are erased with the session's key."""
    rows = Gathering.objects.exclude(code="").filter(on__lt=clock.today() - NAMES_KEPT, key__destroyed_at=None)
    rows = rows.exclude(state=State.PLANNED)
    count = 0
    for gathering in rows.order_by("pk")[:500]:
        actions.forget_names(gathering, actor=system("gatherings"))
        count += 1
    return count
