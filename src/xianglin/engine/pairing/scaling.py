"""Scores as integers, so that an optimum can be proven."""

from __future__ import annotations

from dataclasses import dataclass
from math import frexp

import numpy as np

from xianglin.engine.pairing.problem import Floats, Ints, Problem, degrees

FINE = 40  # bits that a score keeps where it cannot be kept whole, if there is room: 36 of them among a thousand
FARTHEST = 1000  # a double ends there: scores that are nearly nothing
ROOM = 48  # bits of one score times the pairs that one exchange may touch; what comes before the score lies above them
WHOLE = (*(10.0**digits for digits in range(10)), *(2.0**bits for bits in range(4, 41, 4)))


@dataclass(frozen=True, eq=False)
class Scaled:
    """`weight` (m,) and `crowding`: scores times `per_unit`, rounded. `lossless`: nothing was rounded away."""

    weight: Ints
    crowding: int
    per_unit: float
    lossless: bool
    greatest: int  # of weights and of what one place costs more than the next


def scale(problem: Problem) -> Scaled:
    """The smallest power of ten or two by which every score is whole; else as fine as 64 bits allow."""
    values = np.append(problem.score, problem.crowding)
    asked = degrees(problem.right, np.arange(len(problem.right)), len(problem.rights))
    most_places = int(np.minimum(problem.rights.capacity, asked).max(initial=1))
    greatest = max(float(np.abs(problem.score).max(initial=0.0)), problem.crowding * most_places)
    limit = 2.0**ROOM / (2 * min(len(problem.lefts), len(problem.rights)) + 8)
    for per_unit in WHOLE:
        if greatest * per_unit > limit:
            continue
        if _whole(values[-64:], per_unit) and _whole(values, per_unit):
            return _scaled(problem, per_unit, True, most_places)
    bits = min(FINE, frexp(limit)[1] - 1) - frexp(greatest)[1]
    return _scaled(problem, 2.0 ** min(bits, FARTHEST), False, most_places)


def _whole(values: Floats, per_unit: float) -> bool:
    return np.array_equal(np.rint(values * per_unit) / per_unit, values)


def _scaled(problem: Problem, per_unit: float, lossless: bool, most_places: int) -> Scaled:
    weight = np.rint(problem.score * per_unit).astype(np.int64)
    crowding = round(problem.crowding * per_unit)
    greatest = max(int(np.abs(weight).max(initial=0)), crowding * most_places, 1)
    return Scaled(weight, crowding, per_unit, lossless, greatest)


def gap(scaled: Scaled, pairs: int, places: Ints) -> float:
    """By how much a better total may be hidden in the rounding: `pairs` scores and all `places` (n,), each up to half
    a unit off in either solution."""
    if scaled.lossless:
        return 0.0
    crowded = int((places * (places - 1) // 2).sum()) if scaled.crowding else 0
    return (pairs + crowded) / scaled.per_unit
