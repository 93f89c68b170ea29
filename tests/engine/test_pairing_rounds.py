"""Bad input, explanations, shortfalls, what moved."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from xianglin.engine.pairing import (
    DuplicateEdge,
    InvalidNumber,
    InvalidProblem,
    LockedImpossible,
    Party,
    Problem,
    Side,
    UnknownId,
    compare,
    explain,
    explanations,
    solve,
)

LEFTS, RIGHTS = [Party("a"), Party("b")], [Party("x"), Party("y", 2)]
EDGES = [("a", "x", 2.0), ("a", "y", 1.0), ("b", "x", 3.0)]


def made(**changed: object) -> Problem:
    given = {"lefts": LEFTS, "rights": RIGHTS, "edges": EDGES} | changed
    return Problem.from_ids(**given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "error", "code"),
    [
        (lambda: made(edges=[*EDGES, ("a", "x", 5.0)]), DuplicateEdge, "pairing.duplicate_edge"),
        (lambda: made(edges=[("a", "q", 5.0)]), UnknownId, "pairing.unknown_id"),
        (lambda: made(locked=[("q", "x")]), UnknownId, "pairing.unknown_id"),
        (lambda: made(lefts=[Party("a"), Party("a")], edges=[]), UnknownId, "pairing.unknown_id"),
        (lambda: made(edges=[("a", "x", float("nan"))]), InvalidNumber, "pairing.invalid_number"),
        (lambda: made(edges=[("a", "x", 1.0, float("inf"))]), InvalidNumber, "pairing.invalid_number"),
        (lambda: made(edges=[("a", "x", 1.0, 1.0), ("b", "x", 1.0)]), InvalidNumber, "pairing.invalid_number"),
        (lambda: made(edges=[("a", "x", -1e16)]), InvalidNumber, "pairing.invalid_number"),
        (lambda: made(crowding=float("nan")), InvalidNumber, "pairing.invalid_number"),
        (lambda: made(crowding=-1.0), InvalidNumber, "pairing.invalid_number"),
        (lambda: made(lefts=[Party("a", 0)], edges=[]), InvalidNumber, "pairing.invalid_number"),
        (lambda: made(lefts=[Party("a", 1, 2)], edges=[]), InvalidNumber, "pairing.invalid_number"),
        (lambda: made(locked=[("b", "y")]), LockedImpossible, "pairing.locked_impossible"),
        (lambda: made(locked=[("a", "x"), ("b", "x")]), LockedImpossible, "pairing.locked_impossible"),
        (lambda: made(locked=[("a", "x"), ("a", "y")]), LockedImpossible, "pairing.locked_impossible"),
        (
            lambda: made(locked=[("a", "x")], forbidden=[("a", "x")]),
            LockedImpossible,
            "pairing.locked_impossible",
        ),
        (lambda: replace(made(), left=np.array([0, 1])), InvalidNumber, "pairing.invalid_number"),
        (lambda: replace(made(), left=np.array([0, 1, 2])), UnknownId, "pairing.unknown_id"),
        (lambda: replace(made(), left=np.array([0.0, 1.0, 1.0])), InvalidNumber, "pairing.invalid_number"),
        (lambda: replace(made(), locked=np.array([0, 1])), InvalidNumber, "pairing.invalid_number"),
        (lambda: Side(np.array([1, 2]), np.array([0])), InvalidNumber, "pairing.invalid_number"),
    ],
)
def test_what_makes_no_sense_is_refused(make: Callable[[], object], error: type[InvalidProblem], code: str) -> None:
    with pytest.raises(error) as refused:
        make()
    assert refused.value.code == code


def test_solvers_are_loaded_when_something_is_solved() -> None:
    """Pandas comes with OR-Tools' other parts, never with ours."""
    loaded = "import sys, xianglin.engine.pairing as p; print([n for n in ('ortools', 'pandas') if n in sys.modules])"
    solved = (
        "p.solve(p.Problem.from_ids([p.Party('a')], [p.Party('x')], [('a', 'x', 1.0)])); print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", f"{loaded}; {solved}"], check=True, capture_output=True, text=True)
    assert done.stdout.split("\n")[:2] == ["[]", "False"]


