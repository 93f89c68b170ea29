"""What two agreed: made, noted, written down, signed, begun, ended."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock, events
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import InKind

from .. import rules
from ..events import ENDED, MADE, STARTED
from ..models import FollowUp, Milestone, Need, Offer, Pairing, Proposal
from . import places, sides


def make(need: Need, offer: Offer, *, title: str, proposal: Proposal | None = None) -> Pairing:
    """Both said yes: the places are taken, or it is refused. ``need`` and ``offer`` are locked."""
    for side in (need, offer):
        rules.require_room(side)
    pairing = Pairing(
        kind=need.kind,
        title=title,
        need=need,
        offer=offer,
        need_place=sides.take(need),
        offer_place=sides.take(offer),
        proposal=proposal,
        agreed_at=clock.now(),
        contact_on=clock.today(),
    )
    pairing.place_in(need.area)
    pairing.save(force_insert=True)
    places.asked_no_more(pairing)
    for side in (need, offer):
        if side.full:
            places.no_longer(side, but=proposal)
    events.announce(MADE, pairing=pairing)
    return pairing


@action("pairings.note_pairing")
def note_pairing(
    place: InKind,
    *,
    actor: Actor,
    need: Need,
    offer: Offer,
    agreed_on: dt.date | None = None,
    follows: Pairing | None = None,
    key: UUID | None = None,
) -> Pairing:
    """Two agreed elsewhere, on paper or by word of mouth; an officer notes it. ``follows``: it goes on from another."""
    need = Need.objects.select_for_update().get(pk=need.pk)
    offer = Offer.objects.select_for_update().get(pk=offer.pk)
    rules.require_two(need, offer)
    for side in (need, offer):
        rules.require_open(side)
    rules.require_fitting(rules.require_kind(need.kind), need, offer)
    if need.pairings.filter(offer=offer, open=True).exists():
        raise Refused("pairings.together_already", _("这两位已经结对了，不用再记。"))
    pairing = make(need, offer, title=need.title)
    if agreed_on is not None:
        day = rules.require_past(agreed_on)
        pairing.contact_on = day
        pairing.agreed_at = clock.now().replace(year=day.year, month=day.month, day=day.day)
    pairing.follows = follows
    pairing.save(update_fields=["agreed_at", "contact_on", "follows"])
    return pairing


@action("pairings.set_terms", subject=Pairing)
def set_terms(pairing: Pairing, *, actor: Actor, lines: Iterable[str], key: UUID | None = None) -> Pairing:
    """What was agreed, line by line, until it is signed."""
    rules.require_unsigned(pairing)
    pairing.terms = rules.require_terms(list(lines))
    pairing.save(update_fields=["terms"])
    return pairing


@action("pairings.sign", subject=Pairing)
def sign(
    pairing: Pairing,
    *,
    actor: Actor,
    signed_on: dt.date,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    key: UUID | None = None,
) -> Pairing:
    """Both signed on paper (签字); it begins on its day, at once where that has come. Without ``ends_on``: as usual."""
    rules.require_unsigned(pairing)
    rules.require_agreed_terms(rules.require_kind(pairing.kind), pairing)
    ends_on = ends_on or rules.term_end(rules.require_kind(pairing.kind), starts_on)
    rules.require_term(starts_on, ends_on)
    pairing.signed_on, pairing.starts_on, pairing.ends_on = rules.require_past(signed_on), starts_on, ends_on
    pairing.state = Pairing.State.SIGNED
    pairing.save(update_fields=["signed_on", "starts_on", "ends_on", "state"])
    if starts_on <= clock.today():
        _begin(pairing)
    return pairing


@action("pairings.start", subject=Pairing)
def start(pairing: Pairing, *, actor: Actor) -> Pairing:
    """Its first day has come."""
    if pairing.state == Pairing.State.SIGNED:
        _begin(pairing)
    return pairing


def _begin(pairing: Pairing) -> None:
    assert pairing.starts_on is not None
    pairing.state = Pairing.State.ACTIVE
    pairing.contact_on = max(pairing.starts_on, pairing.contact_on or pairing.starts_on)
    pairing.save(update_fields=["state", "contact_on"])
    schedule(pairing, 1, pairing.starts_on)
    events.announce(STARTED, pairing=pairing)


def schedule(pairing: Pairing, number: int, after: dt.date) -> None:
    """The next look after it, where the kind wants one within its term."""
    assert pairing.starts_on is not None
    on = rules.follow_up_on(rules.require_kind(pairing.kind), pairing.starts_on, number, after)
    if on is not None and (pairing.ends_on is None or on <= pairing.ends_on):
        FollowUp.objects.create(pairing=pairing, number=number, due_on=on)


@action("pairings.end", subject=Pairing)
def end(
    pairing: Pairing, *, actor: Actor, ending: str, reason: str, on: dt.date | None = None, key: UUID | None = None
) -> Pairing:
    """It is over, how and why; both places are free again."""
    return _end(pairing, ending, rules.require_reason(reason), rules.require_past(on or clock.today()))


@action("pairings.expire", subject=Pairing)
def expire(pairing: Pairing, *, actor: Actor) -> Pairing:
    """Its term is over and nobody ended it (到期), and nothing is under way that its kind would see through first."""
    if not pairing.open or pairing.ends_on is None or pairing.ends_on >= clock.today():
        return pairing
    if not rules.require_kind(pairing.kind).unfinished(pairing):
        _end(pairing, Pairing.Ending.EXPIRED, str(_("到期了")), pairing.ends_on)
    return pairing


def _end(pairing: Pairing, ending: str, reason: str, on: dt.date) -> Pairing:
    rules.require_state(pairing, Pairing.State.AGREED, Pairing.State.SIGNED, Pairing.State.ACTIVE)
    pairing.state, pairing.open, pairing.ended_on = Pairing.State.ENDED, False, on
    pairing.ending, pairing.reason = Pairing.Ending(ending), reason
    pairing.save(update_fields=["state", "open", "ended_on", "ending", "reason"])
    pairing.follow_ups.filter(open=True).delete()  # nobody looks after what is over; the trail has it
    for side in (pairing.need, pairing.offer):
        sides.free(side)
    events.announce(ENDED, pairing=pairing)
    return pairing


@action("pairings.extend", subject=Pairing)
def extend(pairing: Pairing, *, actor: Actor, ends_on: dt.date, key: UUID | None = None) -> Pairing:
    """Its term ends later than was agreed (延长), and is looked after until then; never earlier: that is an end."""
    rules.require_state(pairing, Pairing.State.SIGNED, Pairing.State.ACTIVE)
    rules.require_longer(pairing, ends_on)
    pairing.ends_on = ends_on
    pairing.save(update_fields=["ends_on"])
    last = pairing.follow_ups.order_by("-number").first()
    if pairing.state == Pairing.State.ACTIVE and (last is None or not last.open):
        schedule(pairing, last.number + 1 if last else 1, clock.today())
    return pairing


def goes_on_from(pairing: Pairing, earlier: Pairing) -> None:
    """It goes on from another that ended. Within a programme's own action, where both were asked first."""
    with changing(pairing):
        pairing.follows = earlier
        pairing.save(update_fields=["follows"])


def had_contact(pairing: Pairing, on: dt.date) -> None:
    """The two had to do with each other on this day: what silence is counted from. Within a programme's own action."""
    Pairing.objects.filter(pk=pairing.pk, contact_on__lt=on).update(contact_on=on)


def last_contact_was(pairing: Pairing, on: dt.date | None) -> None:
    """What a programme keeps was put right or taken back: ``on`` is its latest day now. Silence counts from there, or
    from what the kernel knows itself; so it may also begin earlier. Within a programme's own action."""
    reached = pairing.milestones.filter(state=Milestone.State.REACHED).aggregate(last=Max("ended_on"))["last"]
    begun = pairing.starts_on if pairing.starts_on is not None and pairing.starts_on <= clock.today() else None
    days = (on, reached, begun, pairing.agreed_at.astimezone(clock.SHANGHAI).date())
    latest = max(day for day in days if day is not None)
    Pairing.objects.filter(pk=pairing.pk).update(contact_on=latest)
