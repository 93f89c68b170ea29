"""A need or an offer opened, changed, paused, closed."""

from typing import Any, TypeVar
from uuid import UUID

from django.db.models import F

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area, InKind

from .. import rules
from ..models import Need, Offer, Proposal, Side
from . import places

One = TypeVar("One", Need, Offer)


@action("pairings.open_need")
def open_need(
    place: InKind,
    *,
    actor: Actor,
    title: str,
    holder_id: int | None = None,
    least: int = 0,
    most: int | None = 1,
    key: UUID | None = None,
) -> Need:
    """Somebody looks for something of this kind. Its detail is the programme's, in the same action."""
    return _open(Need(), place, title, holder_id, least, most)


@action("pairings.open_offer")
def open_offer(
    place: InKind,
    *,
    actor: Actor,
    title: str,
    holder_id: int | None = None,
    least: int = 0,
    most: int | None = 1,
    key: UUID | None = None,
) -> Offer:
    """Somebody has something to give: up to ``most`` (None: no limit), and must get ``least``."""
    return _open(Offer(), place, title, holder_id, least, most)


def _open(side: One, place: InKind, title: str, holder_id: int | None, least: int, most: int | None) -> One:
    rules.require_kind(place.kind)
    rules.require_places(least, most)
    side.kind, side.title, side.holder_id = place.kind, rules.require_title(title), holder_id
    side.least, side.most, side.opened_at = least, most, clock.now()
    side.place_in(place.area)
    side.save(force_insert=True)
    return side


@action("pairings.change_need", subject=Need)
def change_need(need: Need, *, actor: Actor, key: UUID | None = None, **changes: Any) -> Need:
    """See ``change_offer``."""
    return _change(need, **changes)


@action("pairings.change_offer", subject=Offer)
def change_offer(offer: Offer, *, actor: Actor, key: UUID | None = None, **changes: Any) -> Offer:
    """``title``, ``area``, ``least``, ``most``, or ``state`` with its ``reason`` (paused, closed, open again)."""
    return _change(offer, **changes)


def _change(
    side: One,
    *,
    title: str | None = None,
    least: int | None = None,
    most: int | None = -1,
    state: str | None = None,
    reason: str = "",
    area: Area | None = None,
) -> One:
    """``most`` None is "no limit"; left alone where it is not given. Who moves takes along what is open."""
    least = side.least if least is None else least
    most = side.most if most == -1 else most
    rules.require_places(least, most)
    rules.require_not_below_taken(side, most)
    side.least, side.most = least, most
    if title is not None:
        side.title = rules.require_title(title)
    if state is not None and state != side.state:
        rules.require_state(side, Side.State.OPEN, Side.State.PAUSED)
        side.reason = "" if state == Side.State.OPEN else rules.require_reason(reason)
        side.state = state
        if state != Side.State.OPEN:
            places.no_longer(side, Proposal.State.WITHDRAWN)
    if area is not None and area.pk != side.area_id:
        side.place_in(area)
        _take_along(side, area)
    side.save()
    return side


def _take_along(side: Need | Offer, area: Area) -> None:
    """Pairings and proposals stand where their need stands."""
    if isinstance(side, Need):
        for row in (*side.pairings.filter(open=True), *side.proposals.filter(state=Proposal.State.WAITING)):
            with changing(row):
                row.place_in(area)
                row.save()


def take(side: Need | Offer) -> int:
    """The lowest free place of a locked side: the pairing that is made takes it."""
    taken = set(side.pairings.filter(open=True).values_list(f"{_noun(side)}_place", flat=True))
    place = next(number for number in range(1, len(taken) + 2) if number not in taken)
    with changing(side):
        side.taken = len(taken) + 1
        side.save(update_fields=["taken"])
    return place


def free(side: Need | Offer) -> None:
    """One of its places is free again."""
    with changing(side):
        type(side)._base_manager.filter(pk=side.pk).update(taken=F("taken") - 1)
        side.refresh_from_db(fields=["taken"])


def _noun(side: Need | Offer) -> str:
    return "need" if isinstance(side, Need) else "offer"
