"""Deferred acceptance (Gale and Shapley 1962) with places on both sides, lefts proposing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import heappush, heapreplace

import numpy as np

from xianglin.engine.pairing import total
from xianglin.engine.pairing.blocking import would_take
from xianglin.engine.pairing.problem import Floats, Ints, Problem, degrees
from xianglin.engine.pairing.solution import Progress


@dataclass(frozen=True)
class Wishes:
    """`edges`: each left's possible edges, the most wanted first, one left after the other; left i's stand at
    begins[i] : begins[i + 1]. `rank` (per edge): smaller is more wanted by its right."""

    edges: list[int]
    begins: list[int]
    rank: list[int]


def solve_stable(problem: Problem, tell: Progress | None = None) -> Ints:
    """Edges (positions, ascending) that no pair blocks, unless a lock or a least asks for it.

    Lefts prefer by score, rights by priority, equals by id; each prefers singly, so that a place does not depend on
    who has the others, and crowding is not looked at. Where a least is left short that could be met, as few as possible
    other pairs are made for it, held fast, and everybody else is paired anew around them.
    """
    fewest = total.fewest_short(problem) if problem.lefts.least.any() or problem.rights.least.any() else 0
    if tell:
        tell(0.3, "places")
    wishes, held = _wishes(problem), problem.locked_edges
    chosen = _defer(problem, wishes, held)
    while total.short(problem, chosen) > fewest:
        held = np.union1d(held, np.setdiff1d(_departing(problem, held, chosen), chosen))
        chosen = _defer(problem, wishes, held)
    while len(needed := _needed(problem, held, chosen)) < len(held):  # the later ones may have made earlier ones idle
        anew = _defer(problem, wishes, needed)
        if total.short(problem, anew) > fewest:
            break
        held, chosen = needed, anew
    return chosen


def _needed(problem: Problem, held: Ints, chosen: Ints) -> Ints:
    """Those held that are locked, or that their right cannot be without."""
    spare = degrees(problem.right, chosen, len(problem.rights)) > problem.rights.least
    return held[~spare[problem.right[held]] | problem.is_locked[held]]


def _departing(problem: Problem, held: Ints, chosen: Ints) -> Ints:
    """The leasts met with the fewest pairs other than the chosen ones; among as few, those that others block least."""
    score: Floats = -1.0 - _blocked_by(problem, chosen).astype(np.float64)
    score[chosen] = (1 - score.min()) * (min(problem.lefts.capacity.sum(), problem.rights.capacity.sum()) + 1)
    pairs = np.stack([problem.left[held], problem.right[held]], axis=1)
    return total.solve_total(replace(problem, score=score, locked=pairs, crowding=0.0, everyone=False))[0]


def _blocked_by(problem: Problem, chosen: Ints) -> Ints:
    """(m,) how many rights that its left prefers would take the left, as others are paired now."""
    willing = would_take(problem.rights, problem.right, problem.preferred, chosen) & problem.allowed
    order = np.lexsort((-problem.score, problem.left))
    left, score = problem.left[order], problem.score[order]
    before: Ints = np.cumsum(willing[order]) - willing[order]
    anew = np.r_[True, (np.diff(left) != 0) | (np.diff(score) != 0)]  # equals are not preferred to each other
    equals = np.flatnonzero(anew)[np.cumsum(anew) - 1]
    blocked = np.empty(len(order), np.int64)
    blocked[order] = before[equals] - before[np.searchsorted(left, left)]
    return blocked


def _defer(problem: Problem, wishes: Wishes, held: Ints) -> Ints:
    """Deferred acceptance around the pairs that are held."""
    kept = set(held.tolist())
    left, right = problem.left.tolist(), problem.right.tolist()
    room = (problem.lefts.capacity - degrees(problem.left, held, len(problem.lefts))).tolist()
    places = (problem.rights.capacity - degrees(problem.right, held, len(problem.rights))).tolist()
    has: list[list[tuple[int, int]]] = [[] for _ in places]  # heaps, the least wanted on top
    at, ends = wishes.begins[:-1], wishes.begins[1:]
    waiting = list(range(len(room)))
    while waiting:
        one = waiting.pop()
        while room[one] and at[one] < ends[one]:
            edge = wishes.edges[at[one]]
            at[one] += 1
            there, wanted = has[right[edge]], -wishes.rank[edge]
            if edge in kept or not places[right[edge]]:
                continue
            if len(there) < places[right[edge]]:
                heappush(there, (wanted, edge))
                room[one] -= 1
            elif wanted > there[0][0]:
                _, out = heapreplace(there, (wanted, edge))
                room[one] -= 1
                room[left[out]] += 1
                waiting.append(left[out])
    return np.sort(np.array([*kept, *(edge for there in has for _, edge in there)], np.int64))


def _wishes(problem: Problem) -> Wishes:
    wanted = problem.allowed if problem.everyone else problem.allowed & (problem.score > 0)
    edges = np.flatnonzero(wanted)
    keys = (problem.rights.rank[problem.right[edges]], -problem.score[edges], problem.left[edges])
    edges = edges[np.lexsort(keys)]
    begins = np.searchsorted(problem.left[edges], np.arange(len(problem.lefts) + 1))
    order = np.lexsort((problem.lefts.rank[problem.left], -problem.preferred, problem.right))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return Wishes(edges.tolist(), begins.tolist(), rank.tolist())
