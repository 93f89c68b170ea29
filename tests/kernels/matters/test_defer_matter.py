"""暂不具备条件: with the reason, and the day it is looked at again."""

import datetime as dt

import pytest

from tests.kernels.matters.conftest import UNTIL, Village, at, steps, told
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import State

pytestmark = pytest.mark.usefixtures("morning")
LATER = dt.date(2026, 6, 1)


def test_looked_at_again_with_the_time_that_remained(here: Village) -> None:
    with clock.living_at(at("2026-03-30")):
        matter = actions.defer_matter(
            here.given(phone="13800000077"), actor=here.second, reason="要等水利项目批下来", review_on=LATER
        )
    assert (matter.state, matter.open, matter.next_on, matter.review_on) == (State.DEFERRED, True, LATER, LATER)
    assert told("matters.deferred") == [(None, "sms")]
    with clock.living_at(at("2026-06-01")):
        again = actions.review_deferred(matter, actor=here.second)
    assert (again.state, again.review_on, again.clock_stopped_on) == (State.IN_HAND, None, None)
    assert again.due_on is not None and again.due_on > LATER
    assert again.next_on == again.due_on
    assert steps(again)[-2:] == ["deferred", "reviewed"]


def test_a_standing_clock_goes_on_standing(here: Village) -> None:
    matter = actions.suspend_work(here.given(), actor=here.second, reason="等配件到货", until=UNTIL)
    matter = actions.defer_matter(matter, actor=here.second, reason="配件停产了", review_on=LATER)
    assert len(matter.pauses) == 1
    with clock.living_at(at("2026-04-10")):
        again = actions.review_deferred(matter, actor=here.second)
    assert again.clock_stopped_on is None and len(again.pauses) == 1


@pytest.mark.parametrize(
    ("reason", "review_on", "code"),
    [
        ("等项目", dt.date(2026, 3, 10), "matters.day_out_of_reach"),
        ("等项目", dt.date(2027, 3, 11), "matters.day_out_of_reach"),
        ("等项目", dt.date(9999, 1, 1), "matters.day_out_of_reach"),
        ("等徐阿珍签字", LATER, "matters.leak"),
        (" ", LATER, "matters.nothing_to_publish"),
    ],
)
def test_what_is_refused(here: Village, reason: str, review_on: dt.date, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.defer_matter(here.given(name="徐阿珍"), actor=here.second, reason=reason, review_on=review_on)
    assert refusal.value.code == code


@pytest.mark.parametrize("who", ["cadre", "villager", "beside", "clerk", "inspector", "outsider"])
def test_only_who_has_it(here: Village, who: str) -> None:
    matter = here.given()
    with pytest.raises(Forbidden):
        actions.defer_matter(matter, actor=getattr(here, who), reason="等项目", review_on=LATER)
    matter = actions.defer_matter(matter, actor=here.second, reason="等项目", review_on=LATER)
    if who in ("cadre", "clerk"):  # the receiving post: whoever had it may have left
        assert actions.review_deferred(matter, actor=getattr(here, who)).state == State.IN_HAND
        return
    with pytest.raises(Forbidden):
        actions.review_deferred(matter, actor=getattr(here, who))
