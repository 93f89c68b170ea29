"""What is to be paired: needs on the left, offers on the right, the pairs that are possible, what is fixed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

GREATEST = 1e15  # of numbers: beyond, a double no longer tells one whole number from the next

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class InvalidProblem(ValueError):
    """The problem makes no sense as it was given; `code` says why, to machines."""

    code = "pairing.invalid"


class InvalidNumber(InvalidProblem):
    """NaN or beyond 10^15, a place count below its smallest, a least above its capacity, arrays of unequal length."""

    code = "pairing.invalid_number"


class UnknownId(InvalidProblem):
    """An edge, lock or ban names somebody who is on neither side; or two on one side have the same id."""

    code = "pairing.unknown_id"


class DuplicateEdge(InvalidProblem):
    """The same left and right stand twice among the edges."""

    code = "pairing.duplicate_edge"


class LockedImpossible(InvalidProblem):
    """A locked pair has no edge, is forbidden too, or a side has more locked pairs than places."""

    code = "pairing.locked_impossible"


@dataclass(frozen=True)
class Party:
    """One need or offer, for `Problem.from_ids`."""

    id: str
    capacity: int = 1
    least: int = 0


@dataclass(frozen=True, eq=False)
class Side:
    """All needs, or all offers; everybody is known by position 0..n-1.

    `capacity` (n,) integers >= 1: places. `least` (n,) integers, 0 <= least <= capacity: how many pairs it should
    have at the least; absent = 0. `ids` (n): what breaks ties, smaller first; absent = the position.
    """

    capacity: Ints
    least: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        capacity = _integers(self.capacity, "capacity")
        least = _integers(self.least, "least")
        if not least.size:
            least = np.zeros_like(capacity)
        if least.shape != capacity.shape or (self.ids and len(self.ids) != len(capacity)):
            raise InvalidNumber("capacity, least and ids of a side must be equally long")
        if (capacity < 1).any() or (least < 0).any() or (least > capacity).any():
            raise InvalidNumber("a capacity is at least 1, a least between 0 and the capacity")
        if len(set(self.ids)) != len(self.ids):
            raise UnknownId("two on one side have the same id")
        object.__setattr__(self, "capacity", capacity)
        object.__setattr__(self, "least", least)
        object.__setattr__(self, "ids", tuple(self.ids))

    def __len__(self) -> int:
        return len(self.capacity)

    @cached_property
    def rank(self) -> Ints:
        """(n,) who comes first where all else is equal."""
        rank = np.arange(len(self), dtype=np.int64)
        if self.ids:
            rank[np.array(sorted(range(len(self)), key=self.ids.__getitem__), dtype=np.int64)] = np.arange(len(self))
        return rank


@dataclass(frozen=True, eq=False)
class Problem:
    """One round.

    Edges are three or four arrays (m,): `left` and `right` positions, `score` of at most 10^15 either way, higher is
    better, `priority` what the right prefers by (absent = the score). A pair without an edge is impossible. `locked`
    (k, 2) and `forbidden` (k, 2) are pairs of positions: the first stay whatever they cost, the second are never made.
    `crowding` >= 0, in units of the score: the k-th pair of the same right costs (k-1) * crowding. `everyone`: that as
    many lefts as possible are placed, and then as many pairs made, comes before the score; without it a pair
    whose score is not above 0 is made only where a least needs it.

    Raises a subclass of `InvalidProblem`.
    """

    lefts: Side
    rights: Side
    left: Ints
    right: Ints
    score: Floats
    priority: Floats | None = None
    locked: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    forbidden: Ints = field(default_factory=lambda: np.zeros((0, 2), np.int64))
    crowding: float = 0.0
    everyone: bool = True

    def __post_init__(self) -> None:
        for name in ("left", "right"):
            object.__setattr__(self, name, _integers(getattr(self, name), name))
        for name in ("locked", "forbidden"):
            object.__setattr__(self, name, np.unique(_pairs(getattr(self, name), name), axis=0))
        object.__setattr__(self, "score", _finite(self.score, "score"))
        if self.priority is not None:
            object.__setattr__(self, "priority", _finite(self.priority, "priority"))
        self._check()

    def _check(self) -> None:
        if not len(self.left) == len(self.right) == len(self.score) == len(self.preferred):
            raise InvalidNumber("left, right, score and priority must be equally long")
        if not 0 <= self.crowding <= GREATEST:
            raise InvalidNumber("crowding must be a number between 0 and 10^15")
        for lefts, rights in ((self.left, self.right), self.locked.T, self.forbidden.T):
            _within(lefts, len(self.lefts), "left")
            _within(rights, len(self.rights), "right")
        if (np.diff(self._sorted_keys) == 0).any():
            twice = self._sorted_keys[:-1][np.diff(self._sorted_keys) == 0][0]
            raise DuplicateEdge(f"left {twice // len(self.rights)}, right {twice % len(self.rights)} stand twice")
        if (self.locked_edges < 0).any():
            raise LockedImpossible("a locked pair has no edge")
        if not self.allowed[self.locked_edges].all():
            raise LockedImpossible("a pair is both locked and forbidden")
        for side, of in ((self.lefts, self.left), (self.rights, self.right)):
            if (degrees(of, self.locked_edges, len(side)) > side.capacity).any():
                raise LockedImpossible("more pairs are locked than there are places")

    @classmethod
    def from_ids(
        cls,
        lefts: Iterable[Party],
        rights: Iterable[Party],
        edges: Iterable[tuple[str, str, float] | tuple[str, str, float, float]],
        *,
        locked: Iterable[tuple[str, str]] = (),
        forbidden: Iterable[tuple[str, str]] = (),
        crowding: float = 0.0,
        everyone: bool = True,
    ) -> Problem:
        """The same by ids; edges are (left, right, score) or, all of them, (left, right, score, priority)."""
        (one, of_left), (other, of_right) = _side(lefts), _side(rights)
        rows = list(edges)
        if len({len(row) for row in rows}) > 1:
            raise InvalidNumber("either every edge has a priority or none")
        left, right = _positions([(row[0], row[1]) for row in rows], of_left, of_right).T
        return cls(
            one,
            other,
            left,
            right,
            np.array([row[2] for row in rows], np.float64),
            np.array([row[3] for row in rows if len(row) > 3], np.float64) if rows and len(rows[0]) > 3 else None,
            _positions(list(locked), of_left, of_right),
            _positions(list(forbidden), of_left, of_right),
            crowding,
            everyone,
        )

    @property
    def preferred(self) -> Floats:
        """(m,) what the right side prefers by."""
        return self.score if self.priority is None else self.priority

    @cached_property
    def allowed(self) -> Bools:
        """(m,) edges that are not forbidden."""
        allowed = np.ones(len(self.left), np.bool_)
        banned = self.edges_of(self.forbidden)
        allowed[banned[banned >= 0]] = False
        return allowed

    @cached_property
    def locked_edges(self) -> Ints:
        return np.sort(self.edges_of(self.locked))

    @cached_property
    def is_locked(self) -> Bools:
        """(m,)"""
        found = np.zeros(len(self.left), np.bool_)
        found[self.locked_edges] = True
        return found

    @cached_property
    def by_left(self) -> tuple[Ints, Ints]:
        """Edges grouped by left, in the order of rights, (m,), and where each group begins, (n + 1,)."""
        return self._order, np.searchsorted(self.left[self._order], np.arange(len(self.lefts) + 1))

    def edges_at(self, left: int) -> Ints:
        order, begins = self.by_left
        return order[begins[left] : begins[left + 1]]

    def edges_of(self, pairs: Ints) -> Ints:
        """(k,) the edges of pairs (k, 2) of positions, -1 where there is none."""
        keys = pairs[:, 0] * len(self.rights) + pairs[:, 1]
        if not len(self._sorted_keys):
            return np.full(len(keys), -1, np.int64)
        at = np.minimum(np.searchsorted(self._sorted_keys, keys), len(self._sorted_keys) - 1)
        return np.where(self._sorted_keys[at] == keys, self._order[at], -1)

    @cached_property
    def _order(self) -> Ints:
        return np.argsort(self.left * len(self.rights) + self.right, kind="stable").astype(np.int64)

    @cached_property
    def _sorted_keys(self) -> Ints:
        return (self.left * len(self.rights) + self.right)[self._order]


def degrees(of: Ints, edges: Ints, count: int) -> Ints:
    """(count,) how many of the edges each has, `of` being the edges' lefts or rights."""
    return np.bincount(of[edges], minlength=count).astype(np.int64)


