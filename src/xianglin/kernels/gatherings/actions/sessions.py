"""A session planned, moved, called off, changed, ended."""

import datetime as dt
import secrets
from decimal import Decimal
from uuid import UUID

from xianglin.base import clock, events
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import InKind
from xianglin.commons.keys.sealing import new_key

from .. import rules_sessions as rules
from ..events import CANCELLED, ENDED, MOVED
from ..models import Gathering, Postponement, Series, State
from . import seats as seating
from . import telling

_BYTES_OF_CODE = 15  # twenty characters that nobody guesses


@action("gatherings.plan_session")
def plan_session(
    place: InKind, *, actor: Actor, plan: rules.Plan, series: Series | None = None, key: UUID | None = None
) -> Gathering:
    """Fix when, where and for how many (安排一场); people can sign up from now on."""
    kind = rules.require_session_kind(place.kind)
    rules.require_when(kind, plan.on, plan.at, plan.ends_at)
    if series is not None:
        series = Series.objects.select_for_update().get(pk=series.pk)  # it does not end meanwhile
        rules.require_series(series, place.kind)
    assert actor.account_id is not None  # who plans has an account
    hours = rules.length_in_hours(plan.at, plan.ends_at) if plan.hours is None else plan.hours
    session = Gathering(
        kind=place.kind,
        title=rules.require_named(plan.title),
        on=plan.on,
        first_on=plan.on,
        at=plan.at,
        ends_at=plan.ends_at,
        venue=rules.require_venue(plan.venue),
        seats=rules.require_seats(plan.seats),
        hours=rules.require_hours(hours, plan.at, plan.ends_at) if kind.credits else None,
        series=series,
        code=secrets.token_urlsafe(_BYTES_OF_CODE),
        planned_by_id=actor.account_id,
        key=new_key(place.county_id or 0),
    )
    session.place_in(place.area)
    session.save(force_insert=True)
    return session


@action("gatherings.move_session", subject=Gathering)
def move_session(
    gathering: Gathering,
    *,
    actor: Actor,
    on: dt.date,
    at: dt.time,
    ends_at: dt.time,
    venue: str,
    reason: str,
    key: UUID | None = None,
) -> Gathering:
    """Another day, hour or place, before it begins, with the reason (改期): all who signed up are told."""
    rules.require_not_begun(gathering)
    rules.require_when(rules.require_session_kind(gathering.kind), on, at, ends_at)
    rules.require_nobody_here(gathering)
    reason = rules.require_reason(reason)
    Postponement.objects.create(
        gathering=gathering,
        from_on=gathering.on,
        from_at=gathering.at,
        to_on=on,
        to_at=at,
        reason=reason,
        by_name=actor.name,
        at=clock.now(),
    )
    if gathering.hours is not None and gathering.ends_at is not None:
        planned = rules.length_in_hours(gathering.at, gathering.ends_at)
        new = rules.length_in_hours(at, ends_at)
        gathering.hours = new if gathering.hours == planned else min(gathering.hours, new + rules.SPARE_HOURS)
    gathering.on, gathering.at, gathering.ends_at = on, at, ends_at
    gathering.venue = rules.require_venue(venue)
    gathering.sequence += 1
    gathering.save(update_fields=["on", "at", "ends_at", "venue", "hours", "sequence"])
    telling.tell_all(gathering, "gatherings.moved", reason=reason, mark=str(gathering.sequence))
    events.announce(MOVED, gathering=gathering, reason=reason)
    return gathering


@action("gatherings.call_off", subject=Gathering)
def call_off(gathering: Gathering, *, actor: Actor, reason: str, key: UUID | None = None) -> Gathering:
    """It is not held (不办了), and why: all who signed up are told."""
    rules.require_not_begun(gathering)
    gathering.state, gathering.reason = State.CANCELLED, rules.require_reason(reason)
    gathering.sequence += 1
    gathering.save(update_fields=["state", "reason", "sequence"])
    telling.tell_all(gathering, "gatherings.called_off", reason=gathering.reason)
    events.announce(CANCELLED, gathering=gathering)
    return gathering


@action("gatherings.set_seats", subject=Gathering)
def set_seats(gathering: Gathering, *, actor: Actor, seats: int | None, key: UUID | None = None) -> Gathering:
    """More seats, and whoever waits longest gets them; fewer, as long as nobody loses theirs."""
    rules.require_planned(gathering)
    rules.require_seats_enough(rules.require_seats(seats), seating.highest(gathering))
    gathering.seats = seats
    gathering.save(update_fields=["seats"])
    seating.fill(gathering)
    return gathering


@action("gatherings.set_hours", subject=Gathering)
def set_hours(gathering: Gathering, *, actor: Actor, hours: Decimal, key: UUID | None = None) -> Gathering:
    """What is credited, before it has ended: it may have lasted longer or shorter than planned."""
    rules.require_planned(gathering)
    assert gathering.ends_at is not None  # a session has an end
    if rules.require_session_kind(gathering.kind).credits:
        gathering.hours = rules.require_hours(hours, gathering.at, gathering.ends_at)
        gathering.save(update_fields=["hours"])
    return gathering


@action("gatherings.end_session", subject=Gathering)
def end_session(gathering: Gathering, *, actor: Actor, key: UUID | None = None) -> Gathering:
    """It is over (结束): whoever was there is credited its hours."""
    rules.require_begun(gathering)
    gathering.state = State.ENDED
    gathering.started_at, gathering.ended_at = gathering.starts, clock.now()
    gathering.save(update_fields=["state", "started_at", "ended_at"])
    if gathering.hours is not None:
        for one in gathering.registrations.filter(present_at__isnull=False):
            with changing(one):
                one.hours = gathering.hours
                one.save(update_fields=["hours"])
    events.announce(ENDED, gathering=gathering)
    return gathering
