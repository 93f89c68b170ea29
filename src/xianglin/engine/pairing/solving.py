"""One round, from the problem to what it amounts to."""

from __future__ import annotations

from math import fsum

import numpy as np

from xianglin.engine.pairing import stable, total
from xianglin.engine.pairing.blocking import blocking_pairs
from xianglin.engine.pairing.problem import Bools, Ints, Problem, Side, degrees
from xianglin.engine.pairing.shortfalls import shortfalls
from xianglin.engine.pairing.solution import Objective, Progress, Solution, Stage


def solve(
    problem: Problem,
    objective: Objective = "total",
    progress: Progress | None = None,
    *,
    like: Ints | None = None,
) -> Solution:
    """The best choice of edges; never infeasible: what cannot be met is among the shortfalls.

    "total": as many leasts met as possible, then (with `everyone`) as many lefts placed, then as many pairs, then the
    greatest score less crowding. "stable": nobody would rather have each other (see `stable.solve_stable`). The same
    problem gives the same solution. `like`: edges chosen before; of equally good totals, one that keeps as many of them
    as possible (where scores are counted in whole units). Raises ArithmeticError where the solver gives up, as it never
    should.
    """
    tell = progress or _silent
    tell(0.0, "checked")
    if objective == "stable":
        chosen, gap = stable.solve_stable(problem, tell), 0.0
    else:
        chosen, gap = total.solve_total(problem, tell, like)
    tell(0.95, "pairs")
    solution = weigh(problem, objective, chosen, gap)
    tell(1.0, "counted")
    return solution


def weigh(problem: Problem, objective: Objective, chosen: Ints, gap: float = 0.0) -> Solution:
    """What a choice of edges (positions, ascending) amounts to, whoever made it."""
    rights = degrees(problem.right, chosen, len(problem.rights))
    crowding = problem.crowding * float((rights * (rights - 1) // 2).sum())
    return Solution(
        objective=objective,
        chosen=chosen,
        total_score=fsum([*problem.score[chosen].tolist(), -crowding]),
        crowding_cost=crowding,
        pairs=len(chosen),
        unmatched_left=np.flatnonzero(_unmatched(problem.lefts, degrees(problem.left, chosen, len(problem.lefts)))),
        unmatched_right=np.flatnonzero(_unmatched(problem.rights, rights)),
        shortfalls=shortfalls(problem, chosen),
        blocking_pairs=blocking_pairs(problem, chosen),
        certified_gap=gap,
    )


def _unmatched(side: Side, have: Ints) -> Bools:
    return np.asarray((have == 0) | (have < side.least))


def _silent(_done: float, _stage: Stage) -> None:
    pass
