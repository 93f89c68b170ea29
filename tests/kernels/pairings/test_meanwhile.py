"""What changes between one step and the next: somebody leaves, turns out to be kin, is paired on paper; a job fails."""

import dataclasses
import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from tests.kernels.matters.conftest import at
from tests.kernels.pairings.test_pages import browser, press, text
from tests.kernels.pairings.test_propose import code_of
from tests.kernels.pairings.test_rounds import State, pairs, round_, solved
from xianglin.base import clock
from xianglin.base.registry import PROGRAMMES, kind_of_pairing
from xianglin.kernels.pairings import actions, jobs, queries
from xianglin.kernels.pairings.models import Need, Offer, Pairing, Proposal, Round, Side

from .conftest import GARDEN, KIND, LIKING, NEVER, Garden

__all__ = ["round_"]


def with_kind(monkeypatch: pytest.MonkeyPatch, **more: object) -> None:
    kind = dataclasses.replace(GARDEN.pairings[0], **more)  # type: ignore[arg-type]
    monkeypatch.setitem(PROGRAMMES, "garden", dataclasses.replace(GARDEN, pairings=(kind,)))


def state_of(proposal: Proposal) -> str:
    return Proposal.objects.get(pk=proposal.pk).state


def test_who_turned_out_to_be_kin_is_not_paired(here: Garden) -> None:
    asked = here.asked(here.need("小许"), here.offer("老陆"))
    NEVER.add(("小许", "老陆"))
    actions.accept(asked, actor=here.actor("小许"))
    assert code_of(lambda: actions.accept(asked, actor=here.actor("老陆"))) == "pairings.forbidden"
    assert not Pairing.objects.exists()


def test_who_leaves_is_waited_for_no_more(here: Garden) -> None:
    offer = here.offer("老陆")
    asked = here.asked(here.need("小许"), offer)
    actions.change_offer(offer, actor=here.clerk, state=Side.State.CLOSED, reason="搬走了")
    assert state_of(asked) == Proposal.State.WITHDRAWN
    assert code_of(lambda: actions.accept(asked, actor=here.actor("小许"))) == "pairings.answered_already"
    late = code_of(lambda: actions.note_pairing(here.place, actor=here.clerk, need=asked.need, offer=offer))
    assert late == "pairings.side_not_open"


def test_paired_on_paper_nobody_waits_for_the_other_answers(here: Garden) -> None:
    need, asked_too, other = here.need("小许"), here.offer("老陆"), here.offer("老潘")
    same, elsewhere = here.asked(need, other), here.asked(need, asked_too)
    actions.note_pairing(here.place, actor=here.clerk, need=need, offer=other)
    assert (state_of(same), state_of(elsewhere)) == (Proposal.State.WITHDRAWN, Proposal.State.GONE)


def test_a_job_that_failed_leaves_the_round_to_its_officer(here: Garden, round_: Round) -> None:
    page, desk = reverse("pairings:round", args=[round_.pk]), browser(here.clerk)
    actions.solve(round_, actor=here.clerk)
    round_.refresh_from_db()
    DBTaskResult.objects.filter(pk=round_.job).update(status="FAILED")
    shown = text(desk.get(page))
    assert "这次没配成" in shown and "配一次" in shown and "正在配，" not in shown
    assert pairs(solved(here, round_)) and round_.state == State.SOLVED
    actions.solve(round_, actor=here.clerk)
    round_.refresh_from_db()
    DBTaskResult.objects.filter(pk=round_.job).update(status="FAILED")
    assert press(desk, f"{page}close/").status_code == 302
    assert Round.objects.get().state == State.CLOSED


def test_a_round_opened_by_mistake_is_closed_before_anybody_is_asked(here: Garden, round_: Round) -> None:
    page, desk = reverse("pairings:round", args=[round_.pk]), browser(here.clerk)
    assert "这一轮不办了" in text(desk.get(page))
    assert press(desk, f"{page}close/").status_code == 302
    assert Round.objects.get().state == State.CLOSED and not Proposal.objects.exists()


def test_the_answer_that_the_officer_chose_stays_chosen(here: Garden, round_: Round) -> None:
    solved(here, round_)
    actions.choose(round_, actor=here.clerk, objective="stable")
    again = solved(here, round_)
    assert again.chosen is not None and again.chosen.objective == "stable"


def test_one_of_one_place_is_asked_about_one_at_a_time(here: Garden, round_: Round) -> None:
    LIKING[("小许", "老顾")] = 60
    here.offer("老顾")
    solved(here, round_)
    actions.approve(round_, actor=here.clerk)
    jobs.tell_round.func(round_.pk)
    no = Proposal.objects.get(need__title="小许")
    actions.decline(no, actor=here.actor("小许"), reason="住得太远")
    solved(here, round_)
    jobs.offer_next.func(round_.pk, no.need_id)
    waiting = Proposal.objects.filter(need__title="小许", state="waiting")
    assert not waiting.exists(), "its officer looks through another solution now"
    here.asked(Need.objects.get(title="小许"), Offer.objects.get(title="老顾"))
    actions.approve(round_, actor=here.clerk)
    jobs.tell_round.func(round_.pk)
    assert waiting.count() == 1


def test_agreed_and_not_signed_is_seen(here: Garden) -> None:
    kind = kind_of_pairing(KIND)
    assert kind is not None
    pairing = here.paired(here.need("小许"), here.offer("老陆"))
    assert queries.attention(here.town.area, kind).unsigned == []
    with clock.living_at(at("2026-03-20")):
        seen = queries.attention(here.town.area, kind)
        assert seen.unsigned == [pairing] and queries.count_attention(here.town.area, kind) == len(seen) == 1
        assert "答应了还没签字" in text(browser(here.clerk).get(reverse("pairings:kind", args=[KIND])))


