"""A pair of the town's mentor and young cadre, agreed and begun."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from tests.programmes.mentoring.conftest import Town, here, morning, quick, town, trailed
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import InKind
from xianglin.commons.notices.models import Notice
from xianglin.kernels.pairings import actions as pairings
from xianglin.kernels.pairings.models import Need, Offer, Pairing
from xianglin.programmes.mentoring.graduation import actions as reviews
from xianglin.programmes.mentoring.graduation.models import Review
from xianglin.programmes.mentoring.kinds import PAIR
from xianglin.programmes.mentoring.levels.rules import Level
from xianglin.programmes.mentoring.plans import actions as plans
from xianglin.programmes.mentoring.plans.models import Assignment
from xianglin.programmes.mentoring.plans.rules import Aim, Work
from xianglin.programmes.mentoring.registers.models import Mentor

__all__ = ["here", "morning", "quick", "town", "trailed"]
BEGAN = dt.date(2026, 3, 1)  # nine days before the tests' morning
ENDS = dt.date(2027, 2, 28)


@pytest.fixture(autouse=True)
def _hosts(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]


@dataclass
class Pair:
    """The two and their officer; ``pairing`` is read anew where a test asks for what became of it."""

    town: Town
    need: Need
    offer: Offer
    pk: int

    @property
    def pairing(self) -> Pairing:
        return Pairing.objects.select_related("area", "need", "offer").get(pk=self.pk)

    @property
    def officer(self) -> Actor:
        return self.town.officer

    @property
    def mentor(self) -> Actor:
        return self.town.mentors_self

    @property
    def cadre(self) -> Actor:
        return self.town.cadres_self

    def browser(self, who: str) -> Client:
        return self.town.browser(getattr(self, who, None) or getattr(self.town, who))

    def set_goals(self, *said: tuple[str, int], by: dt.date = dt.date(2026, 12, 31)) -> Pairing:
        aims = [Aim(self.town.ability(name).pk, wanted, by, "每月写一篇，导师改") for name, wanted in said]
        return plans.set_goals(self.pairing, actor=self.cadre, aims=aims)

    def plan(self, title: str = "跟着整治违建专班走完三户", form: str = "urgent", **more: Any) -> Assignment:
        days = {"starts_on": dt.date(2026, 3, 16), "due_on": dt.date(2026, 5, 31)} | more
        work = Work(form, title, "镇综合执法办", ability_ids=(self.town.ability("矛盾调解").pk,), **days)
        return plans.plan_assignment(self.pairing, actor=self.mentor, work=work)


def sign(pair: Pair, starts_on: dt.date = BEGAN, ends_on: dt.date = ENDS) -> Pairing:
    """Terms written, signed, and begun."""
    pairing = pairings.set_terms(pair.pairing, actor=pair.officer, lines=["每月见一次面"])
    return pairings.sign(pairing, actor=pair.officer, signed_on=BEGAN, starts_on=starts_on, ends_on=ends_on)


def graduate(pair: Pair) -> Review:
    """Begun, reviewed, both heard, and graduated."""
    pairing = sign(pair)
    review = reviews.open_review(pairing, actor=pair.officer)
    reviews.write_summary(review, actor=pair.cadre, text="写了十二篇，改了三十稿。")
    said = [Level(pair.town.ability("文字综合").pk, 4, "能独立写")]
    reviews.give_opinion(review, actor=pair.mentor, text="能独当一面", said=said)
    return reviews.decide_review(review, actor=pair.officer, decision="graduated", reason="目标都到了")


def offer_of(town: Town, mentor: Mentor) -> Offer:
    place = InKind(town.place, PAIR)
    known = Offer.objects.filter(kind=PAIR, holder_id=mentor.account_id).first()
    return known or pairings.open_offer(
        place, actor=town.officer, title="鄣吴镇 老党员", holder_id=mentor.account_id, most=mentor.most
    )


def need_of(town: Town, cadre: Any) -> Need:
    place = InKind(town.village, PAIR)
    known = Need.objects.filter(kind=PAIR, holder_id=cadre.account_id).first()
    return known or pairings.open_need(place, actor=town.officer, title="玉华村 村文书", holder_id=cadre.account_id)


def build_pair(town: Town) -> Pair:
    need, offer = need_of(town, town.cadre), offer_of(town, town.mentor)
    made = pairings.note_pairing(
        InKind(town.village, PAIR), actor=town.officer, need=need, offer=offer, agreed_on=BEGAN
    )
    return Pair(town, need, offer, made.pk)


@pytest.fixture
def agreed(town: Town) -> Pair:
    return build_pair(town)


@pytest.fixture
def pair(agreed: Pair) -> Pair:
    sign(agreed)
    return agreed


def told(template: str) -> set[str]:
    """Who was told this, by name."""
    told_to = Notice.objects.filter(template=template).values_list("account_id", flat=True)
    return {account.display_name for account in Account.objects.filter(pk__in=told_to)}
