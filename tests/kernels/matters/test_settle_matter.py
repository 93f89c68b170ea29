"""The author's word settles, and nothing else does."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.kernels.matters.conftest import ANSWER, Village, at, receipt_of, steps, told
from xianglin.base import clock
from xianglin.base.actor import NOBODY
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.matters import actions, queries
from xianglin.kernels.matters.models import State, Word

pytestmark = pytest.mark.usefixtures("morning")


def test_settled_by_its_receipt(here: Village, trailed: Callable[..., Any]) -> None:
    matter = here.answered()
    with clock.living_at(at("2026-03-12")):
        done = actions.settle_matter(matter, actor=receipt_of(matter), settled=True, text="亮了，谢谢")
    assert (done.state, done.open, done.closed_on) == (State.SETTLED, False, dt.date(2026, 3, 12))
    word = Word.objects.get()
    assert (word.settled, word.how, word.noted_by_id) == (True, "page", None)
    assert word.text is not None and word.text.open() == "亮了，谢谢"
    assert trailed(done)[-1] == ("matters.settle", f"receipt:{matter.pk}")
    assert steps(done)[-1] == "settled"


def test_not_settled_goes_on_in_the_time_that_remained(here: Village) -> None:
    matter = here.given()
    with clock.living_at(at("2026-03-20")):  # 21 days remain
        matter = actions.answer_matter(matter, actor=here.second, text=ANSWER)
    with clock.living_at(at("2026-04-01")):
        again = actions.settle_matter(matter, actor=receipt_of(matter), settled=False)
    assert (again.state, again.round, again.open, again.clock_stopped_on) == (State.REOPENED, 2, True, None)
    assert (again.due_on, again.next_on) == (dt.date(2026, 4, 22), dt.date(2026, 4, 22))
    assert again.handler_id == here.second.account_id
    assert told("matters.not_settled") == [(here.second.account_id, "in_app")]
    with clock.living_at(at("2026-04-02")):
        second = actions.answer_matter(again, actor=here.second, text="又去了一趟，这回亮了。")
    assert [a.text for a in second.answers.order_by("round")] == [ANSWER, "又去了一趟，这回亮了。"]


def test_an_account_settles_its_own(here: Village) -> None:
    matter = here.given(by=here.villager)
    matter = actions.answer_matter(matter, actor=here.second, text=ANSWER)
    assert actions.settle_matter(matter, actor=here.villager, settled=True).state == State.SETTLED


@pytest.mark.parametrize(
    "who", ["cadre", "second", "clerk", "beside", "inspector", "villager", "outsider", "officer", "county"]
)
def test_nobody_else_settles(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        actions.settle_matter(here.answered(), actor=getattr(here, who), settled=True)


def test_neither_nobody_nor_another_matters_receipt(here: Village) -> None:
    matter, other = here.answered(), here.answered()
    for actor in (NOBODY, receipt_of(other)):
        with pytest.raises(Forbidden):
            actions.settle_matter(matter, actor=actor, settled=True)


def test_a_cadre_who_said_it_does_not_settle_their_own_answer(here: Village) -> None:
    """Said on the public page while logged in, then handed to the very person."""
    matter = here.given(to=here.second, by=here.second)
    matter = actions.answer_matter(matter, actor=here.second, text=ANSWER)
    with pytest.raises(Refused) as refusal:
        actions.settle_matter(matter, actor=here.second, settled=True)
    assert refusal.value.code == "matters.own_answer"


@pytest.mark.parametrize("state", ["received", "assigned", "settled", "withdrawn"])
def test_only_an_answer_is_settled(here: Village, state: str) -> None:
    matter = here.say()
    if state != "received":
        matter = actions.assign_matter(matter, actor=here.cadre, account_id=here.second.account_id)
    if state == "settled":
        matter = actions.answer_matter(matter, actor=here.second, text=ANSWER)
        matter = actions.settle_matter(matter, actor=receipt_of(matter), settled=True)
    if state == "withdrawn":
        matter = actions.withdraw_matter(matter, actor=receipt_of(matter))
    with pytest.raises(Refused) as refusal:
        actions.settle_matter(matter, actor=receipt_of(matter), settled=True)
    assert refusal.value.code == "matters.wrong_state"


def test_pressed_twice_is_one_word(here: Village) -> None:
    matter, key = here.answered(), uuid.uuid4()
    for _twice in (1, 2):
        actions.settle_matter(matter, actor=receipt_of(matter), settled=False, key=key)
    assert Word.objects.count() == 1
    found = queries.Matter.objects.get(pk=matter.pk)
    assert (found.round, found.state) == (2, State.REOPENED)
