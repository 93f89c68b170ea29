"""Who plans, holds and reads gatherings; who runs the sessions of a kind, who signs up for them."""

from typing import Any

from xianglin.base.actor import Actor
from xianglin.base.registry import Row, kind_of_gathering
from xianglin.commons.access.models import Grant
from xianglin.commons.access.queries import reach
from xianglin.commons.access.rules import contains, place_of, relation, scope_fits

from . import rules_sessions
from .models import Registration

HOLDING = ("village_cadre",)
READING = (*HOLDING, "village_supervisor", "town_clerk", "town_inspector", "county_clerk")
MEETING = ("plan", "postpone", "cancel", "set_agenda", "count_present", "start", "end", "queue", "take", "leave")
RUNNING = "open_series end_series plan_session move_session call_off set_seats set_hours end_session "
RUNNING += "sign_up_other leave_session let_in mark_present"


def _run_by(subject: Any) -> tuple[str, ...]:
    kind = kind_of_gathering(getattr(subject, "kind", ""))
    return kind.officers if kind is not None else ()


def _holds(actor: Actor, subject: Any, roles: tuple[str, ...]) -> bool:
    return any(
        grant.role in roles and contains(grant, subject) and scope_fits(grant.scope, subject) for grant in reach(actor)
    )


@relation("gatherings_meeting")
def meeting(actor: Actor, subject: Any) -> bool:
    """No session: a kind that has officers is theirs, whoever holds meetings in the same place."""
    return not _run_by(subject)


@relation("gatherings_run")
def runs(actor: Actor, subject: Any) -> bool:
    """Holds one of the roles that the kind names, there or above."""
    return _holds(actor, subject, _run_by(subject))


@relation("gatherings_help")
def helps(actor: Actor, subject: Any) -> bool:
    """Signs others up: of a place that the session's lies in, or that lies in it."""
    kind = kind_of_gathering(getattr(subject, "kind", ""))
    return kind is not None and any(_near(grant, subject) for grant in reach(actor) if grant.role in kind.helpers)


@relation("gatherings_guest")
def guest(actor: Actor, subject: Any) -> bool:
    """May sign up: everybody, or who holds one of the kind's roles nearby."""
    kind = kind_of_gathering(getattr(subject, "kind", ""))
    if kind is None or not kind.officers:
        return False
    return not kind.guests or any(_near(grant, subject) for grant in reach(actor) if grant.role in kind.guests)


def _near(grant: Grant, subject: Any) -> bool:
    place = place_of(subject)
    area = place if place is None or not hasattr(place, "area") else place.area
    return contains(grant, subject) or (area is not None and getattr(grant.area, area.column, None) == area.pk)


@relation("gatherings_own")
def own(actor: Actor, subject: Any) -> bool:
    return isinstance(subject, Registration) and rules_sessions.is_own(actor, subject)


ROWS = (
    *(Row(f"gatherings.{verb}", HOLDING, "gatherings_meeting") for verb in MEETING),
    Row("gatherings.see", READING, "gatherings_meeting"),
    *(Row(f"gatherings.{verb}", ("account",), "gatherings_run") for verb in (*RUNNING.split(), "see")),
    *(Row(f"gatherings.{verb}", ("account",), "gatherings_guest") for verb in ("sign_up", "arrive", "see")),
    *(Row(f"gatherings.{verb}", ("account",), "gatherings_help") for verb in ("sign_up_other", "see")),
    Row("gatherings.leave_session", ("account",), "gatherings_own"),
    Row("gatherings.forget_names", ("system",), "always"),
)
