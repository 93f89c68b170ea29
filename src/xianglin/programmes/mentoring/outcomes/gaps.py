"""补上的差距: what goals gained, as mentor or organisation read it; the figure and the page count the same."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, DateField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from xianglin.commons.areas.models import Area
from xianglin.kernels.pairings.models import Pairing

from ..kinds import PAIR
from ..levels.models import Reading, View
from ..plans.models import Goal

MOST = 100  # goals of one ability on a page
_FAR = Value(dt.date(9999, 12, 31))


@dataclass(frozen=True)
class Closed:
    """An ability's gap, of everybody of a place together: levels gained, and over how many goals."""

    ability_id: int
    name: str
    gained: int
    goals: int


def lasts(at: str = "") -> Q:
    """A pair that goes on, or came to its good end (出师): not one that was broken off."""
    return Q(**{f"{at}state": Pairing.State.ACTIVE}) | Q(**{f"{at}ending": Pairing.Ending.COMPLETED})


def closed() -> QuerySet[Goal]:
    """Goals whose level, as mentor or organisation read it last since they were set, is another than at first."""
    read = Reading.objects.filter(
        cadre__account=OuterRef("pairing__need__holder"),
        cadre__county_id=OuterRef("pairing__county_id"),
        ability=OuterRef("ability"),
        on__gte=OuterRef("set_on"),
        on__lte=Coalesce(OuterRef("pairing__ended_on"), _FAR, output_field=DateField()),
        view__in=(View.MENTOR, View.ORGANISATION),
    )
    latest = read.order_by("-on", "-pk")
    rows = Goal.objects.filter(lasts("pairing__"), pairing__kind=PAIR, dropped_on=None, baseline__isnull=False)
    rows = rows.annotate(level=Subquery(latest.values("level")[:1]), read_on=Subquery(latest.values("on")[:1]))
    rows = rows.filter(level__isnull=False).exclude(level=F("baseline")).annotate(gained=F("level") - F("baseline"))
    return rows.select_related("ability", "pairing__need__holder", "pairing__area")


def by_ability(area: Area) -> list[Closed]:
    """In the order of the county's list; abilities in which nothing moved are left out."""
    rows = _of_place(area).select_related(None).order_by("ability__order", "ability_id")
    counted = rows.values("ability_id", "ability__name", "ability__order").annotate(sum=Sum("gained"), n=Count("pk"))
    return [Closed(one["ability_id"], one["ability__name"], one["sum"], one["n"]) for one in counted]


def of_ability(area: Area, ability_id: int) -> list[Goal]:
    """The goals that were counted, the latest read first."""
    return list(_of_place(area).filter(ability=ability_id).order_by(F("read_on").desc(), "-pk")[:MOST])


def _of_place(area: Area) -> QuerySet[Goal]:
    return closed().filter(**{f"pairing__{area.column}": area.pk})
