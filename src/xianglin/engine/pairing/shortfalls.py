"""Leasts that were not met, and why."""

from __future__ import annotations

import numpy as np

from xianglin.engine.pairing.problem import Ints, Problem, Side, degrees
from xianglin.engine.pairing.solution import Lack, Shortfall, SideName


def shortfalls(problem: Problem, chosen: Ints) -> tuple[Shortfall, ...]:
    """Lefts first, then rights, each in the order of positions."""
    left = _of_side(problem, chosen, "left", problem.lefts, problem.left, problem.rights, problem.right)
    right = _of_side(problem, chosen, "right", problem.rights, problem.right, problem.lefts, problem.left)
    return (*left, *right)


def _of_side(
    problem: Problem, chosen: Ints, name: SideName, side: Side, of: Ints, others: Side, of_other: Ints
) -> list[Shortfall]:
    have = degrees(of, chosen, len(side))
    found = []
    for position in np.flatnonzero(have < side.least).tolist():
        possible = int((problem.allowed & (of == position)).sum())
        least = int(side.least[position])
        why: Lack = "no_edge" if not possible else "few_edges"
        if possible >= least:
            freed = _could_be_met(problem, chosen, position, side, of, others, of_other)
            why = "locked" if freed else "capacity"
        found.append(Shortfall(name, position, least, int(have[position]), why))
    return found


def _could_be_met(
    problem: Problem, chosen: Ints, position: int, side: Side, of: Ints, others: Side, of_other: Ints
) -> bool:
    """Whether one more pair could be had, with nobody else falling below their least, if locks were opened: a walk
    along possible pairs to places, and from places to those who have them."""
    have, taken = degrees(of, chosen, len(side)), degrees(of_other, chosen, len(others))
    held = np.zeros(len(of), np.bool_)
    held[chosen] = True
    seen, seen_places, waiting = {position}, np.zeros(len(others), np.bool_), [position]
    while waiting:
        one = waiting.pop()
        places = of_other[problem.allowed & ~held & (of == one)]
        places = places[~seen_places[places]]
        if (taken[places] < others.capacity[places]).any():
            return True
        seen_places[places] = True
        reached = np.zeros(len(others), np.bool_)
        reached[places] = True
        for holder in np.unique(of[chosen][reached[of_other[chosen]]]).tolist():
            if holder not in seen:
                if have[holder] > side.least[holder]:
                    return True
                seen.add(holder)
                waiting.append(holder)
    return False
