"""A question with several parts: each part its own matter, all of them the same author's."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from tests.kernels.matters.conftest import ANSWER, UNTIL, WORDS, Village, at, receipt_of, steps
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.matters import actions, queries, rules
from xianglin.kernels.matters.models import Matter, State

pytestmark = pytest.mark.usefixtures("morning")


def test_parts_keep_words_author_and_day(here: Village, trailed: Callable[..., Any]) -> None:
    whole = actions.split_matter(here.given(), actor=here.cadre, titles=["路灯不亮", " ", "路面有坑", "桶满了"])
    parts = list(Matter.objects.filter(split_from=whole).order_by("pk"))
    assert whole.title == "路灯不亮" and [p.title for p in parts] == ["路面有坑", "桶满了"]
    for part in parts:
        assert (part.state, part.handler_id, part.due_on) == (State.RECEIVED, None, whole.due_on)
        assert (queries.words_of(part), part.author_id) == (WORDS, whole.author_id)
        assert trailed(part) == [("matters.split", here.cadre.ref)]
        assert steps(part) == ["split_off"]
    assert [p.serial for p in parts] == [2, 3]
    assert steps(whole)[-1] == "split"


def test_the_receipt_speaks_for_every_part_and_their_parts(here: Village) -> None:
    whole = actions.split_matter(here.say(), actor=here.cadre, titles=["路灯", "路面和桶"])
    part = Matter.objects.get(split_from=whole)
    actions.split_matter(part, actor=here.cadre, titles=["路面", "桶"])
    for one in Matter.objects.exclude(pk=whole.pk):
        assert rules.is_author(receipt_of(whole), one)
        one = actions.assign_matter(one, actor=here.cadre, account_id=here.second.account_id)
        one = actions.answer_matter(one, actor=here.second, text=ANSWER)
        assert actions.settle_matter(one, actor=receipt_of(whole), settled=True).state == State.SETTLED
    assert not rules.is_author(receipt_of(part), whole)


def test_a_part_of_what_was_answered_before_starts_unanswered(here: Village) -> None:
    matter = here.answered()
    matter = actions.settle_matter(matter, actor=receipt_of(matter), settled=False)
    matter = actions.suspend_work(matter, actor=here.second, reason="等配件到货", until=UNTIL)
    with clock.living_at(at("2026-03-12")):
        whole = actions.split_matter(matter, actor=here.cadre, titles=["路灯", "路面"])
    part = Matter.objects.get(split_from=whole)
    assert (part.answer, part.answered_on, part.round, part.clock_stopped_on) == ("", None, 1, None)
    assert (whole.answer, whole.clock_stopped_on) == (ANSWER, dt.date(2026, 3, 10))


@pytest.mark.parametrize(
    ("titles", "code"),
    [
        (["只有一件"], "matters.nothing_to_split"),
        (["路灯", "徐阿珍家的路"], "matters.leak"),
        (["路灯", "长" * 41], "matters.title_too_long"),
    ],
)
def test_titles_that_do_not_do(here: Village, titles: list[str], code: str) -> None:
    matter = here.say(name="徐阿珍")
    with pytest.raises(Refused) as refusal:
        actions.split_matter(matter, actor=here.cadre, titles=titles)
    assert refusal.value.code == code
    assert Matter.objects.count() == 1


@pytest.mark.parametrize("who", ["villager", "beside", "inspector", "outsider", "officer"])
def test_not_theirs_to_split(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        actions.split_matter(here.say(), actor=getattr(here, who), titles=["一", "二"])


def test_not_once_it_is_answered(here: Village) -> None:
    with pytest.raises(Refused) as refusal:
        actions.split_matter(here.answered(), actor=here.cadre, titles=["一", "二"])
    assert refusal.value.code == "matters.wrong_state"
