"""Who came: by the code at the door, ticked on the list, let in without having signed up; put right afterwards."""

from uuid import UUID

from xianglin.base import clock, events
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.commons.keys.sealing import destroy

from .. import queries_sessions as queries
from .. import rules_sessions as rules
from ..events import CORRECTED
from ..models import Gathering, Registration, State
from . import seats


@action("gatherings.arrive", subject=Gathering)
def arrive(gathering: Gathering, *, actor: Actor, code: str, key: UUID | None = None) -> Registration:
    """They scanned the code in the hall (扫码签到). Who had not signed up gets a seat where one is free."""
    rules.require_code(gathering, code)
    rules.require_doors_open(gathering)
    own = queries.registration_of(gathering, actor.account_id)
    return _here(gathering, own or Registration(account_id=actor.account_id), by="")


@action("gatherings.let_in", subject=Gathering)
def let_in(gathering: Gathering, *, actor: Actor, guest: rules.Guest, key: UUID | None = None) -> Registration:
    """Somebody came without having signed up (当天来的); they get a seat where one is free."""
    rules.require_its_day(gathering)
    registration = seats.named(gathering, guest)
    if registration.pk is None:
        registration.by_name = actor.name
    return _here(gathering, registration, by=actor.name)


def _here(gathering: Gathering, registration: Registration, *, by: str) -> Registration:
    if registration.state != Registration.State.SEATED:
        seats.seat_now(gathering, registration)
    if not registration.present:
        with changing(registration):
            registration.present_at, registration.checked_by = clock.now(), by
            registration.save(update_fields=["present_at", "checked_by"])
    return registration


@action("gatherings.mark_present", subject=Registration)
def mark_present(
    registration: Registration, *, actor: Actor, present: bool, reason: str = "", key: UUID | None = None
) -> Registration:
    """Ticked on the list, or the tick taken back (签到、改签到). After the end with the reason; the hours follow."""
    gathering = Gathering.objects.select_for_update().get(pk=registration.gathering_id)
    rules.require_seated(registration)
    over = gathering.state == State.ENDED
    if over:
        rules.require_correctable(gathering)
        registration.corrected = rules.require_reason(reason)
    else:
        rules.require_its_day(gathering)
    if registration.present != present:
        registration.present_at, registration.checked_by = (clock.now(), actor.name) if present else (None, "")
    registration.hours = gathering.hours if over and present else None
    registration.save(update_fields=["present_at", "checked_by", "corrected", "hours"])
    if over:
        events.announce(CORRECTED, registration=registration)
    return registration


@action("gatherings.forget_names", subject=Gathering)
def forget_names(gathering: Gathering, *, actor: Actor) -> Gathering:
    """What those without an account were called, once nothing is put right any more: erased with the key."""
    destroy(gathering.key)
    return gathering
