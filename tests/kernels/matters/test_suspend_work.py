"""The clock stands while something outside the village's hands is waited for."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.kernels.matters.conftest import Village, at, steps
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.matters import actions

pytestmark = pytest.mark.usefixtures("morning")


def test_days_that_stood_do_not_count(here: Village, trailed: Callable[..., Any]) -> None:
    with clock.living_at(at("2026-03-12")):
        stands = actions.suspend_work(here.given(), actor=here.second, reason="等配件到货")
    assert (stands.due_on, stands.clock_stopped_on) == (None, dt.date(2026, 3, 12))
    with clock.living_at(at("2026-03-19")):
        runs = actions.resume_work(stands, actor=here.second)
    # 10 March to 10 April at first; said on the 12th in this story, and seven days later
    assert runs.due_on == dt.date(2026, 4, 20)  # 19 April is a Sunday
    assert [(p["from_on"], p["to_on"]) for p in runs.pauses] == [("2026-03-12", "2026-03-19")]
    assert steps(runs)[-2:] == ["suspended", "resumed"]
    assert [a for a, _w in trailed(runs)][-2:] == ["matters.suspend", "matters.resume"]


def test_never_twice_at_once(here: Village) -> None:
    matter = actions.suspend_work(here.given(), actor=here.second, reason="等配件到货")
    with pytest.raises(Refused) as refusal:
        actions.suspend_work(matter, actor=here.second, reason="再等等")
    assert refusal.value.code == "deadlines.already_stopped"
    matter = actions.resume_work(matter, actor=here.second)
    with pytest.raises(Refused) as refusal:
        actions.resume_work(matter, actor=here.second)
    assert refusal.value.code == "deadlines.not_stopped"
    assert matter.pauses == []  # it stood no whole day


@pytest.mark.parametrize("reason", ["等徐阿珍回来", "打 13912345678 问", ""])
def test_the_reason_is_read_by_everyone(here: Village, reason: str) -> None:
    with pytest.raises(Refused):
        actions.suspend_work(here.given(name="徐阿珍"), actor=here.second, reason=reason)


@pytest.mark.parametrize("who", ["cadre", "villager", "beside", "clerk", "inspector", "outsider"])
def test_only_who_has_it(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        actions.suspend_work(here.given(), actor=getattr(here, who), reason="等配件到货")


def test_not_before_somebody_has_it_nor_after_the_answer(here: Village) -> None:
    with pytest.raises(Forbidden):
        actions.suspend_work(here.say(), actor=here.second, reason="等配件到货")
    with pytest.raises(Refused) as refusal:
        actions.suspend_work(here.answered(), actor=here.second, reason="等配件到货")
    assert refusal.value.code == "matters.wrong_state"
