"""Seats: signing up, for oneself or for another, the queue that moves up by itself, and not coming after all.

Everything here happens to a locked session, so that its numbers hold; a unique row guards each seat besides.
"""

from uuid import UUID

from xianglin.base import clock, events
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.commons.keys.sealing import seal

from .. import queries_sessions as queries
from .. import rules_sessions as rules
from ..events import LEFT, PROMOTED, SIGNED_UP
from ..models import Gathering, Registration
from . import telling

SEATED, WAITING, CANCELLED = Registration.State.SEATED, Registration.State.WAITING, Registration.State.CANCELLED
How = Registration.How


@action("gatherings.sign_up", subject=Gathering)
def sign_up(gathering: Gathering, *, actor: Actor, key: UUID | None = None) -> Registration:
    """The lowest free seat, or a place in the queue (报名、候补). Pressed twice it is one."""
    rules.require_before_start(gathering)
    own = queries.registration_of(gathering, actor.account_id)
    if own is not None:
        return own
    registration = _put(gathering, Registration(account_id=actor.account_id))
    telling.tell_seat(registration)
    return registration


@action("gatherings.sign_up_other", subject=Gathering)
def sign_up_other(
    gathering: Gathering, *, actor: Actor, guest: rules.Guest, by_phone: bool = False, key: UUID | None = None
) -> Registration:
    """For somebody who asked another to (代报名), or who rang (电话报名). They are told, where they can be."""
    rules.require_before_start(gathering)
    registration = named(gathering, guest)
    if registration.pk is not None:
        return registration
    registration.how, registration.by_name = How.PHONE if by_phone else How.BEHALF, actor.name
    _put(gathering, registration)
    telling.tell_seat(registration)
    return registration


def named(gathering: Gathering, guest: rules.Guest) -> Registration:
    """The registration of an account that the telephone finds, the one that it has, or a new one under a name."""
    name = rules.require_guest(guest)
    phone = rules.require_phone(guest.phone)
    account = queries.account_by_phone(phone) if phone else None
    if account is not None:
        rules.require_same_name(account.display_name, name)
        return queries.registration_of(gathering, account.pk) or Registration(account=account)
    key = gathering.key
    return Registration(name=seal(name, key), phone=seal(phone, key) if phone else None)


def _put(gathering: Gathering, registration: Registration) -> Registration:
    """On the lowest free seat; at the end of the queue where there is none, or others wait for one."""
    registration.gathering, registration.at = gathering, clock.now()
    if gathering.free == 0 or gathering.waiting:
        registration.state = WAITING
        gathering.waiting += 1
    else:
        registration.state, registration.seat = SEATED, lowest_free(gathering)
        gathering.taken += 1
    gathering.save(update_fields=["taken", "waiting"])
    with changing(registration):
        registration.save(force_insert=True)
    events.announce(SIGNED_UP, registration=registration)
    return registration


def seat_now(gathering: Gathering, registration: Registration) -> Registration:
    """Somebody who is here gets a seat where one is free, whoever waits elsewhere."""
    if gathering.free == 0:
        raise rules.no_seat_left()
    if registration.state == WAITING:
        gathering.waiting -= 1
    gathering.taken += 1
    gathering.save(update_fields=["taken", "waiting"])
    with changing(registration):
        if registration.pk is None:
            registration.gathering, registration.at, registration.how = gathering, clock.now(), How.WALK_IN
        registration.state, registration.seat = SEATED, lowest_free(gathering)
        registration.save()
    return registration


@action("gatherings.leave_session", subject=Registration)
def leave_session(registration: Registration, *, actor: Actor, key: UUID | None = None) -> Registration:
    """They do not come (不去了): the seat goes to whoever waits longest."""
    gathering = Gathering.objects.select_for_update().get(pk=registration.gathering_id)
    rules.require_before_start(gathering)
    rules.require_coming(registration)
    if registration.state == WAITING:
        gathering.waiting -= 1
    else:
        gathering.taken -= 1
    registration.state, registration.seat, registration.cancelled_at = CANCELLED, None, clock.now()
    registration.save(update_fields=["state", "seat", "cancelled_at"])
    with changing(gathering):
        gathering.save(update_fields=["taken", "waiting"])
        fill(gathering)
    if not rules.is_own(actor, registration):
        telling.tell(registration, "gatherings.taken_off", gathering)
    events.announce(LEFT, registration=registration)
    return registration


def fill(gathering: Gathering) -> None:
    """Whoever waits longest gets the lowest free seat, as long as both are there (递补)."""
    queue = gathering.registrations.filter(state=WAITING).order_by("pk")
    for registration in queue if gathering.free is None else queue[: gathering.free]:
        with changing(registration):
            registration.state, registration.seat = SEATED, lowest_free(gathering)
            registration.promoted_at = clock.now()
            registration.save(update_fields=["state", "seat", "promoted_at"])
        gathering.taken, gathering.waiting = gathering.taken + 1, gathering.waiting - 1
        gathering.save(update_fields=["taken", "waiting"])
        telling.tell(registration, "gatherings.promoted", gathering, seat=registration.seat)
        events.announce(PROMOTED, registration=registration)


def _numbers(gathering: Gathering) -> set[int]:
    rows = gathering.registrations.filter(seat__isnull=False).values_list("seat", flat=True)
    return {number for number in rows if number is not None}


def lowest_free(gathering: Gathering) -> int:
    taken = _numbers(gathering)
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def highest(gathering: Gathering) -> int:
    return max(_numbers(gathering), default=0)
