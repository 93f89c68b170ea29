"""Not coming after all: the seat goes to whoever waits longest; more seats do the same."""

import pytest

from tests.kernels.matters.conftest import told
from xianglin.base import clock, events
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.gatherings import actions
from xianglin.kernels.gatherings.events import PROMOTED

from .conftest import Garden, at, seats_of


def test_the_next_moves_up_by_itself(garden_here: Garden, monkeypatch: pytest.MonkeyPatch) -> None:
    walk, heard = garden_here.walk(seats=2), list[int]()
    monkeypatch.setitem(events._listeners, PROMOTED, [lambda registration: heard.append(registration.seat)])
    first, *_rest = garden_here.goes(walk, "甲", "乙", "丙", "丁")
    actions.leave_session(first, actor=garden_here.actor("甲"))
    assert seats_of(walk) == {"乙": 2, "丙": 1, "丁": None}
    walk.refresh_from_db()
    assert (walk.taken, walk.waiting, heard) == (2, 1, [1])
    third = garden_here.actor("丙").account_id
    assert told("gatherings.promoted") == [(third, "in_app"), (third, "sms")]


def test_who_left_the_queue_is_passed_over(garden_here: Garden) -> None:
    walk = garden_here.walk(seats=1)
    first, second, _third = garden_here.goes(walk, "甲", "乙", "丙")
    actions.leave_session(second, actor=garden_here.actor("乙"))
    actions.leave_session(first, actor=garden_here.actor("甲"))
    assert seats_of(walk) == {"丙": 1}


def test_who_left_can_sign_up_again_at_the_end(garden_here: Garden) -> None:
    walk = garden_here.walk(seats=1)
    first, *_rest = garden_here.goes(walk, "甲", "乙")
    actions.leave_session(first, actor=garden_here.actor("甲"))
    garden_here.goes(walk, "甲")
    assert seats_of(walk) == {"乙": 1, "甲": None}


def test_more_seats_go_to_the_queue(garden_here: Garden) -> None:
    walk = garden_here.walk(seats=1)
    garden_here.goes(walk, "甲", "乙", "丙")
    actions.set_seats(walk, actor=garden_here.clerk, seats=2)
    assert seats_of(walk) == {"甲": 1, "乙": 2, "丙": None}
    actions.set_seats(walk, actor=garden_here.clerk, seats=None)
    assert seats_of(walk) == {"甲": 1, "乙": 2, "丙": 3}


def test_nobody_loses_their_seat(garden_here: Garden) -> None:
    walk = garden_here.walk(seats=3)
    first, *_rest = garden_here.goes(walk, "甲", "乙", "丙")
    actions.leave_session(first, actor=garden_here.actor("甲"))
    with pytest.raises(Refused) as refusal:
        actions.set_seats(walk, actor=garden_here.clerk, seats=2)
    assert refusal.value.code == "gatherings.seats_taken", "number 3 is somebody's"


def test_only_oneself_or_who_holds_it(garden_here: Garden) -> None:
    walk = garden_here.walk()
    (first,) = garden_here.goes(walk, "甲")
    with pytest.raises(Forbidden):
        actions.leave_session(first, actor=garden_here.actor("乙"))
    actions.leave_session(first, actor=garden_here.clerk)
    assert len(told("gatherings.taken_off")) == 1, "who did not do it themselves is told"
    with pytest.raises(Refused) as refusal:
        actions.leave_session(first, actor=garden_here.clerk)
    assert refusal.value.code == "gatherings.cancelled_already"


def test_not_after_the_beginning(garden_here: Garden) -> None:
    walk = garden_here.walk(after=2)
    (first,) = garden_here.goes(walk, "甲")
    with clock.living_at(at(2, 14)), pytest.raises(Refused):
        actions.leave_session(first, actor=garden_here.actor("甲"))
