"""Stopping the clock while something outside the village's hands is waited for."""

import datetime as dt
from uuid import UUID

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor

from .. import queries, rules
from ..models import WORKED_ON, Matter
from .common import day_by_rule, move, tell_author, tell_timeline


@action("matters.suspend", subject=Matter)
def suspend_work(matter: Matter, *, actor: Actor, reason: str, until: dt.date, key: UUID | None = None) -> Matter:
    """Stop the clock (中止计时) until a day, with a reason that the author is told. Once only."""
    rules.require_state(matter, *WORKED_ON)
    told = rules.require_public(reason, names=queries.author_names(matter))
    rules.require_day(until, day_by_rule("matters.longest_pause", matter))
    matter.stop_clock(clock.today(), told)
    matter.review_on = matter.next_on = until
    move(matter, matter.state)
    tell_timeline(matter, "suspended", actor, told)
    tell_author(matter, "matters.suspended", f"{matter.round}:{until}", reason=told, until=str(until))
    return matter


@action("matters.resume", subject=Matter)
def resume_work(matter: Matter, *, actor: Actor, key: UUID | None = None) -> Matter:
    """Let the clock run on (恢复计时): what was waited for is there, or its day has come."""
    rules.require_state(matter, *WORKED_ON)
    matter.resume_clock(clock.today())
    move(matter, matter.state)
    tell_timeline(matter, "resumed", actor)
    return matter
