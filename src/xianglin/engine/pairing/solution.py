"""What came out of a round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from xianglin.engine.pairing.problem import Ints

Objective = Literal["total", "stable"]
SideName = Literal["left", "right"]
Stage = Literal["checked", "places", "pairs", "counted"]
Progress = Callable[[float, Stage], None]
"""Told how far it is, 0 to 1, and what has just been done."""

Lack = Literal["no_edge", "few_edges", "locked", "capacity"]
"""Why a least was not met: no possible pair at all, fewer than the least, locked pairs of others in the way, or the
places that it could have are all needed by others who are no better off."""


@dataclass(frozen=True)
class Shortfall:
    """A left or right with fewer pairs than its least."""

    side: SideName
    position: int
    least: int
    have: int
    reason: Lack


@dataclass(frozen=True, eq=False)
class Solution:
    """Chosen edges (positions in the problem's arrays, ascending) and what they amount to.

    `total_score` is the sum of the scores less `crowding_cost`. `unmatched_left` and `unmatched_right` are the
    positions of those with no pair, or with fewer than their least. `certified_gap`: no better total exists by more
    than this, in units of the score; 0 where the scores could be counted in whole units and the optimum is proven. A
    stable solution promises no total: its gap is 0 and means nothing.
    """

    objective: Objective
    chosen: Ints
    total_score: float
    crowding_cost: float
    pairs: int
    unmatched_left: Ints
    unmatched_right: Ints
    shortfalls: tuple[Shortfall, ...]
    blocking_pairs: int
    certified_gap: float
