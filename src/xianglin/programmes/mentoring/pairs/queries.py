"""Reads: a pair, whose it is, and all pairs of a place by mentor."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import in_area
from xianglin.kernels.pairings.models import Offer, Pairing

from ..kinds import PAIR
from ..registers.models import Mentor, YoungCadre

PAGE = 50


def pair_for(actor: Actor, pk: int) -> Pairing | None:
    """The pair, if it is the actor's to read."""
    found = _pairs().filter(pk=pk).first()
    return found if found is not None and hooks.may(actor, "pairings.see", found) else None


def _pairs() -> QuerySet[Pairing]:
    return Pairing.objects.filter(kind=PAIR).select_related(
        "area", "need__holder", "need__area", "offer__holder", "offer__area"
    )


def cadre_of(pairing: Pairing) -> YoungCadre | None:
    """The register's row of who learns; who left the register is still whose pair it was."""
    rows = YoungCadre.objects.filter(account_id=pairing.need.holder_id or 0, county_id=pairing.county_id)
    return rows.select_related("account", "area").order_by("-active_from", "-pk").first()


def mentor_of(pairing: Pairing) -> Mentor | None:
    rows = Mentor.objects.filter(account_id=pairing.offer.holder_id or 0, county_id=pairing.offer.county_id)
    return rows.select_related("account", "area").order_by("-active_from", "-pk").first()


def learning(account_id: int | None) -> list[Pairing]:
    """Those in which this person learns: the open ones first."""
    return list(_pairs().filter(need__holder_id=account_id or 0).order_by("-open", "-pk")[:PAGE])


def leading(account_id: int | None) -> list[Pairing]:
    return list(_pairs().filter(offer__holder_id=account_id or 0).order_by("-open", "-pk")[: PAGE * 2])


def leads(actor: Actor, cadre: YoungCadre) -> bool:
    """Whether the actor is the mentor of this cadre now: both in their county's registers, and their pair open."""
    return pair_led(actor, cadre) is not None


def pair_led(actor: Actor, cadre: YoungCadre) -> Pairing | None:
    """The open pair in which the actor leads this cadre."""
    if actor.account_id is None or not cadre.active:
        return None
    rows = Pairing.objects.filter(kind=PAIR, open=True, need__holder_id=cadre.account_id, county_id=cadre.county_id)
    found = rows.filter(offer__holder_id=actor.account_id).select_related("offer").order_by("-pk").first()
    if found is None:
        return None
    listed = Mentor.objects.filter(account_id=actor.account_id, county_id=found.offer.county_id, active_to=None)
    return found if listed.exists() else None


@dataclass(frozen=True)
class Group:
    """A mentor with everybody he leads: what people call 一个对子."""

    offer: Offer
    pairs: Sequence[Pairing]


@dataclass(frozen=True)
class Page:
    groups: Sequence[Group]
    after: int | None


def groups(area: Area, after: str = "", *, ended: bool = False) -> Page:
    """Of a place and all below it, fifty mentors at a time; three queries."""
    behind = int(after) if after.isascii() and after.isdecimal() and len(after) < 16 else 0
    here = in_area(Pairing.objects.filter(kind=PAIR, open=not ended), area)
    rows = Offer.objects.filter(Exists(here.filter(offer=OuterRef("pk"))), kind=PAIR, pk__gt=behind)
    offers = list(rows.select_related("holder", "area").order_by("pk")[: PAGE + 1])
    led: dict[int, list[Pairing]] = defaultdict(list)
    for pairing in here.filter(offer__in=offers[:PAGE]).select_related("need__holder", "area").order_by("pk"):
        led[pairing.offer_id].append(pairing)
    more = offers[PAGE - 1].pk if len(offers) > PAGE else None
    return Page([Group(one, led[one.pk]) for one in offers[:PAGE]], more)


@dataclass(frozen=True)
class Sizes:
    """How many groups there are, and how many of them are of each size: 24 one to one, three with two."""

    groups: int
    cadres: int
    by_size: Sequence[tuple[int, int]]


def sizes(area: Area) -> Sizes:
    rows = in_area(Pairing.objects.filter(kind=PAIR, open=True), area)
    counts = Counter(rows.values_list("offer").annotate(n=Count("pk")).values_list("n", flat=True))
    return Sizes(counts.total(), sum(size * n for size, n in counts.items()), sorted(counts.items()))
