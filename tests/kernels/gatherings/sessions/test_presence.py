"""Who came: the code at the door, the list, without having signed up; hours at the end, and put right."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.kernels.matters.conftest import MORNING
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access.queries import reach
from xianglin.kernels.gatherings import actions, errands, jobs
from xianglin.kernels.gatherings import queries_sessions as queries
from xianglin.kernels.gatherings.models import Gathering, Registration, State
from xianglin.kernels.gatherings.rules import require_kind
from xianglin.kernels.gatherings.rules_sessions import Guest

from .conftest import KIND, Garden, at, seats_of

DOOR = at(2, 13, 30)  # half an hour before a walk begins


def hours_of(walk: Gathering) -> list[Decimal | None]:
    return list(walk.registrations.order_by("pk").values_list("hours", flat=True))


def test_by_the_code(garden_here: Garden) -> None:
    walk = garden_here.walk()
    garden_here.goes(walk, "甲")
    with clock.living_at(DOOR):
        here = actions.arrive(walk, actor=garden_here.actor("甲"), code=walk.code)
        assert (here.seat, here.present_at) == (1, DOOR)
        with clock.living_at(at(2, 13, 40)):
            again = actions.arrive(walk, actor=garden_here.actor("甲"), code=walk.code)
    assert again.present_at == DOOR, "twice is once"


@pytest.mark.parametrize(
    ("when", "code", "refused"),
    [
        (at(1, 14), "", "gatherings.not_its_day"),
        (at(3, 14), "", "gatherings.not_its_day"),
        (at(2, 9), "", "gatherings.too_early"),
        (DOOR, "guessed", "gatherings.wrong_code"),
        (DOOR, "猜的", "gatherings.wrong_code"),
    ],
)
def test_not_otherwise(garden_here: Garden, when: dt.datetime, code: str, refused: str) -> None:
    walk = garden_here.walk()
    garden_here.goes(walk, "甲")
    with clock.living_at(when), pytest.raises(Refused) as refusal:
        actions.arrive(walk, actor=garden_here.actor("甲"), code=code or walk.code)
    assert refusal.value.code == refused


def test_without_having_signed_up_where_a_seat_is_free(garden_here: Garden) -> None:
    walk = garden_here.walk(seats=2)
    garden_here.goes(walk, "甲")
    with clock.living_at(DOOR):
        came = actions.arrive(walk, actor=garden_here.actor("乙"), code=walk.code)
        assert (came.seat, came.how) == (2, Registration.How.WALK_IN)
        with pytest.raises(Refused) as refusal:
            actions.arrive(walk, actor=garden_here.actor("丙"), code=walk.code)
    assert refusal.value.code == "gatherings.full"
    assert seats_of(walk) == {"甲": 1, "乙": 2}


def test_ticked_and_let_in_by_who_holds_it(garden_here: Garden) -> None:
    walk = garden_here.walk(seats=3)
    (first,) = garden_here.goes(walk, "甲")
    with clock.living_at(DOOR):
        with pytest.raises(Forbidden):
            actions.mark_present(first, actor=garden_here.actor("甲"), present=True)
        ticked = actions.mark_present(first, actor=garden_here.clerk, present=True)
        came = actions.let_in(walk, actor=garden_here.clerk, guest=Guest("陈阿婆"))
        assert (ticked.checked_by, came.checked_by) == ("陈晓雯", "陈晓雯")
        back = actions.mark_present(first, actor=garden_here.clerk, present=False)
    assert (back.present_at, queries.count_here(walk)) == (None, 1)


def test_who_is_there_is_credited(garden_here: Garden) -> None:
    walk = garden_here.walk(seats=3)
    first, *_rest = garden_here.goes(walk, "甲", "乙", "丙", "丁")
    with clock.living_at(DOOR):
        actions.mark_present(first, actor=garden_here.clerk, present=True)
    with clock.living_at(at(2, 13)), pytest.raises(Refused) as refusal:
        actions.end_session(walk, actor=garden_here.clerk)
    assert refusal.value.code == "gatherings.not_begun"
    with clock.living_at(at(2, 17)):
        actions.set_hours(walk, actor=garden_here.clerk, hours=Decimal("2.5"))
        ended = actions.end_session(walk, actor=garden_here.clerk)
    assert (ended.state, ended.started_at, ended.ended_at) == (State.ENDED, at(2, 14), at(2, 17))
    assert hours_of(walk) == [Decimal("2.5"), None, None, None]
    (row,) = queries.attended(garden_here.actor("甲").account_id or 0, KIND)
    assert row.hours == Decimal("2.5")


def test_put_right_afterwards_with_the_reason(garden_here: Garden) -> None:
    walk = garden_here.walk()
    first, second = garden_here.goes(walk, "甲", "乙")
    with clock.living_at(DOOR):
        actions.mark_present(first, actor=garden_here.clerk, present=True)
    with clock.living_at(at(2, 17)):
        actions.end_session(walk, actor=garden_here.clerk)
    with clock.living_at(at(5, 9)):
        with pytest.raises(Refused) as refusal:
            actions.mark_present(first, actor=garden_here.clerk, present=False)
        assert refusal.value.code == "gatherings.no_reason"
        actions.mark_present(first, actor=garden_here.clerk, present=False, reason="看错人了")
        actions.mark_present(second, actor=garden_here.clerk, present=True, reason="看错人了")
    assert hours_of(walk) == [None, Decimal(2)]
    with clock.living_at(at(40, 9)), pytest.raises(Refused) as refusal:
        actions.mark_present(second, actor=garden_here.clerk, present=False, reason="又看错了")
    assert refusal.value.code == "gatherings.too_late_to_correct"


def test_once_somebody_is_there_it_is_not_moved(garden_here: Garden) -> None:
    walk = garden_here.walk()
    garden_here.goes(walk, "甲")
    with clock.living_at(DOOR):
        actions.arrive(walk, actor=garden_here.actor("甲"), code=walk.code)
        with pytest.raises(Refused) as refusal:
            actions.move_session(
                walk,
                actor=garden_here.clerk,
                on=walk.on,
                at=dt.time(15),
                ends_at=dt.time(17),
                venue="村口",
                reason="等人",
            )
    assert refusal.value.code == "gatherings.somebody_here"


def test_names_are_erased_when_nothing_is_put_right_any_more(garden_here: Garden) -> None:
    walk = garden_here.walk()
    with clock.living_at(DOOR):
        actions.let_in(walk, actor=garden_here.clerk, guest=Guest("陈阿婆"))
    with clock.living_at(at(2, 17)):
        actions.end_session(walk, actor=garden_here.clerk)
    with clock.living_at(MORNING + dt.timedelta(days=80)):
        assert jobs.forget.func() == 0
    with clock.living_at(MORNING + dt.timedelta(days=100)):
        assert jobs.forget.func() == 1 and jobs.forget.func() == 0
    (listed,) = queries.roll(walk)
    assert (listed.name, listed.registration.present) == ("", True)


def test_its_officer_is_asked_to_end_it(garden_here: Garden) -> None:
    walk, kind = garden_here.walk(), require_kind(KIND)
    (grant,) = reach(garden_here.clerk)
    assert errands.to_end(kind, grant) == []
    with clock.living_at(at(3, 9)):
        (errand,) = errands.to_end(kind, grant)
        assert errand.title == "看园：看杨梅园" and errand.url.endswith(f"/{walk.pk}/roll/")
        (other,) = reach(garden_here.here.cadre)
        assert errands.to_end(kind, other) == []
