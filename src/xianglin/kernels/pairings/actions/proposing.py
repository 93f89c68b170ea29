"""Both are asked, say yes or no; and who comes next where one did not want to."""

from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import override

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.base.registry import Fit
from xianglin.commons.areas.models import InKind

from .. import rules
from ..models import REASON_LENGTH, Need, Offer, Proposal, Round
from . import agreeing, places, telling

State = Proposal.State


@action("pairings.propose")
def propose(
    place: InKind,
    *,
    actor: Actor,
    need: Need,
    offer: Offer,
    round_: Round | None = None,
    key: UUID | None = None,
) -> Proposal:
    """Ask both whether they want each other. It takes no place yet; asked twice is asked once.

    Read anew but not locked: a place that goes at the same moment is refused when both have said yes.
    """
    need = Need.objects.select_related("holder", "area").get(pk=need.pk)
    offer = Offer.objects.select_related("holder", "area").get(pk=offer.pk)
    rules.require_two(need, offer)
    kind = rules.require_kind(need.kind)
    for side in (need, offer):
        rules.require_open(side)
        rules.require_room(side)
    with override(settings.LANGUAGE_CODE):  # stored, so Chinese whatever its writer reads
        fit = rules.require_fitting(kind, need, offer)
        proposal = _asked(need, offer, fit, round_)
    proposal.start_clock(kind.answer_rule, clock.today())
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError:
        return Proposal.objects.get(need=need, offer=offer, state=State.WAITING)
    telling.tell_both(proposal, "pairings.asked")
    return proposal


def _asked(need: Need, offer: Offer, fit: Fit, round_: Round | None) -> Proposal:
    proposal = Proposal(
        kind=need.kind,
        need=need,
        offer=offer,
        round=round_,
        score=fit.score,
        parts=[[str(part.label), round(part.value, 3), part.weight, str(part.says)] for part in fit.parts],
        sentence=str(fit.sentence)[:REASON_LENGTH],
        made_at=clock.now(),
    )
    proposal.place_in(need.area)
    return proposal


@action("pairings.accept", subject=Proposal)
def accept(proposal: Proposal, *, actor: Actor, key: UUID | None = None) -> Proposal:
    """One side says yes. When both have, they are paired, if there is still a place."""
    return _yes(proposal, rules.require_side(rules.side_of(actor, proposal)))


@action("pairings.decline", subject=Proposal)
def decline(proposal: Proposal, *, actor: Actor, reason: str, key: UUID | None = None) -> Proposal:
    """One side says no, and why; the next best is offered."""
    return _no(proposal, rules.require_side(rules.side_of(actor, proposal)), reason)


@action("pairings.note_answer", subject=Proposal)
def note_answer(
    proposal: Proposal, *, actor: Actor, side: str, yes: bool, reason: str = "", key: UUID | None = None
) -> Proposal:
    """What somebody without an account said, or on the phone: an officer notes it for them."""
    proposal.noted_by = actor.name
    chosen = rules.require_side(side)
    return _yes(proposal, chosen) if yes else _no(proposal, chosen, reason)


def _yes(proposal: Proposal, side: str) -> Proposal:
    rules.require_waiting(proposal)
    if proposal.said(side) is not None:
        return proposal  # said already: a double press says it once
    if side == "need":
        proposal.need_said_at = clock.now()
    else:
        proposal.offer_said_at = clock.now()
    if proposal.need_said_at and proposal.offer_said_at:
        _pair(proposal)
    proposal.save(update_fields=["need_said_at", "offer_said_at", "state", "ended_at", "noted_by"])
    return proposal


def _pair(proposal: Proposal) -> None:
    """As it stands today: what was asked may not fit any more, relatives or one who left meanwhile."""
    for side in (proposal.need, proposal.offer):
        rules.require_open(side)
    rules.require_fitting(rules.require_kind(proposal.kind), proposal.need, proposal.offer)
    agreeing.make(proposal.need, proposal.offer, title=proposal.need.title, proposal=proposal)
    proposal.state, proposal.ended_at = State.ACCEPTED, clock.now()
    telling.tell_both(proposal, "pairings.agreed")


def _no(proposal: Proposal, side: str, reason: str) -> Proposal:
    rules.require_waiting(proposal)
    proposal.reason, proposal.refused_by = rules.require_reason(reason), side
    _finish(proposal, State.DECLINED)
    telling.tell_declined(proposal, to="offer" if side == "need" else "need")
    places.next_best(proposal)
    return proposal


@action("pairings.withdraw", subject=Proposal)
def withdraw(proposal: Proposal, *, actor: Actor, reason: str, key: UUID | None = None) -> Proposal:
    """The officer takes it back before both said yes, and why."""
    rules.require_waiting(proposal)
    proposal.reason = rules.require_reason(reason)
    _finish(proposal, State.WITHDRAWN)
    telling.tell_both(proposal, "pairings.withdrawn", reason=proposal.reason)
    return proposal


@action("pairings.lapse", subject=Proposal)
def lapse(proposal: Proposal, *, actor: Actor) -> Proposal:
    """Nobody answered for a month after its day: it stands on the officer's list until then (没回话)."""
    if proposal.state == State.WAITING:
        _finish(proposal, State.LAPSED)
        places.next_best(proposal)
    return proposal


def _finish(proposal: Proposal, state: str) -> None:
    proposal.state, proposal.ended_at = state, clock.now()
    proposal.save(update_fields=["state", "ended_at", "reason", "refused_by", "noted_by"])


def fully_asked(need: Need) -> bool:
    """It is being asked about as many as it has places left."""
    waiting = need.proposals.filter(state=State.WAITING).count()
    return need.most is not None and waiting >= need.most - need.taken


@action("pairings.offer_next", subject=Need)
def offer_next(need: Need, *, actor: Actor, offers: list[Offer], round_: Round) -> Need:
    """Propose the first of these (the best first) that is open, has room, and was not asked before.

    Not while its officer looks through another solution: what they approve asks anew.
    """
    asked = set(need.proposals.values_list("offer_id", flat=True))
    if round_.state != Round.State.APPROVED:
        return need
    if need.state != Need.State.OPEN or need.full or need.proposals.filter(state=State.WAITING).exists():
        return need
    for offer in offers:
        if offer.pk in asked:
            continue
        try:
            propose(InKind(need.area, need.kind), actor=actor, need=need, offer=offer, round_=round_)
        except Refused:
            continue  # full, paused, or a hard condition that did not hold when the round was solved
        return need
    return need
