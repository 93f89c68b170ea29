"""Duplicates under a parent: one answer, each author's own words, and back again."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.kernels.matters.conftest import ANSWER, UNTIL, Village, at, receipt_of, steps, told
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.matters import actions, likeness, queries
from xianglin.kernels.matters.models import Matter, State

pytestmark = pytest.mark.usefixtures("morning")


def fresh(matter: Matter) -> Matter:
    return Matter.objects.get(pk=matter.pk)


def pair(here: Village) -> tuple[Matter, Matter]:
    """The parent was said later than the duplicate, so the duplicate's day is the earlier one."""
    with clock.living_at(at("2026-03-03")):
        child = here.say(words="桥头灯不亮。", phone="13800000077", name="徐阿珍")
    parent = here.given()
    return parent, actions.link_duplicate(child, actor=here.cadre, parent_id=parent.pk)


def test_the_parent_takes_the_earliest_day(here: Village, trailed: Callable[..., Any]) -> None:
    parent, child = pair(here)
    assert (child.parent_id, child.state, child.handler_id) == (parent.pk, State.ASSIGNED, here.second.account_id)
    assert (child.due_on, fresh(parent).next_on) == (dt.date(2026, 4, 3), dt.date(2026, 4, 3))
    assert (fresh(parent).due_on, fresh(parent).child_count) == (dt.date(2026, 4, 10), 1)
    assert trailed(parent)[-1] == ("matters.link", here.cadre.ref)
    assert trailed(child)[-1] == ("matters.link", here.cadre.ref)


def test_one_answer_reaches_every_author(here: Village, trailed: Callable[..., Any]) -> None:
    parent, child = pair(here)
    actions.answer_matter(parent, actor=here.second, text=ANSWER)
    assert (fresh(child).state, fresh(child).answer) == (State.ANSWERED, ANSWER)
    assert told("matters.answered") == [(None, "sms")]
    assert trailed(child)[-1] == ("matters.answer", here.second.ref)
    assert queries.words_of(fresh(child)) == "桥头灯不亮。"
    done = actions.settle_matter(child, actor=receipt_of(child), settled=True)
    assert done.state == State.SETTLED and fresh(parent).state == State.ANSWERED


def test_no_name_of_any_of_them_gets_out(here: Village) -> None:
    parent, _child = pair(here)
    with pytest.raises(Refused) as refusal:
        actions.answer_matter(parent, actor=here.second, text="已给徐阿珍家修好")
    assert refusal.value.code == "matters.leak"


def test_whom_it_did_not_help_goes_their_own_way(here: Village) -> None:
    parent, child = pair(here)
    actions.answer_matter(parent, actor=here.second, text=ANSWER)
    child = actions.settle_matter(child, actor=receipt_of(child), settled=False)
    assert (child.state, child.parent_id, fresh(parent).child_count) == (State.REOPENED, None, 0)


def test_apart_again(here: Village) -> None:
    parent, child = pair(here)
    child = actions.unlink_duplicate(child, actor=here.cadre)
    assert (child.parent_id, child.next_on) == (None, dt.date(2026, 4, 3))
    assert (fresh(parent).child_count, fresh(parent).next_on) == (0, dt.date(2026, 4, 10))
    assert steps(child)[-2:] == ["linked", "unlinked"]
    with pytest.raises(Refused) as refusal:
        actions.unlink_duplicate(child, actor=here.cadre)
    assert refusal.value.code == "matters.not_linked"


def test_a_standing_clock_below_no_longer_hurries_the_parent(here: Village) -> None:
    parent, child = pair(here)
    actions.suspend_work(child, actor=here.second, reason="等配件到货", until=UNTIL)
    assert fresh(parent).next_on == dt.date(2026, 4, 10)


def test_handing_on_takes_the_duplicates_along(here: Village) -> None:
    parent, child = pair(here)
    actions.assign_matter(parent, actor=here.clerk, account_id=here.clerk.account_id)
    assert fresh(child).handler_id == here.clerk.account_id
    actions.bounce_matter(parent, actor=here.clerk, reason="不归镇里")
    assert (fresh(child).state, fresh(child).handler_id, fresh(child).parent_id) == (State.RECEIVED, None, parent.pk)