def _side(parties: Iterable[Party]) -> tuple[Side, dict[str, int]]:
    rows = list(parties)
    side = Side(
        np.array([row.capacity for row in rows], np.int64),
        np.array([row.least for row in rows], np.int64),
        tuple(row.id for row in rows),
    )
    return side, {row.id: at for at, row in enumerate(rows)}


def _positions(pairs: Sequence[tuple[str, str]], lefts: dict[str, int], rights: dict[str, int]) -> Ints:
    try:
        found = [(lefts[left], rights[right]) for left, right in pairs]
    except KeyError as unknown:
        raise UnknownId(f"nobody has the id {unknown}") from None
    return np.array(found, np.int64).reshape(-1, 2)


def _integers(values: ArrayLike, name: str) -> Ints:
    given = np.asarray(values)
    whole = np.issubdtype(given.dtype, np.integer) or not given.size
    if given.ndim != 1 or not whole:
        raise InvalidNumber(f"{name} must be a row of integers")
    return given.astype(np.int64)


def _pairs(values: ArrayLike, name: str) -> Ints:
    given = np.asarray(values)
    if not given.size:
        return np.zeros((0, 2), np.int64)
    if given.ndim != 2 or given.shape[1] != 2 or not np.issubdtype(given.dtype, np.integer):
        raise InvalidNumber(f"{name} must be pairs of positions")
    return given.astype(np.int64)


def _finite(values: ArrayLike, name: str) -> Floats:
    given = np.asarray(values, np.float64)
    if given.ndim != 1 or not (np.abs(given) <= GREATEST).all():
        raise InvalidNumber(f"{name} must be a row of numbers of at most 10^15")
    return given


def _within(positions: Ints, count: int, name: str) -> None:
    if positions.size and (positions.min() < 0 or positions.max() >= count):
        raise UnknownId(f"a {name} lies outside 0..{count - 1}")
