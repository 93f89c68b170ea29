"""What logging in leaves behind is swept up every night."""

import datetime as dt

from django.contrib.sessions.models import Session

from xianglin.base import clock
from xianglin.commons.jobs.declare import job, scheduled

from .models import Device, LoginCode, Tally

KEEP_CODES = dt.timedelta(days=1)


@scheduled(name="access.sweep", daily_at="03:20")
@job()
def sweep() -> None:
    """Remove ended sessions and their devices, spent codes and run-out counters."""
    now = clock.real_now()
    Session.objects.filter(expire_date__lt=now).delete()
    Device.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    LoginCode.objects.filter(sent_at__lt=now - KEEP_CODES).delete()
    Tally.objects.filter(until__lt=now).delete()
