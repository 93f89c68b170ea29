"""Both are asked; two words make a pairing, one no gives the next."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.kernels.matters.conftest import at, told
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.pairings import actions, jobs, queries
from xianglin.kernels.pairings.models import Offer, Pairing, Proposal

from .conftest import NEVER, Garden

State = Proposal.State


def code_of(call: Callable[[], Any]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def test_two_words_make_a_pairing(here: Garden) -> None:
    need, offer = here.need("小许"), here.offer("老陆", most=2)
    proposal = here.asked(need, offer)
    assert proposal.due_on == dt.date(2026, 3, 17) and proposal.sentence == "老陆教小许"
    assert {who for who, _way in told("pairings.asked")} == {need.holder_id, offer.holder_id}
    first = actions.accept(proposal, actor=here.actor("小许"))
    assert first.state == State.WAITING and not Pairing.objects.exists()
    assert actions.accept(proposal, actor=here.actor("老陆")).state == State.ACCEPTED
    pairing = Pairing.objects.get()
    assert (pairing.need, pairing.offer, pairing.need_place, pairing.offer_place) == (need, offer, 1, 1)
    assert (pairing.state, pairing.area) == (Pairing.State.AGREED, here.here.place)
    need.refresh_from_db(), offer.refresh_from_db()
    assert (need.taken, need.full, offer.taken, offer.full) == (1, True, 1, False)
    assert len(told("pairings.agreed")) == 4


def test_asked_twice_is_asked_once_and_said_twice_is_said_once(here: Garden) -> None:
    need, offer = here.need("小许"), here.offer("老陆")
    proposal = here.asked(need, offer)
    assert here.asked(need, offer) == proposal
    key = uuid.uuid4()
    for _press in range(2):
        actions.accept(proposal, actor=here.actor("小许"), key=key)
    said = Proposal.objects.get().need_said_at
    actions.accept(proposal, actor=here.actor("小许"))
    assert Proposal.objects.get().need_said_at == said


def test_only_the_two_answer(here: Garden) -> None:
    proposal = here.asked(here.need("小许"), here.offer("老陆"))
    for actor in (here.actor("旁人"), here.here.cadre, here.clerk):
        with pytest.raises(Forbidden):
            actions.accept(proposal, actor=actor)
        with pytest.raises(Forbidden):
            actions.decline(proposal, actor=actor, reason="不合适")


def test_only_the_officer_asks_and_only_in_their_town(here: Garden) -> None:
    need, offer = here.need("小许"), here.offer("老陆")
    for actor in (here.here.cadre, here.actor("小许"), here.here.outsider, here.here.inspector):
        with pytest.raises(Forbidden):
            actions.propose(here.place, actor=actor, need=need, offer=offer)


def test_a_no_has_a_reason_that_only_the_officer_reads(here: Garden) -> None:
    need, offer = here.need("小许"), here.offer("老陆")
    proposal = here.asked(need, offer)
    assert code_of(lambda: actions.decline(proposal, actor=here.actor("老陆"), reason=" ")) == "pairings.no_reason"
    declined = actions.decline(proposal, actor=here.actor("老陆"), reason="要照看孙子")
    assert (declined.state, declined.refused_by) == (State.DECLINED, "offer")
    assert {who for who, _way in told("pairings.declined")} == {need.holder_id}
    assert code_of(lambda: actions.accept(proposal, actor=here.actor("小许"))) == "pairings.answered_already"
    assert not Pairing.objects.exists()


def test_an_officer_notes_what_somebody_said_on_the_phone(here: Garden) -> None:
    need = actions.open_need(here.place, actor=here.clerk, title="许大爷")  # without an account
    offer = here.offer("老陆")
    proposal = here.asked(need, offer)
    actions.accept(proposal, actor=here.actor("老陆"))
    noted = actions.note_answer(proposal, actor=here.clerk, side="need", yes=True)
    assert (noted.state, noted.noted_by) == (State.ACCEPTED, here.clerk.name)
    assert need.name == "许大爷"


def test_a_hard_condition_refuses_in_words(here: Garden) -> None:
    need, offer = here.need("小许"), here.offer("老陆")
    NEVER.add(("小许", "老陆"))
    with pytest.raises(Refused) as refused:
        here.asked(need, offer)
    assert (refused.value.code, str(refused.value)) == ("pairings.forbidden", "这两个不能配：两家是亲戚。")


def test_nobody_is_paired_with_themselves_nor_when_paused_or_full(here: Garden) -> None:
    need, offer = here.need("小许"), here.offer("老陆")
    own = actions.open_offer(here.place, actor=here.clerk, title="自己", holder_id=need.holder_id)
    assert code_of(lambda: here.asked(need, own)) == "pairings.oneself"
    here.paired(need, offer)
    assert code_of(lambda: here.asked(here.need("小郑"), offer)) == "pairings.full"
    free = actions.change_offer(
        here.offer("老潘"), actor=here.clerk, state=Offer.State.PAUSED, reason="身体不好，歇一阵"
    )
    assert code_of(lambda: here.asked(here.need("小顾"), free)) == "pairings.side_not_open"


def test_whoever_comes_too_late_is_told_that_the_place_is_gone(here: Garden) -> None:
    offer = here.offer("老陆")
    first, second = here.need("小许"), here.need("小郑")
    early, late = here.asked(first, offer), here.asked(second, offer)
    for proposal in (early, late):
        actions.accept(proposal, actor=here.actor("老陆"))
    actions.accept(early, actor=here.actor("小许"))
    late.refresh_from_db()
    assert late.state == State.GONE
    assert {who for who, _way in told("pairings.gone")} == {second.holder_id}
    assert code_of(lambda: actions.accept(late, actor=here.actor("小郑"))) == "pairings.place_gone"


def test_fewer_places_than_are_taken_cannot_be_offered(here: Garden) -> None:
    offer = here.offer("老陆", most=2)
    for name in ("小许", "小郑"):
        here.paired(here.need(name), offer)
    refused = code_of(lambda: actions.change_offer(offer, actor=here.clerk, most=1))
    assert refused == "pairings.fewer_than_taken"
    assert actions.change_offer(offer, actor=here.clerk, most=None).most is None


@pytest.mark.parametrize(("least", "most"), [(2, 1), (-1, 1), (0, 0), (0, 1001)])
def test_places_make_sense(here: Garden, least: int, most: int) -> None:
    assert code_of(lambda: here.offer("老陆", least=least, most=most)) == "pairings.places"


def test_the_officer_takes_it_back(here: Garden) -> None:
    proposal = here.asked(here.need("小许"), here.offer("老陆"))
    withdrawn = actions.withdraw(proposal, actor=here.clerk, reason="名单写错了")
    assert withdrawn.state == State.WITHDRAWN and len(told("pairings.withdrawn")) == 4  # in the app and by SMS


def test_nobody_answers_for_a_month_after_its_day(here: Garden) -> None:
    proposal = here.asked(here.need("小许"), here.offer("老陆"))
    with clock.living_at(at("2026-03-18")):
        jobs.days.func()
        assert list(queries.unanswered(here.town.area, proposal.kind)) == [proposal]
    with clock.living_at(at("2026-04-20")):
        jobs.days.func()
        proposal.refresh_from_db()
        assert proposal.state == State.LAPSED
        assert not queries.unanswered(here.town.area, proposal.kind).exists()


def test_what_waits_for_me(here: Garden) -> None:
    proposal = here.asked(here.need("小许"), here.offer("老陆"))
    mine = here.actor("小许").account_id
    assert mine is not None and list(queries.asked_of(mine)) == [proposal]
    actions.accept(proposal, actor=here.actor("小许"))
    assert not queries.asked_of(mine).exists()
