"""What is known of everybody who takes part, read in a constant number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ..levels.models import Standing
from ..registers.models import Avoidance, GoesTo, HeldPost, Teaches, Why
from .models import Giving, Wanting


@dataclass(frozen=True)
class Gap:
    """An ability in which somebody wants to be further: 文字综合 2 → 4."""

    ability_id: int
    name: str
    current: int
    wanted: int

    @property
    def levels(self) -> int:
        return self.wanted - self.current


@dataclass(frozen=True)
class Learner:
    need_id: int
    account_id: int
    name: str
    post: str
    village_id: int | None
    village: str
    town_id: int | None
    gaps: tuple[Gap, ...]  # the widest first
    wishes: str


@dataclass(frozen=True)
class Teacher:
    offer_id: int
    account_id: int
    name: str
    held: tuple[str, ...]
    years: int | None
    teaches: frozenset[int]
    goes_to: frozenset[int]  # empty: anywhere in his town
    town_id: int | None
    taken: int
    most: int
    wishes: str


def learners(need_ids: Sequence[int]) -> list[Learner]:
    """In the order of the ids."""
    rows = Wanting.objects.filter(need_id__in=need_ids).select_related("cadre__account", "cadre__area")
    by_need = {row.need_id: row.cadre for row in rows}
    gaps: dict[int, list[Gap]] = defaultdict(list)
    cadre_ids = [cadre.pk for cadre in by_need.values()]
    standings = Standing.objects.filter(cadre_id__in=cadre_ids, ability__to_on=None, wanted__isnull=False)
    for row in standings.select_related("ability").order_by("ability__order", "ability_id"):
        if row.gap and row.wanted is not None:
            gaps[row.cadre_id].append(Gap(row.ability_id, row.ability.name, row.current or 0, row.wanted))
    return [
        Learner(
            need_id=need_id,
            account_id=cadre.account_id,
            name=cadre.account.display_name,
            post=cadre.post,
            village_id=cadre.village_id,
            village=cadre.area.name if cadre.village_id else "",
            town_id=cadre.town_id,
            gaps=tuple(sorted(gaps[cadre.pk], key=lambda gap: -gap.levels)),
            wishes=cadre.wishes,
        )
        for need_id in need_ids
        if (cadre := by_need.get(need_id)) is not None
    ]


def teachers(offer_ids: Sequence[int]) -> list[Teacher]:
    """In the order of the ids."""
    rows = Giving.objects.filter(offer_id__in=offer_ids).select_related("offer", "mentor__account")
    by_offer = {row.offer_id: row for row in rows}
    mentor_ids = [row.mentor_id for row in by_offer.values()]
    held: dict[int, list[str]] = defaultdict(list)
    for mentor_id, post in (
        HeldPost.objects.filter(mentor_id__in=mentor_ids, struck_on=None)
        .order_by("order", "pk")
        .values_list("mentor_id", "post")
    ):
        held[mentor_id].append(post)
    teaches = _ids(Teaches.objects.filter(mentor_id__in=mentor_ids, struck_on=None), "ability_id")
    goes_to = _ids(GoesTo.objects.filter(mentor_id__in=mentor_ids, struck_on=None), "village_id")
    return [
        Teacher(
            offer_id=offer_id,
            account_id=row.mentor.account_id,
            name=row.mentor.account.display_name,
            held=tuple(held[row.mentor_id]),
            years=row.mentor.years,
            teaches=frozenset(teaches[row.mentor_id]),
            goes_to=frozenset(goes_to[row.mentor_id]),
            town_id=row.mentor.town_id,
            taken=row.offer.taken,
            most=row.offer.most or row.mentor.most,
            wishes=row.mentor.wishes,
        )
        for offer_id in offer_ids
        if (row := by_offer.get(offer_id)) is not None
    ]


def _ids(rows: QuerySet[Teaches] | QuerySet[GoesTo], column: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for mentor_id, value in rows.values_list("mentor_id", column):
        found[mentor_id].add(value)
    return found


def kept_apart(learners: Sequence[Learner], teachers: Sequence[Teacher]) -> dict[tuple[int, int], Why]:
    """Pairs of accounts (learner, teacher) that are not to be brought together (回避), and why."""
    ours, theirs = {one.account_id for one in learners}, {one.account_id for one in teachers}
    rows = Avoidance.objects.filter(to_on=None)
    if len(ours) <= 1:
        rows = rows.filter(Q(one_id__in=ours) | Q(other_id__in=ours))
    found: dict[tuple[int, int], Why] = {}
    for one, other, why in rows.values_list("one_id", "other_id", "why"):
        for learner, teacher in ((one, other), (other, one)):
            if learner in ours and teacher in theirs:
                found[learner, teacher] = Why(why)
    return found
