"""The greatest total: a minimum-cost flow whose costs are whole numbers.

What comes before the score is not a large weight in it, which would burst 64 bits, but a supply. Places are ranked,
those that count most first. How many pairs the places up to each rank can have, on either side, are maximum flows; that
all these can be had in one choice is the theorem of Mendelsohn and Dulmage (1958), for flows that of linking systems
(Schrijver 1978). Each rank then gets a node of its own, which must send exactly that many pairs, and only scores are
left to decide.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from xianglin.engine.pairing.problem import Bools, Ints, Problem, degrees
from xianglin.engine.pairing.scaling import Scaled, gap, scale
from xianglin.engine.pairing.solution import Progress

FINEST = 44  # bits of a cost: the solver multiplies them by the number of nodes


@dataclass(frozen=True, eq=False)
class Open:
    """What the locks leave: free edges (positions) with their ends, and each side's places by rank, (ranks, n), those
    that count most first. `taken`: the places of the rights (n,) that locked pairs have."""

    edges: Ints
    left: Ints
    right: Ints
    left_places: Ints
    right_places: Ints
    taken: Ints


def solve_total(problem: Problem, tell: Progress | None = None, like: Ints | None = None) -> tuple[Ints, float]:
    """The chosen edges (positions, ascending) and the certified gap; see `solve`."""
    scaled = scale(problem)
    free = _open(problem, _worth_a_look(problem, scaled))
    left_pairs, right_pairs = _pairs_by_rank(free, problem.everyone)
    if tell:
        tell(0.3, "places")
    preferring = _preferring(scaled, like, sum(left_pairs)) if like is not None and len(like) else scaled
    flowing = free.edges[_flow(free, left_pairs, right_pairs, preferring, problem.everyone)]
    chosen = np.sort(np.concatenate([problem.locked_edges, flowing]))
    if not problem.everyone:
        chosen = _without_idle(problem, scaled, chosen)
    return chosen, gap(scaled, len(problem.locked_edges) + sum(left_pairs), free.right_places.sum(axis=0) + free.taken)


def fewest_short(problem: Problem) -> int:
    """How many places of leasts stay empty whatever is chosen."""
    free = _open(replace(problem, everyone=False), problem.allowed)
    met = _greatest_flow(free, free.left_places[0], free.right_places.sum(axis=0))
    met += _greatest_flow(free, free.left_places.sum(axis=0), free.right_places[0])
    return short(problem, problem.locked_edges) - met


def short(problem: Problem, chosen: Ints) -> int:
    """How many places of leasts are empty, on both sides together."""
    lefts = problem.lefts.least - degrees(problem.left, chosen, len(problem.lefts))
    rights = problem.rights.least - degrees(problem.right, chosen, len(problem.rights))
    return int(np.maximum(lefts, 0).sum() + np.maximum(rights, 0).sum())


def _open(problem: Problem, usable: Bools) -> Open:
    edges = np.flatnonzero(usable & ~problem.is_locked)
    left, right = problem.left[edges], problem.right[edges]
    lefts, rights = problem.lefts, problem.rights
    left_taken = degrees(problem.left, problem.locked_edges, len(lefts))
    right_taken = degrees(problem.right, problem.locked_edges, len(rights))
    left_all = np.minimum(lefts.capacity - left_taken, np.bincount(left, minlength=len(lefts)))
    right_all = np.minimum(rights.capacity - right_taken, np.bincount(right, minlength=len(rights)))
    left_least = np.clip(lefts.least - left_taken, 0, left_all)
    right_least = np.clip(rights.least - right_taken, 0, right_all)
    left_places = [left_least, left_all - left_least]
    if problem.everyone:
        left_places = _with_first(left_least, left_all, left_taken)
    return Open(
        edges, left, right, np.stack(left_places), np.stack([right_least, right_all - right_least]), right_taken
    )


def _with_first(least: Ints, places: Ints, taken: Ints) -> list[Ints]:
    """Somebody's only place counts more than another's next: first places of leasts, other places of leasts, first
    places of the others, the rest."""
    first = ((taken == 0) & (places > 0)).astype(np.int64)
    of_least = np.minimum(first, least)
    return [of_least, least - of_least, first - of_least, places - least - (first - of_least)]


def _preferring(scaled: Scaled, like: Ints, pairs: int) -> Scaled:
    """Below the last digit of the score: one for each pair as before. Rounded scores have hardly any equals."""
    if not scaled.lossless or scaled.greatest * (pairs + 1) > 1 << FINEST:
        return scaled
    weight = scaled.weight * (pairs + 1)
    weight[like] += 1
    return replace(scaled, weight=weight, crowding=scaled.crowding * (pairs + 1))


def _worth_a_look(problem: Problem, scaled: Scaled) -> Bools:
    """Without `everyone`, an edge that gains nothing can only be of use where a least is."""
    if problem.everyone:
        return problem.allowed
    needed = (problem.lefts.least[problem.left] > 0) | (problem.rights.least[problem.right] > 0)
    return problem.allowed & (needed | (scaled.weight > 0))


def _pairs_by_rank(free: Open, everyone: bool) -> tuple[list[int], list[int]]:
    """How many pairs the places of each rank have, on the left and on the right. Without `everyone` the last rank also
    has those places that nobody takes."""
    lefts, rights = free.left_places, free.right_places
    every, all_rights = lefts.sum(axis=0), rights.sum(axis=0)
    last = _greatest_flow(free, every, all_rights) if everyone else min(int(every.sum()), int(all_rights.sum()))
    ranks = [lefts[: rank + 1].sum(axis=0) for rank in range(len(lefts) - 1)]
    known = [everyone and np.array_equal(places, every) for places in ranks]  # saves a flow where nobody has two places
    left = [last if it else _greatest_flow(free, places, all_rights) for it, places in zip(known, ranks, strict=True)]
    right = [_greatest_flow(free, every, rights[0])]
    return np.diff([0, *left, last]).tolist(), np.diff([0, *right, last]).tolist()


def _greatest_flow(free: Open, left_places: Ints, right_places: Ints) -> int:
    """As many pairs as those places (n,) allow."""
    if not left_places.any() or not right_places.any():
        return 0
    from ortools.graph.python import max_flow

    lefts, rights = np.flatnonzero(left_places), np.flatnonzero(right_places)
    use = (left_places[free.left] > 0) & (right_places[free.right] > 0)
    n = len(left_places)
    source = n + len(right_places)
    solver = max_flow.SimpleMaxFlow()
    solver.add_arcs_with_capacity(
        np.concatenate([np.full(len(lefts), source), free.left[use], n + rights]),
        np.concatenate([lefts, n + free.right[use], np.full(len(rights), source + 1)]),
        np.concatenate([left_places[lefts], np.ones(int(use.sum()), np.int64), right_places[rights]]),
    )
    if (status := solver.solve(source, source + 1)) != solver.OPTIMAL:
        raise ArithmeticError(f"the greatest flow was not found: {status}")
    return int(solver.optimal_flow())


def _flow(free: Open, left_pairs: list[int], right_pairs: list[int], scaled: Scaled, everyone: bool) -> Bools:
    """(free edges,) which of them carry a pair in the cheapest flow. Nodes: lefts, rights, left ranks, right ranks."""
    if not len(free.edges):
        return np.zeros(0, np.bool_)
    from ortools.graph.python import min_cost_flow

    (ranks, n), m = free.left_places.shape, free.right_places.shape[1]
    to, places, cost = _right_places(free, scaled.crowding)
    arcs = [
        (free.left, n + free.right, np.ones(len(free.edges), np.int64), -scaled.weight[free.edges]),
        (
            np.repeat(n + m + np.arange(ranks), n),
            np.tile(np.arange(n), ranks),
            free.left_places.ravel(),
            np.zeros(n * ranks, np.int64),
        ),
        (n + to[0], n + m + ranks + to[1], places, cost),
    ]
    if not everyone:  # places that nobody takes
        last = np.array([n + m + ranks - 1])
        arcs.append((last, last + 2, np.array([left_pairs[-1]]), np.array([0])))
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(*(np.concatenate(column) for column in zip(*arcs, strict=True)))
    for node, supply in enumerate([*left_pairs, *(-pairs for pairs in right_pairs)], start=n + m):
        solver.set_node_supply(node, supply)
    if (status := solver.solve()) != solver.OPTIMAL:
        raise ArithmeticError(f"the cheapest flow was not found: {status}")
    return np.asarray(solver.flows(np.arange(len(free.edges))) > 0)


def _right_places(free: Open, crowding: int) -> tuple[tuple[Ints, Ints], Ints, Ints]:
    """Arcs out of the rights: (right, rank), how many places, what one costs. A place costs more than the one before
    it, so the cheapest flow takes them in order."""
    rights = np.arange(free.right_places.shape[1])
    if not crowding:
        ranks = (np.tile(rights, 2), np.repeat(np.arange(2), len(rights)))
        return ranks, free.right_places.ravel(), np.zeros(2 * len(rights), np.int64)
    count = free.right_places.sum(axis=0)
    of = np.repeat(rights, count)
    nth = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
    rank = (nth >= free.right_places[0][of]).astype(np.int64)
    return (of, rank), np.ones(len(of), np.int64), crowding * (free.taken[of] + nth)


def _without_idle(problem: Problem, scaled: Scaled, chosen: Ints) -> Ints:
    """Pairs that neither gain anything nor serve a least are not made: the flow is indifferent to them."""
    keep = np.ones(len(chosen), np.bool_)
    lefts = degrees(problem.left, chosen, len(problem.lefts))
    rights = degrees(problem.right, chosen, len(problem.rights))
    for at in np.argsort(scaled.weight[chosen], kind="stable").tolist():
        edge = chosen[at]
        left, right = problem.left[edge], problem.right[edge]
        spare = lefts[left] > problem.lefts.least[left] and rights[right] > problem.rights.least[right]
        if spare and not problem.is_locked[edge] and scaled.weight[edge] <= scaled.crowding * (rights[right] - 1):
            keep[at] = False
            lefts[left] -= 1
            rights[right] -= 1
    return chosen[keep]
