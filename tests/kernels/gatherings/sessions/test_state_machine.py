"""Anybody signs up, leaves, comes; seats are raised and lowered; time passes. What must hold all the same."""

import os
from collections.abc import Callable
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.kernels.matters.conftest import build_village
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.trail import chain
from xianglin.kernels.gatherings import actions
from xianglin.kernels.gatherings import queries_sessions as queries
from xianglin.kernels.gatherings.models import Gathering, Registration, State
from xianglin.kernels.gatherings.rules_sessions import Guest

from .conftest import Garden, at

NAMES = ("甲", "乙", "丙", "丁", "戊", "己")
SEATS = (1, 2, 3, 5, None)
Deed = Callable[["Story", Gathering, Actor, int], Any]


def _one(walk: Gathering, number: int) -> Registration:
    """Somebody's that stands."""
    rows = [one.registration for one in queries.roll(walk)]
    if not rows:
        raise Refused("tests.nobody", "没有人报名")
    return rows[number % len(rows)]


def _leaves(story: "Story", walk: Gathering, who: Actor) -> Any:
    own = queries.registration_of(walk, who.account_id)
    return actions.leave_session(own, actor=who) if own is not None else None


DEEDS: dict[str, Deed] = {
    "sign up": lambda s, w, a, n: actions.sign_up(w, actor=a),
    "sign up again": lambda s, w, a, n: actions.sign_up(w, actor=a),  # most of what happens
    "sign up another": lambda s, w, a, n: actions.sign_up_other(w, actor=s.here.clerk, guest=Guest(a.name)),
    "leave": lambda s, w, a, n: _leaves(s, w, a),
    "taken off": lambda s, w, a, n: actions.leave_session(_one(w, n), actor=s.here.clerk),
    "seats": lambda s, w, a, n: actions.set_seats(w, actor=s.here.clerk, seats=SEATS[n % len(SEATS)]),
    "arrive": lambda s, w, a, n: actions.arrive(w, actor=a, code=w.code),
    "let in": lambda s, w, a, n: actions.let_in(w, actor=s.here.clerk, guest=Guest(a.name)),
    "tick": lambda s, w, a, n: actions.mark_present(_one(w, n), actor=s.here.clerk, present=n < 7, reason="看错"),
    "end": lambda s, w, a, n: actions.end_session(w, actor=s.here.clerk),
    "call off": lambda s, w, a, n: actions.call_off(w, actor=s.here.clerk, reason="下雨") if n == 7 else None,
}
MOMENTS = (at(0, 9), at(1, 9), at(2, 13), at(2, 15), at(2, 18), at(3, 9), at(60, 9))


class Story(RuleBasedStateMachine):
    here: ClassVar[Garden]
    done: ClassVar[set[str]]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.nth = 0
        self.waited: list[int] = []  # who waits, in order, as it was before the last deed

    def teardown(self) -> None:
        assert list(chain.verify()) == []
        transaction.savepoint_rollback(self.savepoint)

    @initialize(seats=st.sampled_from(SEATS))
    def begin(self, seats: int | None) -> None:
        with clock.living_at(MOMENTS[0]):
            self.walk = self.here.walk(seats=seats)

    @rule()
    def time_passes(self) -> None:
        self.nth = min(self.nth + 1, len(MOMENTS) - 1)

    @rule(deed=st.sampled_from(sorted(DEEDS)), who=st.sampled_from(NAMES), number=st.integers(0, 9))
    def something_is_done(self, deed: str, who: str, number: int) -> None:
        walk, before = Gathering.objects.get(pk=self.walk.pk), self.rows()
        with clock.living_at(MOMENTS[self.nth]):
            try:
                with transaction.atomic():
                    DEEDS[deed](self, walk, self.here.actor(who), number)
                self.done.add(deed)
            except Refused:
                assert self.rows() == before, "what is refused changes nothing"

    def rows(self) -> list[dict[str, Any]]:
        return list(self.walk.registrations.order_by("pk").values())

    @invariant()
    def seats_hold(self) -> None:
        if not hasattr(self, "walk"):
            return
        walk = Gathering.objects.get(pk=self.walk.pk)
        rows = list(walk.registrations.order_by("pk"))
        seated = [one for one in rows if one.state == Registration.State.SEATED]
        waiting = [one.pk for one in rows if one.state == Registration.State.WAITING]
        numbers = [one.seat for one in seated if one.seat is not None]
        assert (len(seated), len(waiting)) == (walk.taken, walk.waiting)
        assert len(set(numbers)) == len(seated)
        if walk.seats is not None:
            assert all(number <= walk.seats for number in numbers), "never more than seats"
        if walk.state == State.PLANNED:
            assert not waiting or walk.free == 0, "nobody waits beside a free seat"
        self.the_first_moves_up(rows, waiting)
        credited = [one for one in rows if one.hours is not None]
        assert all(one.present and walk.state == State.ENDED for one in credited)
        if walk.state == State.ENDED:
            assert len(credited) == sum(one.present for one in rows)

    def the_first_moves_up(self, rows: list[Registration], waiting: list[int]) -> None:
        """Who was moved up had waited longest of those who still wanted to."""
        by_pk = {one.pk: one for one in rows}
        moved = [pk for pk in self.waited if by_pk[pk].promoted_at is not None and pk not in waiting]
        still = [pk for pk in self.waited if pk in waiting]
        moved = [pk for pk in moved if by_pk[pk].state == Registration.State.SEATED]
        assert not moved or not still or max(moved) < min(still)
        self.waited = waiting


def test_whatever_people_do(db: None) -> None:
    with clock.living_at(MOMENTS[0]):
        Story.here, Story.done = Garden(build_village()), set()
        for name in NAMES:
            Story.here.actor(name)
    run_state_machine_as_test(
        Story,
        settings=settings(
            max_examples=int(os.environ.get("XIANGLIN_STORIES", "8")),
            stateful_step_count=25,
            deadline=None,
            derandomize="XIANGLIN_STORIES" not in os.environ,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        ),
    )
    assert not {"sign up", "taken off"} - Story.done, Story.done