def test_a_bounced_duplicate_stands_alone(here: Village) -> None:
    parent, child = pair(here)
    child = actions.bounce_matter(child, actor=here.second, reason="不是同一盏灯")
    assert (child.parent_id, child.state, fresh(parent).child_count) == (None, State.RECEIVED, 0)


@pytest.mark.parametrize("way", ["reject", "transfer", "withdraw", "quarantine"])
def test_a_parent_that_ends_lets_its_duplicates_go(here: Village, way: str) -> None:
    parent, child = pair(here)
    if way == "reject":
        actions.reject_matter(parent, actor=here.cadre, reason="已过时效")
    elif way == "transfer":
        actions.transfer_matter(parent, actor=here.cadre, to="供电所", reason="归供电所管")
    elif way == "withdraw":
        actions.withdraw_matter(parent, actor=receipt_of(parent))
    else:
        actions.quarantine_matter(parent, actor=here.cadre)
    assert (fresh(child).parent_id, fresh(child).open, fresh(child).handler_id) == (
        None, True, here.second.account_id,
    )  # fmt: skip
    assert fresh(parent).child_count == 0


def test_what_it_may_not_be_linked_to(here: Village) -> None:
    parent, child = pair(here)
    other, alone = here.given(), here.given()
    with clock.living_at(at("2026-03-11")):
        beside = here.say(place=here.cast.places.beside_village)
        actions.assign_matter(beside, actor=here.beside, account_id=here.beside.account_id)
    refused = {
        alone.pk: "matters.no_such_parent",  # itself
        child.pk: "matters.no_such_parent",  # linked already
        beside.pk: "matters.no_such_parent",  # another village's: not theirs to know
        10**9: "matters.no_such_parent",
        here.say().pk: "matters.wrong_state",  # somebody has the one, nobody the other
    }
    for parent_id, code in refused.items():
        with pytest.raises(Refused) as refusal:
            actions.link_duplicate(alone, actor=here.cadre, parent_id=parent_id)
        assert refusal.value.code == code
    for row, code in ((parent, "matters.no_such_parent"), (child, "matters.linked_already")):
        with pytest.raises(Refused) as refusal:
            actions.link_duplicate(row, actor=here.cadre, parent_id=other.pk)
        assert refusal.value.code == code
    linked = actions.link_duplicate(alone, actor=here.clerk, parent_id=beside.pk)  # the town sees both
    assert linked.handler_id == here.beside.account_id


def test_an_unchecked_title_is_not_shown_to_the_other_author(here: Village) -> None:
    parent, child = pair(here)
    assert child.steps.get(verb="linked").text == parent.slip


@pytest.mark.parametrize("who", ["villager", "second_of_none", "beside", "inspector", "outsider"])
def test_not_theirs_to_link(here: Village, who: str) -> None:
    parent, other = here.given(), here.say()
    actor = getattr(here, who, here.officer)
    with pytest.raises(Forbidden):
        actions.link_duplicate(other, actor=actor, parent_id=parent.pk)


def test_two_that_nobody_has_yet_are_handed_out_together(here: Village) -> None:
    one, two = here.say(), here.say()
    assert likeness.like_this(two)[:1] == [one]
    linked = actions.link_duplicate(two, actor=here.cadre, parent_id=one.pk)
    assert linked.state == State.RECEIVED
    actions.assign_matter(one, actor=here.cadre, account_id=here.second.account_id)
    assert (fresh(linked).state, fresh(linked).handler_id) == (State.ASSIGNED, here.second.account_id)


def test_only_what_is_alike_is_offered(here: Village) -> None:
    here.say(words="水管漏水了。"), here.say(words="公交班次太少。")
    lamp = here.say(words="桥头的路灯不亮了。")
    assert likeness.like_this(lamp) == []
    assert likeness.like_this(here.say(words="桥头路灯不亮，看不见路。")) == [lamp]
