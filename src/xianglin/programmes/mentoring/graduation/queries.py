"""Reads: a pair's reviews, and mentors who could take over."""

from django.db.models import F, Q, QuerySet

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.kernels.pairings.models import Offer, Pairing, Side

from ..kinds import PAIR
from .models import Review


def reviews(pairing: Pairing) -> list[Review]:
    """The newest first."""
    return list(Review.objects.filter(pairing=pairing).select_related("certificate", "decided_by").order_by("-number"))


def under_review(pairing: Pairing) -> bool:
    """Its review was opened and is not decided: the pair stays open for it when its last day is over."""
    return Review.objects.filter(pairing=pairing, open=True).exists()


def review_for(actor: Actor, pk: int) -> Review | None:
    rows = Review.objects.select_related(
        "pairing__area", "pairing__need__holder", "pairing__need__area", "pairing__offer__holder", "certificate"
    )
    found = rows.filter(pk=pk).first()
    return found if found is not None and hooks.may(actor, "pairings.see", found.pairing) else None


def successors(pairing: Pairing) -> QuerySet[Offer]:
    """Mentors of the pair's town with a place left."""
    room = Q(most=None) | Q(taken__lt=F("most"))
    rows = Offer.objects.filter(room, kind=PAIR, state=Side.State.OPEN, town_id=pairing.town_id)
    rows = rows.exclude(pk=pairing.offer_id)
    return rows.select_related("holder", "area").order_by("pk")
