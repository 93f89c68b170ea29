"""What the whole would lose if one more pair were forced: exactly, by the cheapest exchange that makes room for it.

At an optimum every re-arrangement loses. Forcing left i to right j starts a chain: somebody leaves j for another
right, whose place another leaves, until i's own place is given up or a free one is reached. The chain that loses least
is a shortest path over rights and one node "outside" (free places, on either side), so after one all-pairs computation
(Floyd 1962) the loss of every pair is known. Leasts, lefts placed and pairs are counted in the same 64-bit integer as
the score, above it: a single chain changes each by two at most, so that they cannot run into one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from xianglin.engine.pairing.problem import Bools, Ints, Problem, degrees
from xianglin.engine.pairing.scaling import Scaled, scale

NEVER = np.int64(1 << 61)  # twice that still fits


@dataclass(frozen=True)
class Change:
    """The whole afterwards less the whole now: the total score, pairs made, lefts placed, places of leasts filled."""

    total_score: float
    pairs: int = 0
    placed: int = 0
    leasts: int = 0

    @property
    def order(self) -> tuple[int, int, int, float]:
        """Greater is better."""
        return self.leasts, self.placed, self.pairs, self.total_score


class Exchanges:
    """Losses around an optimal choice of edges. Memory: rights² 64-bit integers; time: rights³ for everybody.

    Raises ArithmeticError where the choice is not optimal: a chain that gains is the proof.
    """

    def __init__(self, problem: Problem, chosen: Ints) -> None:
        self.problem = problem
        self.chosen = chosen
        self.scaled: Scaled = scale(problem)
        self.per_pair = 2 * (2 * min(len(problem.lefts), len(problem.rights)) + 8) * self.scaled.greatest
        self.per_placed = 8 * self.per_pair
        self.per_least = 8 * self.per_placed
        self.lefts = degrees(problem.left, chosen, len(problem.lefts))
        self.rights = degrees(problem.right, chosen, len(problem.rights))
        self.is_chosen: Bools = np.zeros(len(problem.left), np.bool_)
        self.is_chosen[chosen] = True
        self.outside = len(problem.rights)
        self.step = self._steps()
        self.price = _prices(self.step)

    # --- what one place more or less is worth
    def _left_worth(self, places: Ints) -> Ints:
        """(lefts,) of the places-th pair of each left."""
        worth = self.per_least * (places <= self.problem.lefts.least)
        if self.problem.everyone:
            worth = worth + self.per_placed * (places == 1) + self.per_pair
        return np.asarray(worth, np.int64)

    def _right_worth(self, places: Ints) -> Ints:
        worth = self.per_least * (places <= self.problem.rights.least)
        return np.asarray(worth - self.scaled.crowding * (places - 1), np.int64)

    @cached_property
    def joining(self) -> Ints:
        """(lefts,) the loss when a left takes one place more: below 0, or never."""
        joins = self.lefts < self.problem.lefts.capacity
        return np.where(joins, -self._left_worth(self.lefts + 1), NEVER)

    @cached_property
    def _fixed(self) -> tuple[Ints, Ints]:
        held = self.problem.locked_edges
        return (
            degrees(self.problem.left, held, len(self.problem.lefts)),
            degrees(self.problem.right, held, len(self.problem.rights)),
        )

    def loose(self, left: int) -> Ints:
        """The edges that a left was given and could give up."""
        edges = self.problem.edges_at(left)
        return edges[self.is_chosen[edges] & ~self.problem.is_locked[edges]]

    def _free(self, left: int) -> Ints:
        edges = self.problem.edges_at(left)
        return edges[self.problem.allowed[edges] & ~self.is_chosen[edges]]

    def _steps(self) -> Ints:
        """(rights + 1, rights + 1): the loss when somebody leaves the row's right for the column's."""
        size = self.outside + 1
        step = np.full((size, size), NEVER)
        np.fill_diagonal(step, 0)
        leaving = self._left_worth(self.lefts)
        for left in range(len(self.problem.lefts)):
            free = self._free(left)
            to, gain = self.problem.right[free], self.scaled.weight[free]
            for edge in self.loose(left).tolist():
                row = step[self.problem.right[edge]]
                row[to] = np.minimum(row[to], self.scaled.weight[edge] - gain)
                row[-1] = min(row[-1], self.scaled.weight[edge] + leaving[left])
            if self.joining[left] < NEVER:
                step[-1, to] = np.minimum(step[-1, to], self.joining[left] - gain)
        room = self.rights < self.problem.rights.capacity
        step[:-1, -1][room] = np.minimum(step[:-1, -1], -self._right_worth(self.rights + 1))[room]
        loose = self.rights > self._fixed[1]
        step[-1, :-1][loose] = np.minimum(step[-1, :-1], self._right_worth(self.rights))[loose]
        return step

    # --- chains
    @cached_property
    def _between(self) -> Ints:
        """(rights + 1, rights + 1) losses of the cheapest chains from row to column, priced: none is below 0."""
        chain = _priced(self.step, self.price)
        passing = np.empty_like(chain)
        for via in range(len(chain)):
            np.add(chain[:, via : via + 1], chain[via : via + 1], out=passing)
            np.minimum(chain, passing, out=chain)
        return chain

    def _endings(self, left: int) -> list[tuple[int, int]]:
        """Where a chain that makes room for this left may end, and what the ending itself loses."""
        ends = [(int(self.problem.right[e]), int(self.scaled.weight[e])) for e in self.loose(left).tolist()]
        if self.joining[left] < NEVER:
            ends.append((self.outside, int(self.joining[left])))
        return ends

    def losses(self, left: int, *, all_at_once: bool = False) -> Ints:
        """(edges of this left,) what the whole loses if it is forced; NEVER where it cannot be; 0 for the chosen.

        `all_at_once` pays when everybody is asked for: the first time costs the most.
        """
        edges = self.problem.edges_at(left)
        room = self._room_at_once(left) if all_at_once else self._room(left)
        loss = room[self.problem.right[edges]]
        loss = np.where(loss < NEVER // 2, loss - self.scaled.weight[edges], NEVER)
        loss[~self.problem.allowed[edges]] = NEVER
        loss[self.is_chosen[edges]] = 0
        return loss

    def _room_at_once(self, left: int) -> Ints:
        best = np.full(self.outside + 1, NEVER)
        for end, loss in self._endings(left):
            priced = self._between[:, end]
            best = np.minimum(best, np.where(priced < NEVER, priced - self.price + self.price[end] + loss, NEVER))
        return best

    def _room(self, left: int) -> Ints:
        """(rights + 1,) what it loses to make room at each right, for this left alone (Bellman and Ford)."""
        priced = self._priced_steps
        best = np.full(self.outside + 1, NEVER)
        endings = self._endings(left)
        if not endings:
            return best
        base = min(loss + int(self.price[end]) for end, loss in endings)
        for end, loss in endings:
            best[end] = min(best[end], loss + int(self.price[end]) - base)
        while True:
            nearer = np.minimum(best, np.minimum(priced + best, NEVER).min(axis=1))
            if np.array_equal(nearer, best):
                return np.where(best < NEVER, best + base - self.price, NEVER)
            best = nearer

    @cached_property
    def _priced_steps(self) -> Ints:
        return _priced(self.step, self.price)

    # --- as people count
    def change(self, loss: int) -> Change:
        """A loss read back as leasts, placed, pairs and score."""
        gain = -int(loss)
        leasts = _nearest(gain, self.per_least)
        gain -= leasts * self.per_least
        placed = _nearest(gain, self.per_placed)
        gain -= placed * self.per_placed
        pairs = _nearest(gain, self.per_pair)
        return Change((gain - pairs * self.per_pair) / self.scaled.per_unit, pairs, placed, leasts)


def _nearest(amount: int, unit: int) -> int:
    return (2 * amount + unit) // (2 * unit)


def _priced(step: Ints, price: Ints) -> Ints:
    return np.where(step < NEVER, step + price[:, None] - price[None, :], NEVER)


def _prices(step: Ints) -> Ints:
    """(n,) for each node, such that step + price of its row - price of its column is never below 0: the proof that no
    re-arrangement gains."""
    price = np.zeros(len(step), np.int64)
    for _again in range(len(step) + 1):
        nearer = np.minimum(price, (step + price[:, None]).min(axis=0))
        if np.array_equal(nearer, price):
            return price
        price = nearer
    raise ArithmeticError("the choice is not optimal: some exchange gains")
