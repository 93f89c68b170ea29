"""换导师: the pair ends, another goes on from it, goals and open work go over, nothing is lost."""

import datetime as dt
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.programmes.mentoring.pairs.conftest import Pair, offer_of, told
from tests.support.cast import actor_of
from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.pairings import actions as pairings
from xianglin.kernels.pairings.models import Milestone, Offer, Pairing
from xianglin.programmes.mentoring.graduation import handing
from xianglin.programmes.mentoring.graduation.models import Handover
from xianglin.programmes.mentoring.plans import actions as plans
from xianglin.programmes.mentoring.plans import queries
from xianglin.programmes.mentoring.plans.models import Goal
from xianglin.programmes.mentoring.registers.models import Mentor

WHY = "住院，带不了了"


@pytest.fixture
def other(pair: Pair) -> Offer:
    """Another mentor of the town; the pair has a goal, one thing done and one to do."""
    pair.set_goals(("文字综合", 4))
    done = pair.plan("驻网格包片", starts_on=dt.date(2026, 3, 2), due_on=dt.date(2026, 3, 9))
    plans.finish_assignment(done, actor=pair.cadre, result="走了 42 户", attested_by="王建国")
    pair.plan()
    return offer_of(pair.town, pair.town.enrol_mentor("丁大明", "13900000002"))


def gone_over(pair: Pair, following: Pairing) -> None:
    assert following.follows_id == pair.pk and not pair.pairing.open and pair.pairing.reason == WHY
    (goal,) = queries.goals(following)
    assert (goal.ability.name, goal.baseline, goal.wanted) == ("文字综合", 2, 4)
    (work,) = queries.assignments(following)
    assert (str(work), work.milestone.state) == ("跟着整治违建专班走完三户", "planned")
    assert work.continues is not None and work.continues.milestone.pairing == pair.pairing
    assert [row.ability.name for row in work.serves.all()] == ["矛盾调解"]
    before = dict(Milestone.objects.filter(pairing=pair.pairing).values_list("title", "state"))
    assert before == {"驻网格包片": "reached", "跟着整治违建专班走完三户": "dropped"}
    assert Goal.objects.filter(pairing=pair.pairing, dropped_on=None).count() == 1, "what stood stays"
    assert told("mentoring.handed_over") == {"王根水", "周小禾", "丁大明"}


def test_noted_where_both_agreed_already(pair: Pair, other: Offer) -> None:
    key = uuid4()
    for _again in range(2):
        handing.hand_over(pair.pairing, actor=pair.officer, offer=other, reason=WHY, ask=False, key=key)
    gone_over(pair, Pairing.objects.exclude(pk=pair.pk).get())


def test_asked_first_it_goes_over_when_both_said_yes(pair: Pair, other: Offer) -> None:
    handover = handing.hand_over(pair.pairing, actor=pair.officer, offer=other, reason=WHY)
    assert handover.proposal is not None and handover.following is None and not pair.pairing.open
    assert told("mentoring.mentor_leaves") == {"王根水", "周小禾"}
    with pytest.raises(Refused) as refused:
        handing.hand_over(pair.pairing, actor=pair.officer, offer=other, reason=WHY)
    assert refused.value.code == "mentoring.asked_already"
    pairings.accept(handover.proposal, actor=pair.cadre)
    pairings.accept(handover.proposal, actor=_mentor("丁大明"))
    gone_over(pair, Pairing.objects.exclude(pk=pair.pk).get())
    assert Handover.objects.get().following is not None


def test_who_was_asked_says_no_and_another_is_asked(pair: Pair, other: Offer) -> None:
    handover = handing.hand_over(pair.pairing, actor=pair.officer, offer=other, reason=WHY)
    pairings.decline(handover.proposal, actor=_mentor("丁大明"), reason="太忙")  # type: ignore[arg-type]
    third = offer_of(pair.town, pair.town.enrol_mentor("金根宝", "13900000003"))
    handing.hand_over(pair.pairing, actor=pair.officer, offer=third, reason=WHY, ask=False)
    following = Pairing.objects.get(offer=third)
    assert Handover.objects.get().following == following and len(queries.assignments(following)) == 1


def test_refused(pair: Pair, other: Offer) -> None:
    with pytest.raises(Refused) as refused:
        handing.hand_over(pair.pairing, actor=pair.officer, offer=pair.offer, reason=WHY)
    assert refused.value.code == "mentoring.same_mentor" and pair.pairing.open
    for who in (pair.mentor, pair.cadre, pair.town.beside, pair.town.outsider):
        with pytest.raises(Forbidden):
            handing.hand_over(pair.pairing, actor=who, offer=other, reason=WHY)
    pairings.end(pair.pairing, actor=pair.officer, ending="terminated", reason="不干了")
    with pytest.raises(Refused) as refused:
        handing.hand_over(pair.pairing, actor=pair.officer, offer=other, reason=WHY)
    assert refused.value.code == "mentoring.pair_over"


def test_by_the_page(pair: Pair, other: Offer) -> None:
    browser, address = pair.browser("officer"), reverse("mentoring:hand_over", args=[pair.pk])
    said = {"key": str(uuid4()), "offer": str(other.pk), "reason": "", "ask": "agreed"}
    assert "丁大明" in browser.get(address).content.decode()
    assert browser.post(address, said).status_code == 422
    answer = browser.post(address, said | {"reason": WHY}, follow=True)
    assert "转给导师丁大明了" in answer.content.decode()
    assert browser.get(address).status_code == 404
    assert pair.browser("cadre").get(address).status_code == 404


def _mentor(name: str) -> Actor:
    return actor_of(Mentor.objects.get(account__display_name=name).account)
