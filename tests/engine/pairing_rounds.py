"""Small rounds, and what is right about them by trying everything."""

from collections.abc import Iterator
from itertools import product

import numpy as np
from hypothesis import strategies as st

from xianglin.engine.pairing import Problem, Side
from xianglin.engine.pairing.problem import degrees
from xianglin.engine.pairing.total import short

Worth = tuple[int, int, int, float]


def small_rounds(
    *, everyone: bool | None = None, decimals: int = 0, priorities: bool = True
) -> st.SearchStrategy[Problem]:
    @st.composite
    def rounds(draw: st.DrawFn) -> Problem:
        lefts, rights = draw(st.integers(1, 4)), draw(st.integers(1, 3))
        pairs = list(product(range(lefts), range(rights)))
        edges = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=len(pairs)))
        score = [draw(st.integers(-3, 9)) / 10**decimals for _ in edges]
        sides = [_side(draw, count) for count in (lefts, rights)]
        forbidden = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=2))
        locked = _locks(draw, [pair for pair in edges if pair not in forbidden], *sides)
        return Problem(
            *sides,
            np.array([left for left, _ in edges], np.int64),
            np.array([right for _, right in edges], np.int64),
            np.array(score, np.float64),
            np.array([draw(st.integers(0, 4)) for _ in edges], np.float64)
            if priorities and draw(st.booleans())
            else None,
            np.array(locked, np.int64).reshape(-1, 2),
            np.array(forbidden, np.int64).reshape(-1, 2),
            draw(st.sampled_from([0.0, 1.0, 3.0])) / 10**decimals,
            draw(st.booleans()) if everyone is None else everyone,
        )

    return rounds()


def _side(draw: st.DrawFn, count: int) -> Side:
    capacity = [draw(st.integers(1, 3)) for _ in range(count)]
    return Side(np.array(capacity), np.array([draw(st.integers(0, most)) for most in capacity]))


def _locks(draw: st.DrawFn, possible: list[tuple[int, int]], lefts: Side, rights: Side) -> list[tuple[int, int]]:
    locked: list[tuple[int, int]] = []
    for left, right in draw(st.lists(st.sampled_from(possible), unique=True, max_size=2)) if possible else []:
        ours, theirs = [pair[0] for pair in locked].count(left), [pair[1] for pair in locked].count(right)
        if ours < lefts.capacity[left] and theirs < rights.capacity[right]:
            locked.append((left, right))
    return locked


def choices(problem: Problem) -> Iterator[np.ndarray]:
    """Every choice of edges that keeps the locks and the places."""
    free = np.flatnonzero(problem.allowed & ~problem.is_locked)
    for taken in product((False, True), repeat=len(free)):
        chosen = np.sort(np.concatenate([problem.locked_edges, free[np.array(taken, np.bool_)]])).astype(np.int64)
        if fits(problem, chosen):
            yield chosen


def fits(problem: Problem, chosen: np.ndarray) -> bool:
    lefts = degrees(problem.left, chosen, len(problem.lefts))
    rights = degrees(problem.right, chosen, len(problem.rights))
    return bool((lefts <= problem.lefts.capacity).all() and (rights <= problem.rights.capacity).all())


def worth(problem: Problem, chosen: np.ndarray) -> Worth:
    """What comes first stands first."""
    rights = degrees(problem.right, chosen, len(problem.rights))
    score = float(problem.score[chosen].sum() - problem.crowding * (rights * (rights - 1) // 2).sum())
    placed, pairs = (len(np.unique(problem.left[chosen])), len(chosen)) if problem.everyone else (0, 0)
    return -short(problem, chosen), placed, pairs, round(score, 9)
