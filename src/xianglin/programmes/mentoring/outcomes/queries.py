"""What came of the pairs, for the two and for the officer of their place."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from xianglin.base.registry import Text, kind_of_pairing
from xianglin.commons.areas.models import Area
from xianglin.kernels.pairings.models import Outcome, Pairing

from ..kinds import PAIR

NEWEST = 20  # of a heading


@dataclass(frozen=True)
class Heading:
    """村集体经济, 基层治理, 乡风文明: estimates and what was verified are counted apart, and never added."""

    key: str
    label: Text
    verified: int
    estimated: int
    newest: list[Outcome]


def of_pair(pairing: Pairing) -> list[Outcome]:
    return list(pairing.outcomes.select_related("noted_by", "verified_by").order_by("-on", "-pk"))


def of_place(area: Area) -> list[Heading]:
    """The headings of the scheme, each with its newest; one query for the counts, one a heading."""
    kind = kind_of_pairing(PAIR)
    assert kind is not None  # declared by this programme
    rows = Outcome.objects.filter(**{"pairing__kind": PAIR, f"pairing__{area.column}": area.pk})
    counted = {key: (verified, estimated) for key, verified, estimated in _counts(rows)}
    return [
        Heading(key, label, *counted.get(key, (0, 0)), newest=list(_newest(rows, key))) for key, label in kind.topics
    ]


def _counts(rows: QuerySet[Outcome]) -> QuerySet[Outcome, tuple[str, int, int]]:
    verified = Count("pk", filter=Q(basis=Outcome.Basis.VERIFIED))
    estimated = Count("pk", filter=Q(basis=Outcome.Basis.ESTIMATED))
    return rows.order_by().values("topic").annotate(v=verified, e=estimated).values_list("topic", "v", "e")


def _newest(rows: QuerySet[Outcome], topic: str) -> QuerySet[Outcome]:
    found = rows.filter(topic=topic).select_related("pairing__need__holder", "pairing__area", "noted_by", "verified_by")
    return found.order_by("-on", "-pk")[:NEWEST]
