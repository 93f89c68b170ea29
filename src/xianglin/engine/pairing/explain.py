"""Why somebody was given this right and not a better one, and what else there would be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, overload

import numpy as np

from xianglin.engine.pairing.compare import Comparison, compare
from xianglin.engine.pairing.exchange import NEVER, Change, Exchanges
from xianglin.engine.pairing.problem import Bools, Ints, LockedImpossible, Problem
from xianglin.engine.pairing.solution import Solution
from xianglin.engine.pairing.solving import solve
from xianglin.engine.pairing.total import short

Reason = Literal["forbidden", "locked", "full", "needed", "crowded", "no_gain", "whole"]
"""Why a right was not given, though it scores better:

forbidden  the pair must not be made;
locked     what the left would give up for it, or all places of the right, are locked pairs;
full       all places of the right are given, to `holders`;
needed     it has a place, but the left is needed where it is, for a least of what it would leave;
crowded    it has a place, but one pair more there costs more than it gains;
no_gain    both have a place, but the pair's score is not above 0 (without `everyone`);
whole      it has a place, and yet everything together is worth less with it.
"""


@dataclass(frozen=True)
class Holder:
    """Who has a place at a right."""

    left: int
    edge: int
    score: float
    priority: float
    locked: bool


@dataclass(frozen=True)
class WhyNot:
    """A right that scores better for the left than what it was given. `change`: of the whole, if the pair were forced
    and everybody else paired anew as well as can be; None where it cannot be, or was not asked for."""

    right: int
    edge: int
    score: float
    reason: Reason
    holders: tuple[Holder, ...]
    change: Change | None


@dataclass(frozen=True)
class Explanation:
    """`chosen`: edges, the best score first. `better`: the highest score first; everybody else that is possible, where
    the left has a place free."""

    left: int
    chosen: tuple[int, ...]
    better: tuple[WhyNot, ...]


@dataclass(frozen=True)
class Alternative:
    """Another right for a left, and what the whole would change by."""

    right: int
    edge: int
    score: float
    change: Change


class Explanations(Sequence[Explanation]):
    """One for each left, by position, made when it is looked at."""

    never = NEVER  # the loss of what cannot be

    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.problem, self.solution = problem, solution

    def __len__(self) -> int:
        return len(self.problem.lefts)

    @overload
    def __getitem__(self, left: int) -> Explanation: ...
    @overload
    def __getitem__(self, left: slice) -> list[Explanation]: ...
    def __getitem__(self, left: int | slice) -> Explanation | list[Explanation]:
        if isinstance(left, slice):
            return [self.of(one) for one in range(len(self))[left]]
        return self.of(range(len(self))[left], all_at_once=True)

    def __iter__(self) -> Iterator[Explanation]:
        return (self.of(left, all_at_once=True) for left in range(len(self)))

    def of(self, left: int, *, all_at_once: bool = False) -> Explanation:
        """As `explain`, for those who ask for one person only: cheaper than `[left]` before others were asked for."""
        problem = self.problem
        edges = problem.edges_at(left)
        score = problem.score[edges]
        given = self._is_chosen[edges]
        full = given.sum() >= problem.lefts.capacity[left]
        asked = np.flatnonzero(~given & (score > (score[given].min() if full else -np.inf)))
        asked = asked[np.lexsort((problem.rights.rank[problem.right[edges[asked]]], -score[asked]))]
        losses = self.losses(left, all_at_once=all_at_once)
        better = tuple(self._why_not(left, int(edges[at]), None if losses is None else int(losses[at])) for at in asked)
        chosen = edges[given][np.argsort(-score[given], kind="stable")]
        return Explanation(left, tuple(chosen.tolist()), better)

    def alternatives(self, left: int, n: int = 3, *, all_at_once: bool = False) -> tuple[Alternative, ...]:
        """As `alternatives`, of a total; `all_at_once` where everybody is asked for."""
        problem, edges = self.problem, self.problem.edges_at(left)
        losses = self.exchanges.losses(left, all_at_once=all_at_once)
        possible = np.flatnonzero((losses < NEVER) & ~self._is_chosen[edges])
        keys = (problem.rights.rank[problem.right[edges]], -problem.score[edges], losses)
        best = possible[np.lexsort(tuple(key[possible] for key in keys))][:n]
        return tuple(_alternative(problem, int(edges[at]), self.exchanges.change(int(losses[at]))) for at in best)

    def losses(self, left: int, *, all_at_once: bool = False) -> Ints | None:
        """See `Exchanges.losses`; None for a stable solution, where a total is not what was sought."""
        if self.solution.objective == "stable":
            return None
        return self.exchanges.losses(left, all_at_once=all_at_once)

    @cached_property
    def exchanges(self) -> Exchanges:
        return Exchanges(self.problem, self.solution.chosen)

    @cached_property
    def _is_chosen(self) -> Bools:
        mask = np.zeros(len(self.problem.left), np.bool_)
        mask[self.solution.chosen] = True
        return mask

    @cached_property
    def _holders(self) -> list[tuple[Holder, ...]]:
        """Per right: the least wanted first."""
        problem, found = self.problem, list[list[Holder]]([] for _ in range(len(self.problem.rights)))
        for edge in self.solution.chosen.tolist():
            holder = Holder(
                int(problem.left[edge]),
                edge,
                float(problem.score[edge]),
                float(problem.preferred[edge]),
                bool(problem.is_locked[edge]),
            )
            found[problem.right[edge]].append(holder)
        return [tuple(sorted(holders, key=lambda holder: (holder.priority, -holder.left))) for holders in found]

    def _why_not(self, left: int, edge: int, loss: int | None) -> WhyNot:
        right = int(self.problem.right[edge])
        change = None if loss is None or loss >= NEVER else self.exchanges.change(loss)
        reason = self._reason(left, right, edge)
        holders = () if reason == "forbidden" else self._holders[right]
        return WhyNot(right, edge, float(self.problem.score[edge]), reason, holders, change)

    def _reason(self, left: int, right: int, edge: int) -> Reason:
        problem = self.problem
        if not problem.allowed[edge]:
            return "forbidden"
        holders = self._holders[right]
        room = len(self._own[left]) < problem.lefts.capacity[left]
        worse = [one for one in self._own[left] if problem.score[one] < problem.score[edge]]
        loose = [one for one in worse if not problem.is_locked[one]]
        crowding = problem.crowding if self.solution.objective == "total" else 0.0
        full = len(holders) >= problem.rights.capacity[right]
        if (not room and not loose) or (full and all(holder.locked for holder in holders)):
            return "locked"
        if full:
            return "full"
        if room:
            return "no_gain" if problem.score[edge] <= 0 else "crowded" if crowding else "whole"
        if all(len(self._holders[at]) <= problem.rights.least[at] for at in problem.right[loose].tolist()):
            return "needed"
        if crowding and problem.score[edge] - problem.score[loose].min() <= crowding * len(holders):
            return "crowded"
        return "whole" if problem.everyone or problem.score[edge] > 0 else "no_gain"

    @cached_property
    def _own(self) -> list[list[int]]:
        found = list[list[int]]([] for _ in range(len(self)))
        for edge in self.solution.chosen.tolist():
            found[self.problem.left[edge]].append(edge)
        return found


def explain(problem: Problem, solution: Solution, left: int) -> Explanation:
    """For one left: what it was given, and why each right of a higher score was not."""
    return Explanations(problem, solution).of(left)


def explanations(problem: Problem, solution: Solution) -> Explanations:
    """For everybody; the exchanges are computed once, for the first that is looked at."""
    return Explanations(problem, solution)


def alternatives(problem: Problem, solution: Solution, left: int, n: int = 3) -> tuple[Alternative, ...]:
    """The `n` other rights for which the whole loses least, the best first, equals by score and id. Each change is that
    of solving anew with the pair locked; where the left has all its places, one of its own makes room.

    For a stable solution the `n` best-scored ones, each solved anew.
    """
    if solution.objective == "stable":
        return _solved_anew(problem, solution, left, n)
    return Explanations(problem, solution).alternatives(left, n)


def consequences(problem: Problem, solution: Solution, edge: int) -> Comparison:
    """What would move if a pair were forced: solved anew, and as like the solution as can be. Raises LockedImpossible
    where locks hold all places of either."""
    anew = solve(forced(problem, edge), solution.objective, like=solution.chosen)
    return compare(problem, solution, anew)


def forced(problem: Problem, edge: int) -> Problem:
    """The same with one more pair locked. Raises LockedImpossible where locks hold all places of either."""
    pair = np.array([[problem.left[edge], problem.right[edge]]])
    return replace(problem, locked=np.concatenate([problem.locked, pair]))


def _solved_anew(problem: Problem, solution: Solution, left: int, n: int) -> tuple[Alternative, ...]:
    edges = np.setdiff1d(problem.edges_at(left), solution.chosen)
    edges = edges[problem.allowed[edges]]
    edges = edges[np.lexsort((problem.rights.rank[problem.right[edges]], -problem.score[edges]))]
    found: list[Alternative] = []
    for edge in edges.tolist():
        if len(found) == n:
            break
        try:
            anew = solve(forced(problem, edge), solution.objective)
        except LockedImpossible:
            continue
        found.append(_alternative(problem, edge, difference(problem, solution, anew)))
    return tuple(found)


def difference(problem: Problem, before: Solution, after: Solution) -> Change:
    """What the whole changed by."""
    placed = len(np.unique(problem.left[after.chosen])) - len(np.unique(problem.left[before.chosen]))
    leasts = short(problem, before.chosen) - short(problem, after.chosen)
    return Change(after.total_score - before.total_score, after.pairs - before.pairs, placed, leasts)


def _alternative(problem: Problem, edge: int, change: Change) -> Alternative:
    return Alternative(int(problem.right[edge]), edge, float(problem.score[edge]), change)
