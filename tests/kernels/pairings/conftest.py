"""A kind of pairing of the tests' own: gardeners (园艺) who teach, and people who want to learn."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from tests.kernels.matters.conftest import MORNING, Village, build_village
from tests.support.cast import actor_of, by_phone
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.registry import PROGRAMMES, Fit, PairingKind, Part, Programme
from xianglin.commons.areas.models import InKind
from xianglin.kernels.pairings import actions
from xianglin.kernels.pairings.candidates import Candidates
from xianglin.kernels.pairings.models import Need, Offer, Pairing, Proposal

KIND = "garden.lesson"
NEVER: set[tuple[str, str]] = set()  # titles that a hard condition keeps apart
LIKING: dict[tuple[str, str], float] = {}


def _liking(need: Need, offer: Offer) -> float:
    return LIKING.get((need.title, offer.title), 50.0)


def fit(need: Need, offer: Offer) -> Fit:
    score = _liking(need, offer)
    vetoes = ("两家是亲戚",) if (need.title, offer.title) in NEVER else ()
    return Fit(score, (Part("liking", "合得来", score / 100, 1.0),), f"{offer.title}教{need.title}", vetoes)


def score(need_ids: Sequence[int], offer_ids: Sequence[int]) -> Candidates:
    needs, offers = Need.objects.in_bulk(need_ids), Offer.objects.in_bulk(offer_ids)
    pairs = [
        (n, m)
        for n, need in enumerate(need_ids)
        for m, offer in enumerate(offer_ids)
        if (needs[need].title, offers[offer].title) not in NEVER
    ]
    likings = [_liking(needs[need_ids[n]], offers[offer_ids[m]]) for n, m in pairs]
    return Candidates(
        needs=np.array(need_ids),
        offers=np.array(offer_ids),
        left=np.array([n for n, _m in pairs], dtype=np.int64),
        right=np.array([m for _n, m in pairs], dtype=np.int64),
        score=np.array(likings, dtype=np.float64),
        parts=np.array(likings, dtype=np.float64).reshape(-1, 1) / 100,
        names=("合得来",),
        weights=(1.0,),
        says=lambda edge: f"{offers[offer_ids[pairs[edge][1]]].title}教{needs[need_ids[pairs[edge][0]]].title}",
        excluded={"亲戚": len(need_ids) * len(offer_ids) - len(pairs)},
    )


GARDEN = Programme(
    key="garden",
    label="园艺",
    pairings=(
        PairingKind(
            KIND,
            "学园艺",
            need="学的人",
            offer="师傅",
            score=score,
            fit=fit,
            officers=("town_clerk",),
            home="portal:home",
            page="pairings:pairing",
            term_months=12,
            follow_ups=(7, 30),
            every=90,
            silent_days=28,
            topics=(("harvest", "收成"),),
        ),
    ),
)


@pytest.fixture(autouse=True)
def garden(monkeypatch: pytest.MonkeyPatch) -> None:
    """The town clerk runs it."""
    monkeypatch.setitem(PROGRAMMES, "garden", GARDEN)
    NEVER.clear()
    LIKING.clear()


@dataclass
class Garden:
    """Who learns and who teaches, by name; the clerk runs it."""

    here: Village
    people: dict[str, Actor] = field(default_factory=dict)

    @property
    def clerk(self) -> Actor:
        return self.here.clerk

    @property
    def place(self) -> InKind:
        return InKind(self.here.place, KIND)

    @property
    def town(self) -> InKind:
        return InKind(self.here.cast.places.town, KIND)

    def actor(self, name: str) -> Actor:
        if name not in self.people:
            account = by_phone(f"1390000{len(self.people):04d}", name, self.here.place)
            self.people[name] = actor_of(account)
        return self.people[name]

    def need(self, name: str, *, least: int = 0, most: int | None = 1) -> Need:
        holder = self.actor(name).account_id
        return actions.open_need(self.place, actor=self.clerk, title=name, holder_id=holder, least=least, most=most)

    def offer(self, name: str, *, least: int = 0, most: int | None = 1) -> Offer:
        holder = self.actor(name).account_id
        return actions.open_offer(self.place, actor=self.clerk, title=name, holder_id=holder, least=least, most=most)

    def asked(self, need: Need, offer: Offer) -> Proposal:
        return actions.propose(self.place, actor=self.clerk, need=need, offer=offer)

    def paired(self, need: Need, offer: Offer) -> Pairing:
        proposal = self.asked(need, offer)
        actions.accept(proposal, actor=self.actor(need.title))
        actions.accept(proposal, actor=self.actor(offer.title))
        return Pairing.objects.get(proposal=proposal)

    def active(self, need: Need, offer: Offer, since: dt.date | None = None) -> Pairing:
        day = since or clock.today()
        return actions.sign(self.paired(need, offer), actor=self.clerk, signed_on=day, starts_on=day)


@pytest.fixture
def here(db: None) -> Iterator[Garden]:
    village = build_village()
    with clock.living_at(MORNING):
        yield Garden(village)
