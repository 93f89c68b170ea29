"""What was noted goes, once a consent has been over for long enough."""

import datetime as dt

from xianglin.base import clock
from xianglin.base.actor import system

from . import actions, rules
from .models import Consent

_BATCH = 500


def forget_over() -> int:
    """Of everybody whose days are over, at most so many in one go; the job's."""
    until = clock.today() - dt.timedelta(days=rules.KEPT_DAYS)
    over = Consent.objects.filter(to_on__lte=until, to_on__isnull=False, forgotten_on=None).order_by("pk")[:_BATCH]
    done = 0
    for consent in list(over):
        actions.forget_mind(consent, actor=system("mentoring"))
        done += 1
    return done
