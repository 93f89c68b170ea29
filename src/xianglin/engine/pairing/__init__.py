"""Pairing rounds: who goes with whom, exactly, and why.

    problem = Problem.from_ids(needs, offers, edges, locked=..., forbidden=...)
    solution = solve(problem)              # or solve(problem, "stable")
    explain(problem, solution, left)       # what each right of a higher score was not given for

Needs NumPy; OR-Tools is imported when a total is solved.
"""

from xianglin.engine.pairing.blocking import blocking_pairs
from xianglin.engine.pairing.compare import Comparison, Move, compare
from xianglin.engine.pairing.exchange import Change
from xianglin.engine.pairing.explain import (
    Alternative,
    Explanation,
    Explanations,
    Holder,
    Reason,
    WhyNot,
    alternatives,
    consequences,
    difference,
    explain,
    explanations,
    forced,
)
from xianglin.engine.pairing.problem import (
    DuplicateEdge,
    InvalidNumber,
    InvalidProblem,
    LockedImpossible,
    Party,
    Problem,
    Side,
    UnknownId,
)
from xianglin.engine.pairing.solution import Lack, Objective, Progress, Shortfall, Solution, Stage
from xianglin.engine.pairing.solving import solve, weigh

__all__ = [
    "Alternative",
    "Change",
    "Comparison",
    "DuplicateEdge",
    "Explanation",
    "Explanations",
    "Holder",
    "InvalidNumber",
    "InvalidProblem",
    "Lack",
    "LockedImpossible",
    "Move",
    "Objective",
    "Party",
    "Problem",
    "Progress",
    "Reason",
    "Shortfall",
    "Side",
    "Solution",
    "Stage",
    "UnknownId",
    "WhyNot",
    "alternatives",
    "blocking_pairs",
    "compare",
    "consequences",
    "difference",
    "explain",
    "explanations",
    "forced",
    "solve",
    "weigh",
]
