"""What people speak of: a place's matters of some months by category, and those that say much the same.

Everything is read from the rows of ``queries.came_in``, so that a count and its records are the same rows.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q

from xianglin.base import clock
from xianglin.base.months import months_to, next_month
from xianglin.commons.access.models import Grant
from xianglin.commons.areas.models import Area

from . import likeness, queries
from .models import Matter, Source, State

PAGE = 50
SPANS = (1, 3, 12)  # months
STANDING = {  # where it stands today; together they are all
    "open": Q(open=True),
    "settled": Q(state=State.SETTLED),
    "else": Q(open=False) & ~Q(state=State.SETTLED),
}


@dataclass(frozen=True)
class Period:
    """So many months, up to the end of the last."""

    last: dt.date
    count: int

    @property
    def first(self) -> dt.date:
        return months_to(self.last, self.count)[0]

    @property
    def begin(self) -> dt.datetime:
        return dt.datetime.combine(self.first, dt.time(), clock.SHANGHAI)

    @property
    def end(self) -> dt.datetime:
        return dt.datetime.combine(next_month(self.last), dt.time(), clock.SHANGHAI)


@dataclass(frozen=True)
class Topic:
    category: str
    raised: int
    open: int
    settled: int

    @property
    def otherwise(self) -> int:
        """Ended without its author's word that it is done: not confirmed, not taken, handed on, withdrawn."""
        return self.raised - self.open - self.settled


@dataclass
class Group:
    """Matters that say much the same: a parent with its duplicates, and others with a title like theirs."""

    matters: list[Matter]
    pieces: frozenset[str] = field(default_factory=frozenset)


def said(grant: Grant, area: Area, period: Period) -> queries.Set:
    """What villagers said: not what was asked from above, nor accusations, which are not dealt with here."""
    rows = queries.came_in(grant, area, period.begin, period.end)
    return rows.exclude(source=Source.ABOVE).exclude(state=State.QUARANTINED)


def by_category(rows: queries.Set) -> list[Topic]:
    """One query; the most spoken of first, what has no category last."""
    counted = (
        rows.order_by()
        .values("category")
        .annotate(
            raised=Count("pk"),
            now_open=Count("pk", filter=STANDING["open"]),
            settled=Count("pk", filter=STANDING["settled"]),
        )
    )
    found = [Topic(row["category"], row["raised"], row["now_open"], row["settled"]) for row in counted]
    return sorted(found, key=lambda topic: (not topic.category, -topic.raised, topic.category))


def standing(rows: queries.Set, which: str) -> queries.Set:
    return rows.filter(STANDING[which]) if which in STANDING else rows


def page(rows: queries.Set, after: str = "") -> tuple[list[Matter], str]:
    """Fifty, newest first, and what the next page begins behind; ValueError where that is no moment."""
    at, _tilde, pk = after.rpartition("~")
    if at and pk.isdecimal():
        moment = dt.datetime.fromisoformat(at)
        rows = rows.filter(Q(received_at__lte=moment), Q(received_at__lt=moment) | Q(pk__lt=int(pk)))
    found = list(rows.order_by("-received_at", "-pk")[: PAGE + 1])
    if len(found) <= PAGE:
        return found, ""
    last = found[PAGE - 1]
    return found[:PAGE], f"{last.received_at.isoformat()}~{last.pk}"


def newest(rows: queries.Set) -> tuple[list[Matter], bool]:
    """Those that are compared, and whether there are more."""
    found = list(rows.order_by("-received_at", "-pk")[: likeness.LOOKED_THROUGH + 1])
    return found[: likeness.LOOKED_THROUGH], len(found) > likeness.LOOKED_THROUGH


def groups(matters: Iterable[Matter]) -> list[Group]:
    """Those of two and more, the largest first. Each joins the first group that its title is like, or its parent's."""
    found: list[Group] = []
    by_family: dict[int, Group] = {}
    for matter in sorted(matters, key=lambda m: m.pk):
        family = matter.parent_id or matter.pk
        pieces = likeness.pieces_of(matter)
        group = by_family.get(family) or next((g for g in found if _fits(matter, pieces, g)), None)
        if group is None:
            group = Group([], pieces)
            found.append(group)
        group.matters.append(matter)
        by_family[family] = group
    return sorted((g for g in found if len(g.matters) > 1), key=lambda g: (-len(g.matters), g.matters[0].pk))


def _fits(matter: Matter, pieces: frozenset[str], group: Group) -> bool:
    first: Sequence[Matter] = group.matters[:1]
    return any(likeness.alike_by(matter, one, pieces, group.pieces) for one in first)
