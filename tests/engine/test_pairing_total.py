"""The greatest total, against every other choice there is."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from tests.engine.pairing_rounds import choices, fits, small_rounds, worth
from xianglin.engine.pairing import (
    LockedImpossible,
    Party,
    Problem,
    Side,
    alternatives,
    consequences,
    explanations,
    forced,
    solve,
)
from xianglin.engine.pairing.problem import degrees


@given(small_rounds())
@settings(max_examples=200)
def test_no_other_choice_is_worth_more(problem: Problem) -> None:
    solution = solve(problem)
    assert fits(problem, solution.chosen)
    assert problem.is_locked[solution.chosen].sum() == len(problem.locked_edges)
    assert problem.allowed[solution.chosen].all()
    assert worth(problem, solution.chosen) == max(worth(problem, chosen) for chosen in choices(problem))
    assert solution.certified_gap == 0


@given(small_rounds(everyone=False))
def test_a_pair_that_gains_nothing_serves_a_least(problem: Problem) -> None:
    chosen = solve(problem).chosen
    lefts = degrees(problem.left, chosen, len(problem.lefts))
    rights = degrees(problem.right, chosen, len(problem.rights))
    for edge in chosen[(problem.score[chosen] <= 0) & ~problem.is_locked[chosen]]:
        left, right = problem.left[edge], problem.right[edge]
        assert lefts[left] <= problem.lefts.least[left] or rights[right] <= problem.rights.least[right]


@given(small_rounds(decimals=2), st.integers(1, 10**6))
def test_decimals_are_counted_in_whole_units_and_others_say_how_far_off(problem: Problem, by: int) -> None:
    assert solve(problem).certified_gap == 0
    odd = replace(problem, score=problem.score * np.pi / by, crowding=problem.crowding * np.pi / by)
    solution = solve(odd)
    best = max(worth(problem, chosen) for chosen in choices(problem))
    assert worth(problem, solution.chosen) == best
    assert 0 <= solution.certified_gap <= 1e-8 * max(1.0, float(np.abs(odd.score).max(initial=0.0)))


@given(small_rounds())
@settings(max_examples=150)
def test_what_forcing_a_pair_loses_is_what_solving_anew_with_it_locked_loses(problem: Problem) -> None:
    solution = solve(problem)
    told = explanations(problem, solution)
    for left in range(len(problem.lefts)):
        losses, at_once = told.losses(left), told.losses(left, all_at_once=True)
        assert losses is not None
        np.testing.assert_array_equal(losses, at_once)
        for edge, loss in zip(problem.edges_at(left), losses, strict=True):
            try:
                anew = solve(forced(problem, edge)).chosen
            except LockedImpossible:
                assert loss >= told.never
                continue
            change = told.exchanges.change(loss)
            before, after = worth(problem, solution.chosen), worth(problem, anew)
            found = (change.leasts, change.placed, change.pairs, round(change.total_score, 9))
            if not problem.everyone:
                found = (change.leasts, 0, 0, round(change.total_score, 9))
            assert found == tuple(now - then for now, then in zip(after, before, strict=True))


@pytest.mark.parametrize("unit", [1e15, 1e-15, 1e-200, 5e-324])
def test_very_great_and_very_small_scores(unit: float) -> None:
    problem = dense(np.random.default_rng(5), 30, 20, most=1.0)
    solution = solve(replace(problem, score=problem.score * unit))
    assert solution.pairs == 20
    assert solution.certified_gap <= max(1e-8 * unit, 1e-298)


def dense(rng: np.random.Generator, lefts: int, rights: int, most: float = 100.0) -> Problem:
    score = rng.random((lefts, rights)) * most
    return Problem(
        Side(np.ones(lefts, np.int64)),
        Side(np.ones(rights, np.int64)),
        np.repeat(np.arange(lefts), rights),
        np.tile(np.arange(rights), lefts),
        np.round(score, 2).ravel(),
    )


def test_as_another_solver_of_assignments() -> None:
    problem = dense(np.random.default_rng(1), 200, 200)
    table = problem.score.reshape(200, 200)
    rows, columns = linear_sum_assignment(table, maximize=True)
    solution = solve(problem)
    assert solution.total_score == pytest.approx(table[rows, columns].sum(), abs=1e-6)
    assert (solution.pairs, solution.certified_gap) == (200, 0)


def test_the_same_problem_gives_the_same_solution() -> None:
    problem = dense(np.random.default_rng(2), 60, 40, most=3.0)
    np.testing.assert_array_equal(solve(problem).chosen, solve(replace(problem)).chosen)


@given(small_rounds())
def test_of_equally_good_totals_the_one_most_like_before(problem: Problem) -> None:
    best = worth(problem, solve(problem).chosen)
    as_good = [chosen for chosen in choices(problem) if worth(problem, chosen) == best]
    for before in as_good[:5]:
        now = solve(problem, like=before).chosen
        assert worth(problem, now) == best
        if problem.everyone:
            np.testing.assert_array_equal(now, before)


def test_progress_is_told_and_ends() -> None:
    told: list[tuple[float, str]] = []
    solve(dense(np.random.default_rng(3), 100, 100), progress=lambda done, stage: told.append((done, stage)))
    assert [stage for _, stage in told] == ["checked", "places", "pairs", "counted"]
    assert told == sorted(told)
    assert told[-1][0] == 1


def test_everybody_first_or_only_what_gains() -> None:
    """Without `everyone`, nobody is sent where nothing is gained."""
    sides = [Party("a"), Party("b")], [Party("x"), Party("y")]
    edges = [("a", "x", 5.0), ("a", "y", 1.0), ("b", "x", 5.0), ("b", "y", -3.0)]
    everybody = solve(Problem.from_ids(*sides, edges))
    assert (everybody.pairs, everybody.total_score) == (2, 6.0)
    gaining = solve(Problem.from_ids(*sides, edges, everyone=False))
    assert (gaining.pairs, gaining.total_score) == (2, 6.0)
    poorer = solve(Problem.from_ids(*sides, [("a", "x", 5.0), ("b", "y", -3.0)], everyone=False))
    assert (poorer.pairs, poorer.unmatched_left.tolist(), poorer.unmatched_right.tolist()) == (1, [1], [1])


def test_crowding_spreads_the_work() -> None:
    lefts, rights = [Party(str(n)) for n in range(4)], [Party("x", 4), Party("y", 4)]
    edges = [(left.id, right, score) for left in lefts for right, score in (("x", 5.0), ("y", 4.0))]
    assert degrees_of_rights(Problem.from_ids(lefts, rights, edges)) == [4, 0]
    assert degrees_of_rights(Problem.from_ids(lefts, rights, edges, crowding=0.75)) == [3, 1]
    assert degrees_of_rights(Problem.from_ids(lefts, rights, edges, crowding=1.5)) == [2, 2]


def degrees_of_rights(problem: Problem) -> list[int]:
    return degrees(problem.right, solve(problem).chosen, len(problem.rights)).tolist()


def test_alternatives_come_with_what_the_whole_changes_by() -> None:
    sides = [Party("a"), Party("b")], [Party("x"), Party("y"), Party("z")]
    edges = [("a", "x", 9.0), ("a", "y", 7.0), ("a", "z", 1.0), ("b", "x", 8.0), ("b", "y", 2.0), ("b", "z", 3.0)]
    problem = Problem.from_ids(*sides, edges)
    solution = solve(problem)
    assert solution.total_score == 15
    found = [(one.right, one.score, one.change.total_score) for one in alternatives(problem, solution, 0)]
    assert found == [(0, 9.0, -3.0), (2, 1.0, -6.0)]
    assert explanations(problem, solution).alternatives(0, all_at_once=True) == alternatives(problem, solution, 0)
    moved = consequences(problem, solution, 0)
    assert moved.total_score == -3.0
    assert [(one.left, one.before, one.after) for one in moved.moved] == [(0, (1,), (0,)), (1, (0,), (2,))]


@pytest.mark.parametrize("scores", ["equal", "rounded"])
def test_one_pair_forced_does_not_move_everybody(scores: str) -> None:
    problem = dense(np.random.default_rng(4), 60, 60, most=0.0 if scores == "equal" else 0.05)
    solution = solve(problem)
    for other in alternatives(problem, solution, 7):
        moved = consequences(problem, solution, other.edge)
        assert moved.total_score == pytest.approx(other.change.total_score)
        assert len(moved.moved) <= 4
        assert other.right in next(one.after for one in moved.moved if one.left == 7)


def test_nobody_and_no_edges() -> None:
    nobody = Problem.from_ids([], [], [])
    assert solve(nobody).pairs == solve(nobody, "stable").pairs == 0
    alone = Problem.from_ids([Party("a", 1, 1)], [], [])
    assert [(one.side, one.position, one.reason) for one in solve(alone).shortfalls] == [("left", 0, "no_edge")]
    assert [len(one.better) for one in explanations(alone, solve(alone))] == [0]
