"""A round from its pool to what was told: solved, looked through, locked, approved, declined, solved again."""

import uuid
from typing import Any

import pytest

from tests.kernels.pairings.test_propose import code_of
from xianglin.base.refused import Forbidden
from xianglin.commons.jobs.models import Progress
from xianglin.kernels.pairings import actions, candidates, jobs, queries
from xianglin.kernels.pairings.models import Need, Offer, Pairing, Proposal, Round

from .conftest import KIND, LIKING, NEVER, Garden

State = Round.State


def solved(here: Garden, round_: Round) -> Round:
    actions.solve(round_, actor=here.clerk)
    jobs.solve_round.func(round_.pk)
    round_.refresh_from_db()
    return round_


def pairs(round_: Round) -> set[tuple[str, str]]:
    assert round_.chosen is not None
    return {(pick.need.title, pick.offer.title) for pick in round_.chosen.picks.all()}


@pytest.fixture
def round_(here: Garden) -> Round:
    """Three who want to learn, two who teach: 老陆 takes two, 老潘 one, and each must get one."""
    for name in ("小许", "小郑", "小顾"):
        here.need(name)
    here.offer("老陆", least=1, most=2)
    here.offer("老潘", least=1, most=1)
    LIKING.update(
        {("小许", "老陆"): 90, ("小郑", "老陆"): 80, ("小顾", "老陆"): 70, ("小许", "老潘"): 85, ("小郑", "老潘"): 40}
        | {("小顾", "老潘"): 30}
    )
    return actions.open_round(here.town, actor=here.clerk, title="2026 年春")


def test_the_best_for_all_and_what_the_stable_one_costs(here: Garden, round_: Round) -> None:
    solved(here, round_)
    assert (round_.state, round_.trouble) == (State.SOLVED, "")
    board = queries.board(round_)
    assert pairs(round_) == {("小许", "老潘"), ("小郑", "老陆"), ("小顾", "老陆")}
    total, stable = board.solutions
    assert (total.objective, total.score, total.gap) == ("total", 235, 0)
    assert (stable.objective, stable.blocking) == ("stable", 0) and stable.score < total.score
    assert board.left_over == [] and board.moved == []
    pick = total.picks.order_by("pk").first()
    assert pick is not None and pick.parts == [["合得来", pick.score / 100, 1.0]]
    assert pick.sentence == f"{pick.offer.title}教{pick.need.title}"


def test_beside_each_stands_what_another_would_cost_the_whole(here: Garden, round_: Round) -> None:
    here.offer("老顾")
    LIKING.update({("小许", "老顾"): 84, ("小郑", "老顾"): 1, ("小顾", "老顾"): 1})
    solved(here, round_)
    need = Need.objects.get(title="小许")
    assert ("小许", "老潘") in pairs(round_)
    assert queries.instead_of(round_, need)[0] == (Offer.objects.get(title="老陆"), 35)


def test_the_officer_sees_how_far_it_is(here: Garden, round_: Round) -> None:
    actions.solve(round_, actor=here.clerk)
    round_.refresh_from_db()
    assert round_.state == State.SOLVING
    assert Progress.objects.get(job_id=round_.job).owner_id == here.clerk.account_id
    assert code_of(lambda: actions.solve(round_, actor=here.clerk)) == "pairings.wrong_state"


def test_nobody_there_is_told_in_words(here: Garden) -> None:
    here.need("小许")
    empty = solved(here, actions.open_round(here.town, actor=here.clerk, title="空的"))
    assert empty.state == State.POOL and "缺一边" in empty.trouble


def test_a_lock_stays_a_ban_holds_and_the_board_says_what_moved(here: Garden, round_: Round) -> None:
    solved(here, round_)
    need, offer = Need.objects.get(title="小郑"), Offer.objects.get(title="老潘")
    moved = actions.move(round_, actor=here.clerk, need_id=need.pk, offer_id=offer.pk)
    jobs.solve_round.func(moved.pk)
    moved.refresh_from_db()
    assert pairs(moved) == {("小郑", "老潘"), ("小许", "老陆"), ("小顾", "老陆")}
    rows = queries.board(moved).moved
    assert {(row.need.title, row.before and row.before.title, row.after and row.after.title) for row in rows} == {
        ("小郑", "老陆", "老潘"),
        ("小许", "老潘", "老陆"),
    }
    actions.hold(moved, actor=here.clerk, need_id=need.pk, offer_id=offer.pk, keep=False)
    assert pairs(solved(here, moved)) == {("小许", "老潘"), ("小郑", "老陆"), ("小顾", "老陆")}
    actions.unhold(moved, actor=here.clerk, need_id=need.pk, offer_id=offer.pk)
    assert not moved.holds.exists()


