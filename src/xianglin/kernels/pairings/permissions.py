"""Who may do what to a pairing: those who run its kind here, the two themselves, the platform."""

from typing import Any

from xianglin.base.actor import Actor
from xianglin.base.registry import Row, kind_of_pairing
from xianglin.commons.access.queries import reach
from xianglin.commons.access.rules import contains, relation, scope_fits

from . import rules
from .models import Need, Offer, OfPairing, Pairing, Proposal

OFFICER = (
    "open_need open_offer change_need change_offer open_round hold unhold solve choose move approve close_round "
    "propose note_answer withdraw note_pairing set_terms sign extend end add_milestone reach_milestone drop_milestone "
    "follow_up note_outcome verify_outcome see"
)
# What follows by itself: from a job, or from a register that a programme keeps.
PLATFORM = (
    "open_need open_offer change_need change_offer keep_solution tell_round propose lapse offer_next start expire"
)


@relation("pairings_run")
def runs(actor: Actor, subject: Any) -> bool:
    """Holds one of the roles that the kind names, there or above: whoever runs one kind has no say in another."""
    kind = kind_of_pairing(getattr(subject, "kind", ""))
    return kind is not None and any(
        grant.role in kind.officers and contains(grant, subject) and scope_fits(grant.scope, subject)
        for grant in reach(actor)
    )


@relation("pairings_asked")
def asked(actor: Actor, subject: Any) -> bool:
    return isinstance(subject, Proposal) and bool(rules.side_of(actor, subject))


@relation("pairings_party")
def party(actor: Actor, subject: Any) -> bool:
    """One of the two, of a side, a proposal, a pairing or what belongs to it."""
    if actor.account_id is None:
        return False
    if isinstance(subject, Need | Offer):
        return subject.holder_id == actor.account_id
    if isinstance(subject, OfPairing):
        subject = subject.pairing
    if not isinstance(subject, Pairing | Proposal):
        return False
    return actor.account_id in (subject.need.holder_id, subject.offer.holder_id)


def _given(verbs: str, to: str, when: str) -> tuple[Row, ...]:
    return tuple(Row(f"pairings.{verb}", (to,), when) for verb in verbs.split())


ROWS = (
    *_given(OFFICER, "account", "pairings_run"),
    *_given("accept decline", "account", "pairings_asked"),
    *_given("see note_outcome", "account", "pairings_party"),
    *_given(PLATFORM, "system", "always"),
)
