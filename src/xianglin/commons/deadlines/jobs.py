"""Every hour: count open clocks again where a calendar or a rule has changed."""

from datetime import timedelta

from xianglin.base.actor import system
from xianglin.commons.jobs.declare import job, scheduled

from .actions import recompute_open_rows


@scheduled(name="deadlines.recompute", every=timedelta(hours=1))
@job()
def recompute() -> int:
    """The number of due dates that moved."""
    return recompute_open_rows(actor=system("deadlines")).moved
