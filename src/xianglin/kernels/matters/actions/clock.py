"""Stopping the clock while something outside the village's hands is waited for."""

from uuid import UUID

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor

from .. import queries, rules
from ..models import WORKED_ON, Matter
from .common import move, tell_timeline


@action("matters.suspend", subject=Matter)
def suspend_work(matter: Matter, *, actor: Actor, reason: str, key: UUID | None = None) -> Matter:
    """Stop the clock (中止计时) with a reason that the author reads. A clock that stands cannot be stopped again."""
    rules.require_state(matter, *WORKED_ON)
    told = rules.require_public(reason, names=queries.author_names(matter))
    matter.stop_clock(clock.today(), told)
    move(matter, matter.state)
    tell_timeline(matter, "suspended", actor, told)
    return matter


@action("matters.resume", subject=Matter)
def resume_work(matter: Matter, *, actor: Actor, key: UUID | None = None) -> Matter:
    """Let the clock run on (恢复计时)."""
    rules.require_state(matter, *WORKED_ON)
    matter.resume_clock(clock.today())
    move(matter, matter.state)
    tell_timeline(matter, "resumed", actor)
    return matter
