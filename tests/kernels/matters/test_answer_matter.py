"""Answering in public words; the clock stops and the author has the word."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.kernels.matters.conftest import ANSWER, UNTIL, Village, at, receipt_of, steps, told
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access.models import Account
from xianglin.kernels.matters import actions, rules
from xianglin.kernels.matters.models import Answer, Matter, State

pytestmark = pytest.mark.usefixtures("morning")


def test_the_clock_stops_and_the_author_is_told(here: Village, trailed: Callable[..., Any]) -> None:
    matter = here.answered(phone="13800000077")
    assert (matter.state, matter.answer, matter.answered_on) == (State.ANSWERED, ANSWER, dt.date(2026, 3, 10))
    assert matter.clock_stopped_on == dt.date(2026, 3, 10)
    assert matter.next_on == dt.date(2026, 3, 20)  # ten days for the author
    assert told("matters.answered") == [(None, "sms")]
    assert trailed(matter)[-1] == ("matters.answer", here.second.ref)
    assert steps(matter)[-1] == "answered"


def test_an_authors_account_reads_it_in_the_app(here: Village) -> None:
    matter = here.given(by=here.villager)
    actions.answer_matter(matter, actor=here.second, text=ANSWER)
    assert (here.villager.account_id, "in_app") in told("matters.answered")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("已给徐阿珍家修好", "matters.leak"),
        ("有事打 13912345678", "matters.leak"),
        ("身份证 330523195003072117 已登记", "matters.leak"),
        ("", "matters.nothing_to_publish"),
    ],
)
def test_personal_things_do_not_get_out(here: Village, text: str, code: str) -> None:
    matter = here.given(name="徐阿珍")
    with pytest.raises(Refused) as refusal:
        actions.answer_matter(matter, actor=here.second, text=text)
    assert refusal.value.code == code
    assert not Answer.objects.exists() and not told("matters.answered")
    assert Matter.objects.get(pk=matter.pk).state == State.ASSIGNED


@pytest.mark.parametrize("who", ["cadre", "clerk", "beside", "inspector", "villager", "outsider"])
def test_only_who_has_it_answers(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        actions.answer_matter(here.given(), actor=getattr(here, who), text=ANSWER)


def test_the_author_does_not_answer_themselves(here: Village) -> None:
    matter = here.given()
    with pytest.raises(Forbidden):
        actions.answer_matter(matter, actor=receipt_of(matter), text=ANSWER)


def test_twice_with_one_key_is_one_answer(here: Village) -> None:
    matter, key = here.given(), uuid.uuid4()
    for _twice in (1, 2):
        actions.answer_matter(matter, actor=here.second, text=ANSWER, key=key)
    assert Answer.objects.count() == 1
    with pytest.raises(Refused) as refusal:
        actions.answer_matter(matter, actor=here.second, text="再答一次")
    assert refusal.value.code == "matters.wrong_state"


def test_a_late_answer_keeps_the_missed_day(here: Village) -> None:
    matter = here.given()
    with clock.living_at(at("2026-05-20")):
        late = actions.answer_matter(matter, actor=here.second, text=ANSWER)
    assert (late.due_on, late.next_on) == (dt.date(2026, 4, 10), dt.date(2026, 5, 30))


def test_an_answer_while_the_clock_stands(here: Village) -> None:
    matter = actions.suspend_work(here.given(), actor=here.second, reason="等配件到货", until=UNTIL)
    matter = actions.answer_matter(matter, actor=here.second, text=ANSWER)
    assert len(matter.pauses) == 1 and matter.state == State.ANSWERED


def test_words_are_proposed_and_taken_by_one_press_also_without_scripts(here: Village) -> None:
    matter = here.given()
    desk = as_account(Account.objects.get(pk=here.second.account_id))
    address = f"/matters/{matter.pk}/answer/"
    words = "您说的事，3 月 10 日办好了，请您看看、试试。还不行，就按“没解决”。"
    page = desk.get(address).content.decode()
    assert words in page and words not in page.split("<textarea", 1)[1]
    assert words in desk.get(f"{address}?propose=1").content.decode().split("<textarea", 1)[1]
    desk.cookies["django_language"] = "en"
    assert words in desk.get(address).content.decode(), "what is stored is Chinese whatever its writer reads"
    titled = rules.words_when_done("桥头路灯不亮", dt.date(2026, 3, 10))
    assert titled == "“桥头路灯不亮”，3 月 10 日办好了，请您看看、试试。还不行，就按“没解决”。"
