"""Reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import in_area
from xianglin.commons.keys.sealing import open_all

from .models import Gathering, State, Turn, Way

CAP = 200  # speakers shown at once


def gathering_for(actor: Actor, pk: int) -> Gathering | None:
    """The gathering, if its desk is the actor's to see."""
    found = Gathering.objects.select_related("area", "key").filter(pk=pk).first()
    return found if found is not None and hooks.may(actor, "gatherings.see", found) else None


def public_gathering(area: Area, pk: int) -> Gathering | None:
    return Gathering.objects.select_related("area", "key").filter(pk=pk, area=area).first()


def of_period(area: Area, kind: str, period: str) -> Gathering | None:
    """The one of a month; a session has none, so that nothing is found for no month."""
    if not period:
        return None
    return Gathering.objects.filter(area=area, kind=kind, period=period).exclude(state=State.CANCELLED).first()


def running(area: Area, kind: str) -> Gathering | None:
    return Gathering.objects.filter(area=area, kind=kind, state=State.RUNNING).order_by("-on").first()


def ended_in(area: Area, kind: str) -> QuerySet[Gathering]:
    """Those of a place that were held, the newest first."""
    return Gathering.objects.filter(area=area, kind=kind, state=State.ENDED).order_by("-on", "-pk")


def last_ended(area: Area, kind: str, before: str) -> Gathering | None:
    """The newest that was held of an earlier period than ``before`` ("2022-06")."""
    return ended_in(area, kind).filter(period__lt=before).first()


def next_planned(area: Area, kind: str) -> Gathering | None:
    return Gathering.objects.filter(area=area, kind=kind, state=State.PLANNED).order_by("on").first()


def by_month(area: Area, kind: str, first: str, last: str) -> dict[tuple[int, str], Gathering]:
    """Of a place and all below it, by place and month; what was cancelled is not there."""
    rows = Gathering.objects.filter(kind=kind, period__gte=first, period__lte=last).exclude(state=State.CANCELLED)
    return {(row.area_id, row.period): row for row in in_area(rows, area)}


@dataclass(frozen=True)
class Waiting:
    """A turn with what its speaker wrote, opened for the recorder."""

    turn: Turn
    name: str
    words: str


def waiting(gathering: Gathering) -> QuerySet[Turn]:
    """Everybody who waits, in the order of coming."""
    return gathering.turns.filter(state=Turn.State.WAITING).order_by("pk")


def in_order(gathering: Gathering) -> list[Waiting]:
    """Who waits: the microphone first, then paper slips, then what came by phone; each in the order of coming."""
    rows = list(waiting(gathering)[:CAP])
    rank = {Way.STANDING: 0, Way.SLIP: 1, Way.SCREEN: 2}
    rows.sort(key=lambda turn: rank[Way(turn.way)])
    return opened(rows)


def opened(rows: Iterable[Turn]) -> list[Waiting]:
    turns = list(rows)
    texts = open_all([one for turn in turns for one in (turn.name, turn.words)])
    return [Waiting(turn, texts[2 * n] or "", texts[2 * n + 1] or "") for n, turn in enumerate(turns)]


def ahead_of(turn: Turn) -> int:
    """How many of those who wrote wait before this one."""
    return Turn.objects.filter(gathering_id=turn.gathering_id, state=Turn.State.WAITING, pk__lt=turn.pk).count()


def by_token(gathering: Gathering, token: UUID) -> Turn | None:
    return gathering.turns.filter(token=token).first()
