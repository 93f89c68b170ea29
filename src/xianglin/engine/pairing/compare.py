"""What moved between two solutions of the same people."""

from __future__ import annotations

from dataclasses import dataclass

from xianglin.engine.pairing.problem import Ints, Problem
from xianglin.engine.pairing.solution import Solution


@dataclass(frozen=True)
class Move:
    """A left whose rights (positions, ascending) are others than before."""

    left: int
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True)
class Comparison:
    """Each in the order of lefts. `placed` had nobody before, `unplaced` has nobody now, `moved` are the others.
    `total_score` and `pairs`: after less before."""

    moved: tuple[Move, ...]
    placed: tuple[Move, ...]
    unplaced: tuple[Move, ...]
    total_score: float
    pairs: int


def compare(problem: Problem, before: Solution, after: Solution) -> Comparison:
    """What moved. Both are read as edges of the same problem; locks, bans and scores may differ between them."""
    had, has = _rights(problem, before.chosen), _rights(problem, after.chosen)
    moves = [
        Move(left, had.get(left, ()), has.get(left, ()))
        for left in sorted(had.keys() | has.keys())
        if had.get(left, ()) != has.get(left, ())
    ]
    return Comparison(
        tuple(move for move in moves if move.before and move.after),
        tuple(move for move in moves if not move.before),
        tuple(move for move in moves if not move.after),
        after.total_score - before.total_score,
        after.pairs - before.pairs,
    )


def _rights(problem: Problem, chosen: Ints) -> dict[int, tuple[int, ...]]:
    found: dict[int, list[int]] = {}
    for left, right in zip(problem.left[chosen].tolist(), problem.right[chosen].tolist(), strict=True):
        found.setdefault(left, []).append(right)
    return {left: tuple(sorted(rights)) for left, rights in found.items()}
