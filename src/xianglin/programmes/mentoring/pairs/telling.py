"""Telling those whom a pair concerns."""

from django.urls import reverse

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.kernels.pairings.models import Pairing


def tell(
    pairing: Pairing,
    template: str,
    *,
    actor: Actor | None,
    mark: str,
    to: tuple[int | None, ...] | None = None,
    link: str = "",
) -> None:
    """The two (or those of ``to``), without whoever did it. ``mark`` makes it this news and no other; ``link``: where
    it is read, where that is not the pair's page."""
    for account_id in (pairing.need.holder_id, pairing.offer.holder_id) if to is None else to:
        if account_id is None or (actor is not None and account_id == actor.account_id):
            continue
        hooks.tell(
            template,
            account=account_id,
            county_id=pairing.county_id or 0,
            variables={"link": link or reverse("mentoring:pair", args=[pairing.pk])},
            dedupe=f"{template}:{pairing.pk}:{mark}:{account_id}",
        )
