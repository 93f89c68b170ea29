"""A meeting planned, moved, counted, begun, ended."""

import datetime as dt
from collections.abc import Iterable, Mapping
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import override

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.rules import monthly_title
from xianglin.commons.keys.sealing import destroy, new_key

from .. import queries, rules
from ..models import AgendaItem, Gathering, Postponement, Presence, State, Turn


@action("gatherings.plan")
def plan_gathering(
    area: Area,
    *,
    actor: Actor,
    kind: str,
    period: str,
    on: dt.date,
    at: dt.time,
    venue: str,
    key: UUID | None = None,
) -> Gathering:
    """Fix day, hour and place. There is one of a kind, place and month; a second call answers it."""
    declared = rules.require_kind(kind)
    assert actor.account_id is not None  # who plans has an account
    standing = queries.of_period(area, kind, period)
    if standing is not None:
        return standing
    gathering = Gathering(
        kind=kind,
        period=period,
        title=monthly_title(area, period, declared.label),
        on=on,
        first_on=on,
        at=at,
        venue=rules.require_public(venue),
        planned_by_id=actor.account_id,
        key=new_key(area.county_id or 0),
    )
    gathering.place_in(area)
    try:
        with transaction.atomic():
            gathering.save()
    except IntegrityError:  # another was quicker
        return Gathering.objects.exclude(state=State.CANCELLED).get(area=area, kind=kind, period=period)
    with override(settings.LANGUAGE_CODE):  # stored, so Chinese whatever its writer reads
        _write_agenda(gathering, [str(line) for line in declared.agenda])
    return gathering


@action("gatherings.postpone", subject=Gathering)
def postpone_gathering(
    gathering: Gathering, *, actor: Actor, to_on: dt.date, reason: str, key: UUID | None = None
) -> Gathering:
    """Move it to a later day, before its day is over, with the reason that everybody reads (改期)."""
    rules.require_state(gathering, State.PLANNED)
    rules.require_later(gathering, rules.require_day(to_on))
    Postponement.objects.create(
        gathering=gathering,
        from_on=gathering.on,
        to_on=to_on,
        reason=rules.require_public(reason),
        by_name=actor.name,
        at=clock.now(),
    )
    gathering.on = to_on
    gathering.save(update_fields=["on"])
    return gathering


@action("gatherings.cancel", subject=Gathering)
def cancel_gathering(gathering: Gathering, *, actor: Actor, reason: str, key: UUID | None = None) -> Gathering:
    """It will not be held, and why."""
    rules.require_state(gathering, State.PLANNED)
    gathering.state, gathering.reason = State.CANCELLED, rules.require_public(reason)
    gathering.save(update_fields=["state", "reason"])
    return gathering


@action("gatherings.set_agenda", subject=Gathering)
def set_agenda(gathering: Gathering, *, actor: Actor, lines: Iterable[str], key: UUID | None = None) -> Gathering:
    rules.require_state(gathering, State.PLANNED, State.RUNNING)
    _write_agenda(gathering, rules.require_agenda(lines))
    return gathering


def _write_agenda(gathering: Gathering, lines: Iterable[str]) -> None:
    gathering.agenda.all().delete()
    AgendaItem.objects.bulk_create(
        AgendaItem(gathering=gathering, position=nth, text=text) for nth, text in enumerate(lines, 1)
    )


@action("gatherings.count_present", subject=Gathering)
def count_present(
    gathering: Gathering, *, actor: Actor, counts: Mapping[str, tuple[int, int]], key: UUID | None = None
) -> Gathering:
    """How many should have come and came (应到、实到), by capacity."""
    rules.require_state(gathering, State.PLANNED, State.RUNNING)
    known = {one.key for one in rules.require_kind(gathering.kind).capacities}
    for capacity, (due, present) in counts.items():
        if capacity in known:
            rules.require_counts(due, present)
            values = {"due": due, "present": present}
            Presence.objects.update_or_create(gathering=gathering, capacity=capacity, defaults=values)
    return gathering


@action("gatherings.start", subject=Gathering)
def start_gathering(gathering: Gathering, *, actor: Actor, key: UUID | None = None) -> Gathering:
    """It begins (开会). From now on people can queue."""
    rules.require_state(gathering, State.PLANNED)
    gathering.state, gathering.started_at = State.RUNNING, clock.now()
    gathering.save(update_fields=["state", "started_at"])
    return gathering


@action("gatherings.end", subject=Gathering)
def end_gathering(gathering: Gathering, *, actor: Actor, key: UUID | None = None) -> Gathering:
    """It is over (散会), once nobody waits any more. What its speakers wrote is erased here: it lives where it went."""
    rules.require_state(gathering, State.RUNNING)
    rules.require_nobody_waits(list(gathering.turns.select_for_update().filter(state=Turn.State.WAITING)))
    gathering.state, gathering.ended_at = State.ENDED, clock.now()
    gathering.save(update_fields=["state", "ended_at"])
    destroy(gathering.key)
    return gathering