def test_locks_that_cannot_hold_together_are_told(here: Garden, round_: Round) -> None:
    offer = Offer.objects.get(title="老潘")
    for name in ("小许", "小郑"):
        need = Need.objects.get(title=name)
        actions.hold(round_, actor=here.clerk, need_id=need.pk, offer_id=offer.pk, keep=True)
    assert "解开" in solved(here, round_).trouble
    assert round_.state == State.POOL


def test_the_officer_may_take_the_other_answer(here: Garden, round_: Round) -> None:
    solved(here, round_)
    stable = actions.choose(round_, actor=here.clerk, objective="stable")
    assert pairs(stable) == {("小许", "老陆"), ("小郑", "老陆"), ("小顾", "老潘")}


def test_nothing_is_told_before_it_is_approved_and_then_both_are(here: Garden, round_: Round) -> None:
    solved(here, round_)
    assert not Proposal.objects.exists()
    actions.approve(round_, actor=here.clerk)
    for _again in range(2):  # the job may run twice
        jobs.tell_round.func(round_.pk)
    assert Proposal.objects.filter(round=round_, state="waiting").count() == 3
    assert queries.board(round_).desks[0].seats[0].proposal is not None


def test_a_no_gets_the_next_best_with_room(here: Garden, round_: Round) -> None:
    here.offer("老顾", most=1)
    solved(here, round_)
    actions.approve(round_, actor=here.clerk)
    jobs.tell_round.func(round_.pk)
    said_no = Proposal.objects.get(need__title="小许")
    assert said_no.offer.title == "老潘"
    actions.decline(said_no, actor=here.actor("小许"), reason="住得太远")
    jobs.offer_next.func(round_.pk, said_no.need_id)
    jobs.offer_next.func(round_.pk, said_no.need_id)
    assert Proposal.objects.get(need__title="小许", state="waiting").offer.title == "老陆"
    assert [one.title for one in queries.short(Offer, here.town.area, KIND)] == ["老潘"]


def test_solved_again_what_was_accepted_stays_and_who_said_no_is_not_asked_again(here: Garden, round_: Round) -> None:
    solved(here, round_)
    actions.approve(round_, actor=here.clerk)
    jobs.tell_round.func(round_.pk)
    for name in ("小郑", "老陆"):
        actions.accept(Proposal.objects.get(need__title="小郑"), actor=here.actor(name))
    actions.decline(Proposal.objects.get(need__title="小许"), actor=here.actor("老潘"), reason="住院")
    again = solved(here, round_)
    assert pairs(again) == {("小顾", "老陆")}
    assert Pairing.objects.get().need.title == "小郑"
    actions.approve(again, actor=here.clerk)
    jobs.tell_round.func(again.pk)
    assert Proposal.objects.count() == 3
    assert queries.board(again).left_over == [Need.objects.get(title="小许")]


def test_hard_conditions_are_counted_and_least_that_cannot_be_met_is_said(here: Garden, round_: Round) -> None:
    NEVER.update({(name, "老潘") for name in ("小许", "小郑", "小顾")})
    solved(here, round_)
    assert round_.excluded == [["亲戚", 3]]
    assert round_.chosen is not None
    [(side, missing, _why)] = queries.short_in_words(round_.chosen)
    assert (side.title, missing) == ("老潘", 1)


def test_one_of_a_kind_and_place_at_a_time_and_its_candidates_go_with_it(
    here: Garden, round_: Round, stored: Any, django_capture_on_commit_callbacks: Any
) -> None:
    solved(here, round_)
    known = candidates.read(round_.candidates_as)
    assert known is not None and len(known.score) == 6
    code = code_of(lambda: actions.open_round(here.town, actor=here.clerk, title="又一轮"))
    assert code == "pairings.round_open_already"
    need = Need.objects.get(title="小顾")
    best = queries.options(round_, need)
    assert [(one.offer.title, one.score, one.now) for one in best] == [("老陆", 70, True), ("老潘", 30, False)]
    assert len(stored()) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.close_round(round_, actor=here.clerk, key=uuid.uuid4()).state == State.CLOSED
    assert not stored()
    actions.open_round(here.town, actor=here.clerk, title="又一轮")


def test_only_the_officer_of_the_place_runs_it(here: Garden, round_: Round) -> None:
    solved(here, round_)
    for actor in (here.here.cadre, here.here.outsider, here.actor("小许")):
        with pytest.raises(Forbidden):
            actions.approve(round_, actor=actor)
        with pytest.raises(Forbidden):
            actions.solve(round_, actor=actor)
        assert queries.round_for(actor, round_.pk) is None