def test_a_longer_term_is_looked_after_to_its_end(here: Garden, monkeypatch: pytest.MonkeyPatch) -> None:
    with_kind(monkeypatch, follow_ups=(7,), every=90, term_months=1)
    pairing = here.active(here.need("小许"), here.offer("老陆"))
    with clock.living_at(at("2026-03-20")):
        actions.follow_up(pairing.follow_ups.get(open=True), actor=here.clerk, result="well", note="")
        assert not pairing.follow_ups.filter(open=True).exists(), "the next would lie beyond the term"
        actions.extend(pairing, actor=here.clerk, ends_on=dt.date(2027, 3, 9))
    assert pairing.follow_ups.get(open=True).due_on == dt.date(2026, 6, 18)


def test_what_its_kind_has_not_seen_through_stays_open(here: Garden, monkeypatch: pytest.MonkeyPatch) -> None:
    pairing = here.active(here.need("小许"), here.offer("老陆"))
    with clock.living_at(at("2027-04-01")):
        with_kind(monkeypatch, unfinished=lambda one: True)
        jobs.days.func()
        assert Pairing.objects.get(pk=pairing.pk).open
        with_kind(monkeypatch)
        jobs.days.func()
        assert not Pairing.objects.get(pk=pairing.pk).open


def test_nothing_is_signed_before_it_is_written_where_the_kind_says_so(
    here: Garden, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_kind(monkeypatch, signs_terms=True)
    pairing = here.paired(here.need("小许"), here.offer("老陆"))
    days = {"signed_on": clock.today(), "starts_on": clock.today()}
    assert code_of(lambda: actions.sign(pairing, actor=here.clerk, **days)) == "pairings.no_terms_yet"
    actions.set_terms(pairing, actor=here.clerk, lines=["每周一次"])
    assert actions.sign(pairing, actor=here.clerk, **days).state == Pairing.State.ACTIVE


def test_a_kind_lends_the_common_page_only_what_it_wants(here: Garden, monkeypatch: pytest.MonkeyPatch) -> None:
    pairing = here.active(here.need("小许"), here.offer("老陆"))
    step = actions.add_milestone(pairing, actor=here.clerk, title="看一次果园")
    page, desk = reverse("pairings:pairing", args=[pairing.pk]), browser(here.clerk)
    with_kind(monkeypatch, deeds=("end",), endings=("terminated",))
    assert desk.get(f"{page}step/").status_code == 404 and "加一步" not in text(desk.get(page))
    assert desk.get(f"{page}steps/{step.pk}/reach/").status_code == 404
    refused = desk.post(f"{page}end/", {"ending": "completed", "reason": "做完了", "key": uuid.uuid4()})
    assert refused.status_code == 422 and Pairing.objects.get(pk=pairing.pk).open


def test_the_loser_of_a_no_reads_no_more_of_the_other(here: Garden) -> None:
    asked = here.asked(here.need("小许"), here.offer("老陆"))
    page, theirs = reverse("pairings:proposal", args=[asked.pk]), browser(here.actor("老陆"))
    assert "老陆教小许" in text(theirs.get(page))
    actions.decline(asked, actor=here.actor("小许"), reason="住得太远")
    assert "老陆教小许" not in text(theirs.get(page)) and "老陆教小许" in text(browser(here.clerk).get(page))


def test_who_has_nobody_leads_to_where_somebody_is_found(here: Garden, round_: Round) -> None:
    Need.objects.update(least=1)
    desk, home = browser(here.clerk), reverse("pairings:kind", args=[KIND])
    need = Need.objects.get(title="小许")
    assert f"{reverse('pairings:note_pairing', args=[KIND])}?need={need.pk}" in desk.get(home).content.decode()
    solved(here, round_)
    options = reverse("pairings:options", args=[round_.pk, need.pk])
    assert options in desk.get(home).content.decode()
    actions.approve(round_, actor=here.clerk)
    assert "去问这一位" in text(desk.get(options))
    offer = Offer.objects.get(title="老潘")
    press(desk, f"{reverse('pairings:round', args=[round_.pk])}ask/", need=need.pk, offer=offer.pk)
    assert Proposal.objects.get().round == round_


def test_what_was_agreed_elsewhere_is_noted_on_a_page(here: Garden) -> None:
    need, offer = here.need("小许"), here.offer("老陆")
    desk, page = browser(here.clerk), reverse("pairings:note_pairing", args=[KIND])
    shown = desk.get(f"{page}?need={need.pk}").content.decode()
    assert f'value="{need.pk}" selected' in shown and 'value="2026-03-10"' in shown
    assert press(desk, page, need=need.pk, agreed_on="2026-03-01").status_code == 422
    NEVER.add(("小许", "老陆"))
    refused = press(desk, page, need=need.pk, offer=offer.pk, agreed_on="2026-03-01")
    assert refused.status_code == 422 and "两家是亲戚" in text(refused)
    NEVER.clear()
    assert press(desk, page, need=need.pk, offer=offer.pk, agreed_on="2026-03-01").status_code == 302
    assert Pairing.objects.get().contact_on == dt.date(2026, 3, 1)


def test_missing_leasts_cost_no_query_each(here: Garden, round_: Round, django_assert_num_queries: object) -> None:
    for n in range(6):
        here.offer(f"第{n}位", least=1)
    solved(here, round_)
    assert round_.chosen is not None
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(queries.short_in_words(round_.chosen)) == 5
