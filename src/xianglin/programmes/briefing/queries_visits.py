"""Reads of visits: a village's households with when each was heard this month, and one household's earlier visits."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.keys.sealing import blind_index, open_all
from xianglin.commons.people import queries as people
from xianglin.commons.people.models import Household

from .models import Visit

LATELY = 6  # visits that a household's page shows


@dataclass(frozen=True)
class Door:
    household: Household
    visited_on: dt.date | None  # this month


@dataclass(frozen=True)
class Group:
    name: str
    doors: list[Door]

    @property
    def heard(self) -> int:
        return sum(door.visited_on is not None for door in self.doors)


def month_now() -> str:
    return f"{clock.today():%Y-%m}"


def doors(area: Area, *, actor: Actor) -> list[Group]:
    """All households of a village by group, as one walks past them. Three queries and the keys of the names."""
    rows = people.read_householders(people.households_in(area), actor=actor)
    visits = Visit.objects.filter(village_id=area.village_id, month=month_now()).order_by("visited_at", "pk")
    last = dict(visits.values_list("household_id", "visited_on"))
    return [
        Group(name, [Door(row, last.get(row.pk)) for row in within])
        for name, within in groupby(rows, key=lambda row: row.group)
    ]


def found(groups: Iterable[Group], typed: str) -> list[Group]:
    """Those whose number, group or householder holds what was typed."""
    wanted = "".join(typed.split()).casefold()

    def fits(door: Door) -> bool:
        one = door.household
        return wanted in f"{one.group}{one.number}{one.householder}".replace(" ", "").casefold()

    kept = [Group(group.name, [door for door in group.doors if fits(door)]) for group in groups]
    return [group for group in kept if group.doors]


@dataclass(frozen=True)
class Before:
    visit: Visit
    note: str


def lately(household: Household, *, reads: bool) -> list[Before]:
    rows = list(household.visits.select_related("by", "matter__area").order_by("-visited_at", "-pk")[:LATELY])
    notes = open_all([row.note for row in rows]) if reads else [None] * len(rows)
    return [Before(row, note or "") for row, note in zip(rows, notes, strict=True)]


def noted_before(key: UUID, household: Household, actor: Actor) -> Visit | None:
    """What this device sent already, however long ago: the answer was lost on the way, not the visit."""
    return Visit.objects.filter(key=key, household=household, by_id=actor.account_id).first()


def device_mark(actor: Actor) -> str:
    """What a device files an account's queue and list under, without knowing whose they are."""
    return blind_index("visits on a device of", str(actor.account_id))[:20]
