"""When a place is gone: who else was asked for it, and who comes next."""

from xianglin.base import clock
from xianglin.base.action import changing
from xianglin.commons.jobs import enqueue

from ..models import Need, Offer, Pairing, Proposal
from . import telling

State = Proposal.State


def no_longer(side: Need | Offer, state: str = State.GONE, but: Proposal | None = None) -> None:
    """Whoever else was asked for a locked side is told, and gets the next best: its last place went, or it left."""
    name, other_name = ("need", "offer") if isinstance(side, Need) else ("offer", "need")
    others = Proposal.objects.filter(**{name: side}, state=State.WAITING).exclude(pk=but.pk if but else 0)
    for other in others.select_related("need__holder", "offer__holder", "need__area"):
        _over(other, state)
        telling.tell_gone(other, to=other_name)
        if name == "offer":
            next_best(other)


def asked_no_more(pairing: Pairing) -> None:
    """The two were asked, and agreed elsewhere: nobody waits for their answer any more."""
    waiting = Proposal.objects.filter(need=pairing.need, offer=pairing.offer, state=State.WAITING)
    for row in waiting.exclude(pk=pairing.proposal_id or 0):
        _over(row, State.WITHDRAWN)


def _over(proposal: Proposal, state: str) -> None:
    with changing(proposal):
        proposal.state, proposal.ended_at = state, clock.now()
        proposal.save(update_fields=["state", "ended_at"])


def next_best(proposal: Proposal) -> None:
    """The next best, from the round's candidates; a job, because they lie in a file."""
    from ..jobs import offer_next  # jobs call actions

    if proposal.round_id is not None:
        enqueue(offer_next, proposal.round_id, proposal.need_id)
