"""定目标: what a pair wants to reach, from where it stood."""

import datetime as dt
from uuid import uuid4

import pytest

from tests.programmes.mentoring.pairs.conftest import Pair, told
from tests.support.cast import actor_of
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.pairings import actions as pairings
from xianglin.programmes.mentoring.levels import actions as levels
from xianglin.programmes.mentoring.levels.rules import Level
from xianglin.programmes.mentoring.plans import actions, queries
from xianglin.programmes.mentoring.plans.models import Goal
from xianglin.programmes.mentoring.plans.rules import Aim

BY = dt.date(2026, 12, 31)


def note(pair: Pair, name: str, level: int, view: str = "organisation") -> None:
    said = [Level(pair.town.ability(name).pk, level)]
    levels.note_levels(pair.town.cadre, actor=pair.officer, view=view, levels=said)


def test_a_goal_begins_where_the_cadre_stands(pair: Pair, trailed: object) -> None:
    pair.set_goals(("文字综合", 4), ("矛盾调解", 3))
    found = {
        one.goal.ability.name: (one.goal.baseline, one.goal.wanted, one.now) for one in queries.reached(pair.pairing)
    }
    assert found == {"文字综合": (2, 4, 2), "矛盾调解": (1, 3, 1)}
    assert trailed(Goal.objects.first()) == [("mentoring.set_goals", f"account:{pair.cadre.account_id}")]  # type: ignore[operator]
    assert told("mentoring.plan_changed") == {"王根水"}, "not who set them"


def test_what_others_read_since_counts_one_s_own_does_not(pair: Pair) -> None:
    pair.set_goals(("文字综合", 4))
    writing = [Level(pair.town.ability("文字综合").pk, 5)]
    levels.note_levels(pair.town.cadre, actor=pair.cadre, view="self", levels=writing)
    assert queries.reached(pair.pairing)[0].now == 2
    note(pair, "文字综合", 3)
    one = queries.reached(pair.pairing)[0]
    assert (one.now, one.gained, one.met) == (3, 1, False)


def test_changed_it_keeps_where_it_began_and_what_is_left_out_is_dropped(pair: Pair) -> None:
    pair.set_goals(("文字综合", 4), ("矛盾调解", 3))
    note(pair, "文字综合", 3)
    pair.set_goals(("文字综合", 5))
    (goal,) = queries.goals(pair.pairing)
    assert (goal.baseline, goal.wanted) == (2, 5)
    assert Goal.objects.exclude(dropped_on=None).get().ability.name == "矛盾调解"


@pytest.mark.parametrize(
    ("aims", "code"),
    [
        ([], "mentoring.no_goals"),
        ([("文字综合", 1, BY)], "mentoring.downwards"),
        ([("文字综合", 6, BY)], "mentoring.level"),
        ([("文字综合", 4, dt.date(2026, 3, 9))], "mentoring.goal_past"),
        ([("文字综合", 4, dt.date(2027, 3, 1))], "mentoring.goal_late"),
        ([("文字综合", 4, BY), ("文字综合", 5, BY)], "mentoring.goals_twice"),
    ],
)
def test_refused(pair: Pair, aims: list[tuple[str, int, dt.date]], code: str) -> None:
    said = [Aim(pair.town.ability(name).pk, wanted, by) for name, wanted, by in aims]
    with pytest.raises(Refused) as refused:
        actions.set_goals(pair.pairing, actor=pair.mentor, aims=said)
    assert refused.value.code == code and not Goal.objects.exists()


def test_the_two_and_the_officers_of_the_place(pair: Pair) -> None:
    aims = [Aim(pair.town.ability("文字综合").pk, 4, BY)]
    for who in (pair.mentor, pair.cadre, pair.officer, pair.town.county):
        actions.set_goals(pair.pairing, actor=who, aims=aims)
    stranger = pair.town.enrol_mentor("丁大明", "13900000002")
    for other in (pair.town.outsider, pair.town.beside, pair.town.here.clerk, pair.town.here.cadre):
        with pytest.raises(Forbidden):
            actions.set_goals(pair.pairing, actor=other, aims=aims)
    with pytest.raises(Forbidden):
        actions.set_goals(pair.pairing, actor=actor_of(stranger.account), aims=aims)


def test_pressed_twice_it_is_set_once(pair: Pair) -> None:
    key, aims = uuid4(), [Aim(pair.town.ability("文字综合").pk, 4, BY)]
    for _again in range(2):
        actions.set_goals(pair.pairing, actor=pair.mentor, aims=aims, key=key)
    assert Goal.objects.count() == 1


def test_a_pair_that_is_over_stays_as_it_was(pair: Pair) -> None:
    pairings.end(pair.pairing, actor=pair.officer, ending="terminated", reason="调走了")
    with pytest.raises(Refused) as refused:
        pair.set_goals(("文字综合", 4))
    assert refused.value.code == "mentoring.pair_over"
