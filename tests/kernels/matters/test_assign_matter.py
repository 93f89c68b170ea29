"""Handing out, taking in hand, handing back."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.kernels.matters.conftest import UNTIL, Village, at, steps, told
from tests.support.cast import SYSTEM, by_password
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access import actions as access
from xianglin.commons.access.models import Grant
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import Matter, State

pytestmark = pytest.mark.usefixtures("morning")


def test_assign_tells_its_new_owner_once(here: Village, trailed: Callable[..., Any]) -> None:
    matter, key = here.say(), uuid.uuid4()
    for _twice in (1, 2):
        matter = actions.assign_matter(matter, actor=here.cadre, account_id=here.second.account_id, key=key)
    assert (matter.state, matter.handler_id) == (State.ASSIGNED, here.second.account_id)
    assert told("matters.assigned") == [(here.second.account_id, "in_app")]
    assert trailed(matter)[-1] == ("matters.assign", here.cadre.ref)
    assert steps(matter) == ["raised", "assigned"]


def test_a_department_has_it_and_one_of_its_people_takes_it(here: Village) -> None:
    matter = actions.assign_matter(here.say(), actor=here.county, department="civil_affairs")
    assert (matter.handler_id, matter.department) == (None, "civil_affairs")
    taken = actions.take_in_hand(matter, actor=here.officer)
    assert (taken.state, taken.handler_id) == (State.IN_HAND, here.officer.account_id)


def test_another_department_does_not_see_it(here: Village) -> None:
    county = here.cast.places.county
    access.add_department(county, actor=SYSTEM, slug="forestry", name="林业局")
    matter = actions.assign_matter(here.say(), actor=here.county, department="forestry")
    with pytest.raises(Forbidden):
        actions.take_in_hand(matter, actor=here.officer)


@pytest.mark.parametrize("who", ["villager", "beside", "inspector", "outsider", "admin", "far"])
def test_it_is_never_left_with_somebody_who_cannot_deal_with_it(here: Village, who: str) -> None:
    stranger = {
        "admin": here.cast.county_admin.pk,
        "far": by_password("sa-far", "远方", here.cast.places.far_town, "town_clerk").pk,
    }
    account_id = stranger.get(who) or getattr(here, who).account_id
    with pytest.raises(Refused) as refusal:
        actions.assign_matter(here.say(), actor=here.cadre, account_id=account_id)
    assert refusal.value.code == "matters.cannot_own"


@pytest.mark.parametrize(
    ("named", "code"),
    [
        ({}, "matters.nobody_named"),
        ({"department": "no_such"}, "matters.cannot_own"),
        ({"account_id": 0}, "matters.cannot_own"),
    ],
)
def test_nobody_is_no_owner(here: Village, named: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.assign_matter(here.say(), actor=here.cadre, **named)
    assert refusal.value.code == code


@pytest.mark.parametrize("who", ["villager", "beside", "inspector", "outsider", "officer"])
def test_not_theirs_to_hand_out(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        actions.assign_matter(here.say(), actor=getattr(here, who), account_id=here.second.account_id)


def test_only_who_has_it_takes_it(here: Village) -> None:
    matter = here.given()
    with pytest.raises(Forbidden):
        actions.take_in_hand(matter, actor=here.cadre)
    assert actions.take_in_hand(matter, actor=here.second).state == State.IN_HAND


def test_not_once_their_grant_has_ended(here: Village) -> None:
    matter = here.given()
    access.end_grant(Grant.objects.get(account_id=here.second.account_id), actor=SYSTEM)
    with pytest.raises(Forbidden):
        actions.take_in_hand(matter, actor=here.second)


def test_bounce_needs_a_reason_and_the_clock_runs_on(here: Village) -> None:
    matter = here.given()
    with pytest.raises(Refused) as refusal:
        actions.bounce_matter(matter, actor=here.second, reason=" ")
    assert refusal.value.code == "matters.no_reason"
    due = matter.due_on
    with clock.living_at(at("2026-03-12")):
        actions.suspend_work(matter, actor=here.second, reason="等配件到货", until=UNTIL)
    with clock.living_at(at("2026-03-12", "17:00")):
        back = actions.bounce_matter(matter, actor=here.second, reason="路灯归供电所管")
    assert (back.state, back.handler_id, back.clock_stopped_on, back.due_on) == (State.RECEIVED, None, None, due)
    assert steps(back)[-1] == "bounced"


@pytest.mark.parametrize("state", ["answered", "settled"])
def test_what_is_answered_is_not_handed_on(here: Village, state: str) -> None:
    matter = here.answered()
    if state == "settled":
        matter = actions.note_word(matter, actor=here.clerk, settled=True)
    with pytest.raises(Refused) as refusal:
        actions.assign_matter(matter, actor=here.cadre, account_id=here.cadre.account_id)
    assert refusal.value.code == "matters.wrong_state"
    assert Matter.objects.get(pk=matter.pk).handler_id == here.second.account_id
