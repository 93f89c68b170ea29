"""Stable choices: nobody would rather have each other."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from tests.engine.pairing_rounds import choices, fits, small_rounds
from xianglin.engine.pairing import Party, Problem, Side, alternatives, blocking_pairs, explain, solve
from xianglin.engine.pairing.total import fewest_short, short


def by_hand(problem: Problem, chosen: np.ndarray) -> int:
    """Blocking pairs, one pair of people after the other."""
    count = 0
    for edge in range(len(problem.left)):
        if edge in chosen or not problem.allowed[edge] or (not problem.everyone and problem.score[edge] <= 0):
            continue
        count += all(
            len(own := [one for one in chosen if of[one] == of[edge]]) < side.capacity[of[edge]]
            or min(value[one] for one in own) < value[edge]
            for side, of, value in (
                (problem.lefts, problem.left, problem.score),
                (problem.rights, problem.right, problem.preferred),
            )
        )
    return count


@given(small_rounds())
@settings(max_examples=150)
def test_nobody_blocks_where_nothing_is_forced(problem: Problem) -> None:
    free = replace(problem, locked=[], lefts=Side(problem.lefts.capacity), rights=Side(problem.rights.capacity))
    solution = solve(free, "stable")
    assert fits(free, solution.chosen)
    assert free.allowed[solution.chosen].all()
    assert solution.blocking_pairs == by_hand(free, solution.chosen) == 0


@given(small_rounds())
@settings(max_examples=150)
def test_locks_stay_and_as_many_leasts_as_can_be_are_met(problem: Problem) -> None:
    solution = solve(problem, "stable")
    assert fits(problem, solution.chosen)
    assert problem.allowed[solution.chosen].all()
    assert set(problem.locked_edges) <= set(solution.chosen)
    fewest = min(short(problem, chosen) for chosen in choices(problem))
    assert fewest == fewest_short(problem) == short(problem, solution.chosen)
    assert solution.blocking_pairs == by_hand(problem, solution.chosen)


@given(small_rounds())
def test_blocking_pairs_of_any_choice(problem: Problem) -> None:
    for chosen, _ in zip(choices(problem), range(20), strict=False):
        assert blocking_pairs(problem, chosen) == by_hand(problem, chosen)


@given(small_rounds(priorities=False))
def test_lefts_do_as_well_as_in_any_stable_choice(problem: Problem) -> None:
    """With strict wishes and one place each, every left has its best of all stable choices."""
    ones = Side(np.ones(len(problem.lefts), np.int64)), Side(np.ones(len(problem.rights), np.int64))
    score = np.arange(1.0, len(problem.left) + 1)
    priority = np.roll(score, 1)
    strict = replace(problem, lefts=ones[0], rights=ones[1], score=score, priority=priority, locked=[])
    ours = scores(strict, solve(strict, "stable").chosen)
    for chosen in choices(strict):
        if blocking_pairs(strict, chosen) == 0:
            assert all(ours[left] >= theirs for left, theirs in scores(strict, chosen).items())


def scores(problem: Problem, chosen: np.ndarray) -> dict[int, float]:
    return dict(zip(problem.left[chosen].tolist(), problem.score[chosen].tolist(), strict=True))


def test_equals_are_told_apart_by_id() -> None:
    edges = [("b", "x", 1.0, 1.0), ("a", "x", 1.0, 1.0)]
    problem = Problem.from_ids([Party("b"), Party("a")], [Party("x")], edges)
    assert problem.left[solve(problem, "stable").chosen].tolist() == [1]


def test_a_least_is_met_by_as_few_departures_as_possible() -> None:
    """x and y want everybody; z has nobody's wish and needs one."""
    lefts = [Party(name) for name in "abc"]
    rights = [Party("x", 2), Party("y", 1), Party("z", 2, 1)]
    edges = [(left.id, right, score) for left in lefts for right, score in (("x", 3.0), ("y", 2.0), ("z", 1.0))]
    solution = solve(Problem.from_ids(lefts, rights, edges), "stable")
    assert (solution.pairs, solution.shortfalls) == (3, ())
    assert solution.blocking_pairs <= 2


def test_a_stable_solution_is_explained_without_a_total_but_alternatives_are_solved_anew() -> None:
    sides = [Party("a"), Party("b")], [Party("x"), Party("y")]
    edges = [("a", "x", 9.0, 1.0), ("a", "y", 5.0, 2.0), ("b", "x", 8.0, 2.0), ("b", "y", 1.0, 1.0)]
    problem = Problem.from_ids(*sides, edges)
    solution = solve(problem, "stable")
    why = explain(problem, solution, 0).better
    assert [(one.right, one.reason, one.change, one.holders[0].priority) for one in why] == [(0, "full", None, 2.0)]
    (other,) = alternatives(problem, solution, 0)
    assert other.change.total_score == pytest.approx(9 + 1 - solution.total_score)
