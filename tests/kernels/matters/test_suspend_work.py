"""The clock stands while something outside the village's hands is waited for."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.kernels.matters.conftest import ANSWER, UNTIL, Village, at, steps, told
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.notices.models import Notice
from xianglin.kernels.matters import actions, jobs
from xianglin.kernels.matters.models import Matter

pytestmark = pytest.mark.usefixtures("morning")


def test_days_that_stood_do_not_count(here: Village, trailed: Callable[..., Any]) -> None:
    with clock.living_at(at("2026-03-12")):
        stands = actions.suspend_work(here.given(), actor=here.second, reason="等配件到货", until=UNTIL)
    assert (stands.due_on, stands.clock_stopped_on) == (None, dt.date(2026, 3, 12))
    with clock.living_at(at("2026-03-19")):
        runs = actions.resume_work(stands, actor=here.second)
    # 10 March to 10 April at first; said on the 12th in this story, and seven days later
    assert runs.due_on == dt.date(2026, 4, 20)  # 19 April is a Sunday
    assert [(p["from_on"], p["to_on"]) for p in runs.pauses] == [("2026-03-12", "2026-03-19")]
    assert steps(runs)[-2:] == ["suspended", "resumed"]
    assert [a for a, _w in trailed(runs)][-2:] == ["matters.suspend", "matters.resume"]


def test_the_author_is_told_why_and_until_when(here: Village) -> None:
    actions.suspend_work(here.given(phone="13800000077"), actor=here.second, reason="等水务配件", until=UNTIL)
    assert told("matters.suspended") == [(None, "sms")]
    (variables,) = Notice.objects.filter(template="matters.suspended").values_list("variables", flat=True)
    assert (variables["reason"], variables["until"]) == ("等水务配件", str(UNTIL))


def test_never_twice_at_once(here: Village) -> None:
    matter = actions.suspend_work(here.given(), actor=here.second, reason="等配件到货", until=UNTIL)
    with pytest.raises(Refused) as refusal:
        actions.suspend_work(matter, actor=here.second, reason="再等等", until=UNTIL)
    assert refusal.value.code == "deadlines.already_stopped"
    matter = actions.resume_work(matter, actor=here.second)
    with pytest.raises(Refused) as refusal:
        actions.resume_work(matter, actor=here.second)
    assert refusal.value.code == "deadlines.not_stopped"
    assert matter.pauses == []  # it stood no whole day


def test_it_ends_on_its_day_by_itself(here: Village) -> None:
    stands = actions.suspend_work(here.given(), actor=here.second, reason="等配件到货", until=UNTIL)
    assert (stands.next_on, stands.review_on) == (UNTIL, UNTIL)
    with clock.living_at(at("2026-04-30")):
        assert jobs.review.func() == 0
    with clock.living_at(at("2026-05-01")):
        assert jobs.review.func() == 1
    runs = Matter.objects.get(pk=stands.pk)
    assert (runs.clock_stopped_on, runs.review_on, runs.next_on) == (None, None, runs.due_on)


@pytest.mark.parametrize("until", [dt.date(2026, 3, 10), dt.date(2026, 6, 11), dt.date(9999, 1, 1)])
def test_not_for_ever(here: Village, until: dt.date) -> None:
    with pytest.raises(Refused) as refusal:
        actions.suspend_work(here.given(), actor=here.second, reason="等配件到货", until=until)
    assert refusal.value.code == "matters.day_out_of_reach"


def test_an_answer_ends_the_pause_too(here: Village) -> None:
    stands = actions.suspend_work(here.given(), actor=here.second, reason="等配件到货", until=UNTIL)
    answered = actions.answer_matter(stands, actor=here.second, text=ANSWER)
    assert answered.review_on is None
    with clock.living_at(at("2026-05-01")):
        assert jobs.review.func() == 0


@pytest.mark.parametrize("reason", ["等徐阿珍回来", "打 13912345678 问", ""])
def test_the_reason_is_read_by_everyone(here: Village, reason: str) -> None:
    with pytest.raises(Refused):
        actions.suspend_work(here.given(name="徐阿珍"), actor=here.second, reason=reason, until=UNTIL)


@pytest.mark.parametrize("who", ["cadre", "villager", "beside", "clerk", "inspector", "outsider"])
def test_only_who_has_it(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        actions.suspend_work(here.given(), actor=getattr(here, who), reason="等配件到货", until=UNTIL)


def test_not_before_somebody_has_it_nor_after_the_answer(here: Village) -> None:
    with pytest.raises(Forbidden):
        actions.suspend_work(here.say(), actor=here.second, reason="等配件到货", until=UNTIL)
    with pytest.raises(Refused) as refusal:
        actions.suspend_work(here.answered(), actor=here.second, reason="等配件到货", until=UNTIL)
    assert refusal.value.code == "matters.wrong_state"
