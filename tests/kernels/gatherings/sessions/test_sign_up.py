"""Signing up: the lowest free seat or the queue, for oneself and for another; and who may."""

import uuid

import pytest

from tests.kernels.matters.conftest import told
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.gatherings import actions
from xianglin.kernels.gatherings import queries_sessions as queries
from xianglin.kernels.gatherings.models import Registration
from xianglin.kernels.gatherings.rules_sessions import Guest

from .conftest import Garden, at, seats_of

How = Registration.How


def test_the_lowest_free_seat_then_the_queue(garden_here: Garden) -> None:
    walk = garden_here.walk(seats=2)
    garden_here.goes(walk, "甲", "乙", "丙", "丁")
    assert seats_of(walk) == {"甲": 1, "乙": 2, "丙": None, "丁": None}
    walk.refresh_from_db()
    assert (walk.taken, walk.waiting, walk.free) == (2, 2, 0)
    third = queries.registration_of(walk, garden_here.actor("丁").account_id)
    assert third is not None and queries.place_in_queue(third) == 2
    assert [len(told(f"gatherings.{what}")) for what in ("seated", "queued")] == [2, 2]


def test_pressed_twice_it_is_one(garden_here: Garden) -> None:
    walk, key = garden_here.walk(), uuid.uuid4()
    first = actions.sign_up(walk, actor=garden_here.actor("甲"), key=key)
    assert actions.sign_up(walk, actor=garden_here.actor("甲"), key=key).pk == first.pk
    assert actions.sign_up(walk, actor=garden_here.actor("甲")).pk == first.pk, "nor with another key"
    assert walk.registrations.count() == 1


def test_without_a_limit_nobody_waits(garden_here: Garden) -> None:
    walk = garden_here.walk(seats=None)
    garden_here.goes(walk, "甲", "乙", "丙")
    assert seats_of(walk) == {"甲": 1, "乙": 2, "丙": 3}
    assert len(told("gatherings.noted")) == 3, "a seat's number means nothing here"


def test_it_closes_at_the_beginning(garden_here: Garden) -> None:
    walk = garden_here.walk(after=2)
    with clock.living_at(at(2, 13, 59)):
        garden_here.goes(walk, "甲")
    with clock.living_at(at(2, 14)), pytest.raises(Refused) as refusal:
        garden_here.goes(walk, "乙")
    assert refusal.value.code == "gatherings.started"


def test_a_cadre_signs_up_somebody_without_an_account(garden_here: Garden) -> None:
    walk = garden_here.walk()
    made = actions.sign_up_other(walk, actor=garden_here.here.cadre, guest=Guest("陈阿婆", "139 8888 7777"))
    assert (made.seat, made.how, made.by_name) == (1, How.BEHALF, "凌小敏")
    (listed,) = queries.roll(walk)
    assert (listed.name, listed.phone) == ("陈阿婆", "13988887777")
    assert "陈阿婆" not in str(made.name), "sealed"


def test_by_telephone_an_account_is_found(garden_here: Garden) -> None:
    walk, who = garden_here.walk(), garden_here.actor("甲")
    made = actions.sign_up_other(walk, actor=garden_here.clerk, guest=Guest("甲", "13900000000"), by_phone=True)
    assert (made.account_id, made.how) == (who.account_id, How.PHONE)
    again = actions.sign_up_other(walk, actor=garden_here.clerk, guest=Guest("甲", "13900000000"))
    assert again.pk == made.pk and told("gatherings.seated") == [(who.account_id, "in_app")]


@pytest.mark.parametrize(
    ("guest", "code"),
    [
        (Guest("乙", "13900000000"), "gatherings.another_name"),
        (Guest("乙", "139"), "gatherings.phone"),
        (Guest(" "), "gatherings.no_name"),
    ],
)
def test_a_guest_who_is_not_told_apart(garden_here: Garden, guest: Guest, code: str) -> None:
    garden_here.actor("甲")
    with pytest.raises(Refused) as refusal:
        actions.sign_up_other(garden_here.walk(), actor=garden_here.clerk, guest=guest)
    assert refusal.value.code == code


def test_who_signs_others_up(garden_here: Garden) -> None:
    """The kind's helpers and officers near it; not a villager, not the next county."""
    walk = garden_here.walk()
    for who in (garden_here.here.outsider, garden_here.here.villager):
        with pytest.raises(Forbidden):
            actions.sign_up_other(walk, actor=who, guest=Guest("陈阿婆"))
    actions.sign_up_other(walk, actor=garden_here.here.beside, guest=Guest("陈阿婆"))
    assert walk.registrations.count() == 1
