"""Blocking pairs: two who would both rather have each other than what they were given."""

from __future__ import annotations

import numpy as np

from xianglin.engine.pairing.problem import Bools, Floats, Ints, Problem, Side, degrees


def blocking_pairs(problem: Problem, chosen: Ints) -> int:
    """How many pairs block the choice (edges, positions): possible, not chosen, and both would take it.

    A left takes a right whose score is higher than that of its worst, a right a left whose priority is; whoever has a
    free place takes anybody possible. Equal is no reason. Locked pairs count among what one was given, so a lock may
    make others block. Where `everyone` is off, nobody wants a pair whose score is not above 0.
    """
    blocking = problem.allowed & ~_mask(problem, chosen)
    if not problem.everyone:
        blocking &= problem.score > 0
    blocking &= would_take(problem.lefts, problem.left, problem.score, chosen)
    blocking &= would_take(problem.rights, problem.right, problem.preferred, chosen)
    return int(blocking.sum())


def _mask(problem: Problem, edges: Ints) -> Bools:
    mask = np.zeros(len(problem.left), np.bool_)
    mask[edges] = True
    return mask


def would_take(side: Side, of: Ints, value: Floats, chosen: Ints) -> Bools:
    """(m,) whether that end of each edge would take it."""
    worst = np.full(len(side), np.inf)
    np.minimum.at(worst, of[chosen], value[chosen])
    worst[degrees(of, chosen, len(side)) < side.capacity] = -np.inf
    return np.asarray(value > worst[of])
