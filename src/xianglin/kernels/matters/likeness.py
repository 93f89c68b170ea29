"""Which matters may be one (likely duplicates): proposed to the receiving post, which decides side by side.

A plain rule over the titles' two-character pieces, among a bounded number of a place's open matters.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q, QuerySet

from xianglin.commons.access.models import Grant
from xianglin.engine import text

from . import queries
from .models import TO_DO, WORKED_ON, Apart, Matter, State

LOOKED_THROUGH = 200  # of a place's open matters; pairs are counted among these and no others
SHOWN = 50  # pairs on one page


@dataclass(frozen=True)
class Pair:
    one: Matter  # the first that came in
    other: Matter
    like: float


@dataclass(frozen=True)
class Pairs:
    likely: Sequence[Pair]  # the likeliest first
    apart: Sequence[Pair]  # told apart before, among the same matters
    cut: bool  # more are open here than were looked through
    more: bool  # more pairs than are shown


def alike(one: Matter, other: Matter) -> float:
    """How likely two matters are one, 0: not likely enough to ask. Of one category, less is enough."""
    return alike_by(one, other, pieces_of(one), pieces_of(other))


def pieces_of(matter: Matter) -> frozenset[str]:
    """Of its title, or of what its words begin with where ``queries.read_titles`` looked; none of one only spoken."""
    return text.pieces(matter.title or matter._begins)


def alike_by(one: Matter, other: Matter, pieces: frozenset[str], others: frozenset[str]) -> float:
    like = text.likeness(pieces, others)
    return like if like >= (0.3 if one.category == other.category else 0.5) else 0


def in_order(one: Matter, other: Matter) -> tuple[Matter, Matter]:
    return (one, other) if one.pk < other.pk else (other, one)


def like_this(matter: Matter, limit: int = 5) -> list[Matter]:
    """What came in lately at the same place and this one may be a duplicate of, the likeliest first."""
    rows = queries.open_in(matter.area).filter(area_id=matter.area_id, parent=None, state__in=TO_DO)
    known = [pk for pair in _told_apart([matter.pk]) for pk in pair]
    rows = rows.exclude(pk__in=[matter.pk, *known]).order_by("-pk")
    matter, *others = queries.read_titles([matter, *rows[:LOOKED_THROUGH]])
    near = [(alike(matter, other), other) for other in others if may_be_one(matter, other)]
    return [other for like, other in sorted(near, key=lambda pair: -pair[0]) if like][:limit]


def pairs_for(grant: Grant) -> Pairs:
    """The likely pairs among what is open where a receiving post works, within one place each."""
    rows = queries.open_for_grant(grant).filter(parent=None, state__in=TO_DO)
    found = list(rows.order_by("-next_on", "-pk")[: LOOKED_THROUGH + 1])
    looked = queries.read_titles(found[:LOOKED_THROUGH])
    known = _told_apart([row.pk for row in looked])
    by_pk = {row.pk: row for row in looked}
    likely = [pair for pair in _pairs(looked) if (pair.one.pk, pair.other.pk) not in known]
    likely.sort(key=lambda pair: (-pair.like, -pair.other.pk))
    apart = [Pair(by_pk[one], by_pk[other], 0) for one, other in sorted(known) if one in by_pk and other in by_pk]
    return Pairs(likely[:SHOWN], apart[:SHOWN], len(found) > LOOKED_THROUGH, len(likely) > SHOWN)


def _pairs(matters: Iterable[Matter]) -> Iterator[Pair]:
    here: dict[int, list[tuple[Matter, frozenset[str]]]] = defaultdict(list)
    for row in matters:
        here[row.area_id].append((row, pieces_of(row)))
    for rows in here.values():
        for (one, pieces), (other, others) in combinations(rows, 2):
            like = alike_by(one, other, pieces, others)
            if like and may_be_one(one, other):
                yield Pair(*in_order(one, other), like)


def _told_apart(pks: Sequence[int]) -> set[tuple[int, int]]:
    """The pairs of which these are one, each by number."""
    standing = Apart.objects.filter(withdrawn_at=None)
    rows = standing.filter(Q(one__in=pks) | Q(other__in=pks))
    return set(rows.values_list("one_id", "other_id"))


def told_apart(one: Matter, other: Matter) -> QuerySet[Apart]:
    """What stands of two having been told apart."""
    one, other = in_order(one, other)
    return Apart.objects.filter(one=one, other=other, withdrawn_at=None)


def may_lie_under(matter: Matter, parent: Matter) -> bool:
    """Whether it can be linked to that one now, as ``actions.link_duplicate`` decides."""
    if matter.state not in TO_DO or matter.child_count or matter.parent_id or parent.parent_id:
        return False
    return parent.state in WORKED_ON or matter.state == parent.state == State.RECEIVED


def may_be_one(one: Matter, other: Matter) -> bool:
    """Whether it is worth asking: one of them can be linked to the other, and nobody has split the two before."""
    whole = one.split_from_id or one.pk
    return whole != (other.split_from_id or other.pk) and bool(parents_of(one, other))


def parents_of(one: Matter, other: Matter) -> list[Matter]:
    """Which of two can be the parent, the first that came in before the other."""
    one, other = in_order(one, other)
    return [p for p, child in ((one, other), (other, one)) if may_lie_under(child, p)]
