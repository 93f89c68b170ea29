"""Telling the two sides; somebody without an account is told by the officer."""

from django.urls import reverse

from xianglin.base import hooks

from .. import rules
from ..models import Proposal


def tell_both(proposal: Proposal, template: str, **variables: str) -> None:
    for side in ("need", "offer"):
        _tell(proposal, template, side, **variables)


def tell_declined(proposal: Proposal, *, to: str) -> None:
    """The other side hears that, not why: the reason is the officer's to read."""
    _tell(proposal, "pairings.declined", to)


def tell_gone(proposal: Proposal, *, to: str) -> None:
    _tell(proposal, "pairings.gone", to)


def _tell(proposal: Proposal, template: str, side: str, **variables: str) -> None:
    account_id = getattr(proposal, side).holder_id
    if account_id is None:
        return
    kind = rules.require_kind(proposal.kind)
    hooks.tell(
        template,
        account=account_id,
        county_id=proposal.county_id or 0,
        variables={
            "kind": str(kind.label),
            "link": reverse("pairings:proposal", args=[proposal.pk]),
            **variables,
        },
        dedupe=f"{template}:{proposal.pk}:{side}",
    )
