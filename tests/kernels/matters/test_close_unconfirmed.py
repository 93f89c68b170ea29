"""No word from the author: only after the waiting period and an attempt, counted apart, reopenable."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from tests.kernels.matters.conftest import Village, at, receipt_of, steps
from tests.support.cast import as_account, by_password
from xianglin.base import clock
from xianglin.base.actor import system
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import Attempt, Matter, State

pytestmark = pytest.mark.usefixtures("morning")


def attempted(here: Village) -> Matter:
    matter = here.answered()
    actions.note_attempt(matter, actor=here.clerk, note="打了两次，没人接")
    return matter


def test_closed_the_day_after_the_last(here: Village, trailed: Callable[..., Any]) -> None:
    matter = attempted(here)
    with clock.living_at(at("2026-03-20", "23:59")):
        with pytest.raises(Refused) as refusal:
            actions.close_unconfirmed(matter, actor=here.cadre)
        assert refusal.value.code == "matters.still_waiting"
    with clock.living_at(at("2026-03-21", "00:00")):
        done = actions.close_unconfirmed(matter, actor=system("matters"))
    assert (done.state, done.open, done.closed_on) == (State.UNCONFIRMED, False, dt.date(2026, 3, 21))
    assert trailed(done)[-1] == ("matters.close_unconfirmed", "system:matters")
    assert steps(done)[-2:] == ["attempted", "unconfirmed"]


def test_not_without_an_attempt(here: Village) -> None:
    matter = here.answered()
    with clock.living_at(at("2026-04-21")), pytest.raises(Refused) as refusal:
        actions.close_unconfirmed(matter, actor=here.cadre)
    assert refusal.value.code == "matters.nobody_called"


def test_an_attempt_of_an_earlier_round_is_none(here: Village) -> None:
    matter = attempted(here)
    matter = actions.settle_matter(matter, actor=receipt_of(matter), settled=False)
    matter = actions.answer_matter(matter, actor=here.second, text="又换了一次。")
    with clock.living_at(at("2026-05-21")), pytest.raises(Refused) as refusal:
        actions.close_unconfirmed(matter, actor=here.cadre)
    assert refusal.value.code == "matters.nobody_called"


def test_who_has_it_does_not_note_the_attempt(here: Village) -> None:
    with pytest.raises(Refused) as refusal:
        actions.note_attempt(here.answered(), actor=here.second, note="没人接")
    assert refusal.value.code == "matters.own_answer"
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("who", ["villager", "beside", "outsider", "officer"])
def test_not_theirs(here: Village, who: str) -> None:
    matter = attempted(here)
    with clock.living_at(at("2026-04-21")):
        for deed in (
            lambda: actions.close_unconfirmed(matter, actor=getattr(here, who)),
            lambda: actions.note_attempt(matter, actor=getattr(here, who), note="没人接"),
        ):
            with pytest.raises(Forbidden):
                deed()


@pytest.mark.parametrize("settled", [True, False])
def test_its_author_may_still_say_so(here: Village, settled: bool) -> None:
    matter = attempted(here)
    with clock.living_at(at("2026-04-21")):
        matter = actions.close_unconfirmed(matter, actor=here.cadre)
    with clock.living_at(at("2026-05-02")):
        after = actions.settle_matter(matter, actor=receipt_of(matter), settled=settled)
    assert after.state == (State.SETTLED if settled else State.REOPENED)
    assert after.open is not settled
    if not settled:
        assert after.due_on is not None and after.due_on > dt.date(2026, 5, 2)


def test_what_was_noted_at_the_call_is_for_those_who_read_words(here: Village) -> None:
    matter = attempted(here)
    looker = by_password("looker", "看的人", here.cast.places.county, "observer")
    for who, reads in ((here.cast.town_clerk, True), (here.cast.town_inspector, True), (looker, False)):
        page = as_account(who).get(reverse("matters:matter", args=[matter.pk])).content.decode()
        assert ("没联系上" in page, "打了两次" in page) == (True, reads), who.display_name
