"""Withdrawn, rejected, transferred."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.kernels.matters.conftest import ANSWER, Village, receipt_of, steps, told
from xianglin.base import clock
from xianglin.base.actor import NOBODY, Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import Matter, State

pytestmark = pytest.mark.usefixtures("morning")
End = Callable[[Matter, Actor], Matter]
ENDS: dict[str, End] = {
    "rejected": lambda m, a: actions.reject_matter(m, actor=a, reason="已过时效"),
    "transferred": lambda m, a: actions.transfer_matter(m, actor=a, to="供电所", reason="归供电所管"),
}


@pytest.mark.parametrize("way", ENDS)
@pytest.mark.parametrize("who", ["cadre", "clerk", "county"])
def test_the_receiving_post_ends_it(here: Village, way: str, who: str, trailed: Callable[..., Any]) -> None:
    matter = here.given(phone="13800000077")
    done = ENDS[way](matter, getattr(here, who))
    assert (done.state, done.open, done.closed_on) == (way, False, clock.today())
    assert done.clock_stopped_on == clock.today()
    assert trailed(done)[-1][0] == {"rejected": "matters.reject", "transferred": "matters.transfer"}[way]
    assert steps(done)[-1] == way
    assert told(f"matters.{way}") == [(None, "sms")]


@pytest.mark.parametrize("way", ENDS)
@pytest.mark.parametrize("who", ["second_villager", "beside", "inspector", "outsider", "officer"])
def test_not_theirs_to_end(here: Village, way: str, who: str) -> None:
    with pytest.raises(Forbidden):
        ENDS[way](here.say(), getattr(here, who, here.villager))


@pytest.mark.parametrize("way", ENDS)
def test_not_once_it_is_answered(here: Village, way: str) -> None:
    with pytest.raises(Refused) as refusal:
        ENDS[way](here.answered(), here.cadre)
    assert refusal.value.code == "matters.wrong_state"


@pytest.mark.parametrize("reason", ["徐阿珍已经报过", "打 13912345678 问", " "])
def test_a_reason_without_anything_personal(here: Village, reason: str) -> None:
    matter = here.say(name="徐阿珍")
    with pytest.raises(Refused):
        actions.reject_matter(matter, actor=here.cadre, reason=reason)
    with pytest.raises(Refused):
        actions.transfer_matter(matter, actor=here.cadre, to="供电所", reason=reason)
    assert Matter.objects.get(pk=matter.pk).open


@pytest.mark.parametrize("when", ["received", "given", "answered"])
def test_its_author_takes_it_back(here: Village, when: str) -> None:
    matter = here.say() if when == "received" else getattr(here, when)()
    key = uuid.uuid4()
    for _twice in (1, 2):
        done = actions.withdraw_matter(matter, actor=receipt_of(matter), key=key)
    assert (done.state, done.open, len(done.pauses)) == (State.WITHDRAWN, False, 1)
    assert steps(done).count("withdrawn") == 1


@pytest.mark.parametrize("who", ["cadre", "second", "clerk", "inspector", "villager", "outsider"])
def test_nobody_else_takes_it_back(here: Village, who: str) -> None:
    matter = here.given()
    for actor in (getattr(here, who), NOBODY):
        with pytest.raises(Forbidden):
            actions.withdraw_matter(matter, actor=actor)


def test_ended_is_ended(here: Village) -> None:
    matter = actions.reject_matter(here.given(), actor=here.cadre, reason="已过时效")
    for deed in (
        lambda: actions.answer_matter(matter, actor=here.second, text=ANSWER),
        lambda: actions.withdraw_matter(matter, actor=receipt_of(matter)),
        lambda: actions.triage_matter(matter, actor=here.cadre, title="灯", category="", public=True),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert refusal.value.code == "matters.wrong_state"