def test_locked_and_forbidden_may_be_said_twice() -> None:
    problem = made(locked=[("a", "x"), ("a", "x")], forbidden=[("b", "y"), ("b", "y")])
    assert solve(problem).chosen.tolist() == [0]


def test_an_explanation_names_who_has_the_place_and_what_the_whole_would_lose() -> None:
    problem = made()
    solution = solve(problem)
    assert solution.total_score == 4
    mine = explain(problem, solution, 0)
    assert mine.chosen == (1,)
    (why,) = mine.better
    assert (why.right, why.reason, [(one.left, one.score) for one in why.holders]) == (0, "full", [(1, 3.0)])
    assert why.change is not None
    assert (why.change.total_score, why.change.pairs, why.change.placed) == (-2.0, -1, -1)
    assert explanations(problem, solution)[1].better == ()


def reasons(problem: Problem, left: int) -> list[str]:
    solution = solve(problem)
    one, every = explain(problem, solution, left), explanations(problem, solution)
    assert one == every[left] == list(every)[left] == every[left : left + 1][0]
    return [why.reason for why in one.better]


def test_each_reason() -> None:
    assert reasons(made(forbidden=[("b", "x")], lefts=[Party("a"), Party("b", 1, 1)]), 1) == ["forbidden"]
    assert reasons(made(locked=[("a", "y")]), 0) == ["locked"]
    assert reasons(made(locked=[("b", "x")]), 0) == ["locked"]
    needed = made(lefts=[Party("a")], rights=[Party("x"), Party("y", 2, 1)], edges=EDGES[:2])
    assert reasons(needed, 0) == ["needed"]
    others = made(
        rights=[Party("x"), Party("y", 1, 1), Party("z")],
        edges=[("a", "x", 5.0), ("a", "y", 4.0), ("b", "z", 9.0), ("b", "y", 1.0)],
    )
    assert reasons(others, 0) == ["needed"]
    crowd = [("a", "y", 5.0), ("b", "x", 3.0), ("b", "y", 4.0)]
    assert reasons(made(edges=crowd, crowding=2.0), 1) == ["crowded"]
    assert reasons(made(edges=[("a", "x", 0.0)], everyone=False), 0) == ["no_gain"]


def test_why_a_least_is_not_met() -> None:
    def lacks(**changed: object) -> list[tuple[str, int, str]]:
        return [(one.side, one.position, one.reason) for one in solve(made(**changed)).shortfalls]

    needing = [Party("a"), Party("b", 1, 1)]
    assert lacks(lefts=needing) == []
    assert lacks(lefts=needing, forbidden=[("b", "x")]) == [("left", 1, "no_edge")]
    assert lacks(lefts=needing, locked=[("a", "x")]) == [("left", 1, "locked")]
    assert lacks(lefts=[Party("a"), Party("b", 2, 2)]) == [("left", 1, "few_edges")]
    both = [Party("a", 1, 1), Party("b", 1, 1)]
    assert lacks(lefts=both, edges=[("a", "x", 1.0), ("b", "x", 2.0)]) == [("left", 0, "capacity")]


def test_what_moved() -> None:
    problem = made(lefts=[*LEFTS, Party("c")], edges=[*EDGES, ("c", "y", 1.0), ("b", "y", 0.5)])
    before = solve(problem)
    after = solve(replace(problem, forbidden=problem.edges_at(1)[:0].reshape(0, 2), locked=[[0, 0]]))
    told = compare(problem, before, after)
    assert [(one.left, one.before, one.after) for one in told.moved] == [(0, (1,), (0,)), (1, (0,), (1,))]
    assert (told.placed, told.unplaced, told.pairs, told.total_score) == ((), (), 0, -1.5)
    gone = compare(problem, before, solve(replace(problem, forbidden=[[2, 1]])))
    assert [one.left for one in gone.unplaced] == [2]
    assert [one.left for one in compare(problem, solve(replace(problem, forbidden=[[2, 1]])), before).placed] == [2]
