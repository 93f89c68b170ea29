"""Sorting: a public title, a category, and whoever the table of duties names."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.kernels.matters.conftest import Village, steps, told
from xianglin.base.actor import NOBODY, Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access import actions as access
from xianglin.commons.access.models import Grant
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import Duty, Matter, State

pytestmark = pytest.mark.usefixtures("morning")


def triage(matter: Matter, actor: Actor, **more: Any) -> Matter:
    facts = {"title": "8 组桥头路灯不亮", "category": "路灯", "public": True, **more}
    return actions.triage_matter(matter, actor=actor, **facts)


@pytest.fixture
def duties(here: Village) -> None:
    def line(category: str, who: Actor, area: Any = None) -> None:
        actions.set_duty(area or here.place, actor=here.clerk, category=category, account_id=who.account_id)

    line("", here.cadre)
    line("路灯", here.second)
    line("水利", here.clerk, here.cast.places.town)


@pytest.mark.usefixtures("duties")
def test_the_table_of_duties_hands_it_out(here: Village, trailed: Callable[..., Any]) -> None:
    matter = triage(here.say(), here.cadre)
    assert (matter.state, matter.handler_id, matter.public) == (State.ASSIGNED, here.second.account_id, True)
    assert steps(matter) == ["raised", "assigned"]
    assert told("matters.assigned") == [(here.second.account_id, "in_app")]
    assert [a for a, _who in trailed(matter)] == ["matters.raise", "matters.assign", "matters.triage"]


@pytest.mark.usefixtures("duties")
@pytest.mark.parametrize(
    ("category", "who"), [("环境", "cadre"), ("", "cadre"), ("水利", "clerk")], ids=["rest", "none", "town"]
)
def test_named_category_first_then_the_nearest(here: Village, category: str, who: str) -> None:
    assert triage(here.say(), here.cadre, category=category).handler_id == getattr(here, who).account_id


def test_without_a_line_it_stays_with_the_receiving_post(here: Village) -> None:
    assert triage(here.say(), here.cadre).state == State.RECEIVED


@pytest.mark.usefixtures("duties")
def test_a_line_whose_holder_left_waits_for_a_choice(here: Village) -> None:
    held = Grant.objects.get(account_id=here.second.account_id)
    access.end_grant(held, actor=Actor("system", "tests"))
    matter = triage(here.say(), here.cadre)
    assert (matter.state, matter.title) == (State.RECEIVED, "8 组桥头路灯不亮")


@pytest.mark.usefixtures("duties")
def test_a_new_line_ends_the_old_one(here: Village) -> None:
    actions.set_duty(here.place, actor=here.cadre, category="路灯", account_id=here.cadre.account_id)
    assert Duty.objects.filter(area=here.place, category="路灯").count() == 2
    assert triage(here.say(), here.cadre).handler_id == here.cadre.account_id


@pytest.mark.parametrize("who", ["villager", "beside", "inspector", "outsider", "officer"])
def test_not_theirs_to_sort(here: Village, who: str) -> None:
    matter = here.say()
    with pytest.raises(Forbidden):
        triage(matter, getattr(here, who))
    with pytest.raises(Forbidden):
        actions.set_duty(here.place, actor=getattr(here, who), category="", account_id=here.cadre.account_id)


def test_nobody_is_asked_to_log_in(here: Village) -> None:
    with pytest.raises(Forbidden) as refusal:
        triage(here.say(), NOBODY)
    assert refusal.value.code == "access.log_in_first"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("徐阿珍家门口的路灯", "matters.leak"),
        ("打 13812345678 找我", "matters.leak"),
        (" ", "matters.nothing_to_publish"),
        ("灯" * 41, "matters.title_too_long"),
    ],
)
def test_titles_that_may_not_be_public(here: Village, title: str, code: str) -> None:
    matter = here.say(name="徐阿珍")
    with pytest.raises(Refused) as refusal:
        triage(matter, here.cadre, title=title)
    assert refusal.value.code == code
    matter.refresh_from_db()
    assert not matter.public


def test_a_kind_brings_its_own_period(here: Village) -> None:
    matter = triage(here.say(), here.cadre, kind="briefing.question")
    assert (matter.kind, matter.rule_code) == ("briefing.question", "briefing.month")
    with pytest.raises(Refused) as refusal:
        triage(matter, here.cadre, kind="no.kind")
    assert refusal.value.code == "matters.unknown_kind"


def test_twice_with_one_key(here: Village, trailed: Callable[..., Any]) -> None:
    matter, key = here.say(), uuid.uuid4()
    triage(matter, here.cadre, key=key)
    triage(matter, here.cadre, key=key)
    with pytest.raises(Refused) as refusal:
        triage(matter, here.cadre, key=key, title="别的")
    assert refusal.value.code == "trail.said_otherwise"
    matter.refresh_from_db()
    assert matter.title == "8 组桥头路灯不亮"
    assert [a for a, _who in trailed(matter)].count("matters.triage") == 1
