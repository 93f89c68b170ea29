"""A kind of session of the tests' own: garden walks (看园), held by the town's clerk; cadres sign others up."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest

from tests.kernels.matters.conftest import MORNING, Village, build_village, trailed
from tests.support.cast import actor_of, by_phone
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.registry import PROGRAMMES, GatheringKind, Programme
from xianglin.commons.areas.models import InKind
from xianglin.kernels.gatherings import actions
from xianglin.kernels.gatherings.models import Gathering, Registration
from xianglin.kernels.gatherings.rules_sessions import Plan

__all__ = ["trailed"]
KIND = "garden.walk"
GARDEN = Programme(
    key="garden",
    label="园艺",
    gatherings=(
        GatheringKind(
            KIND,
            "看园",
            (),
            (),
            desk="gatherings:session",
            home="portal:home",
            officers=("town_clerk",),
            helpers=("village_cadre",),
            credits=True,
        ),
    ),
)


@pytest.fixture(autouse=True)
def garden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PROGRAMMES, "garden", GARDEN)


def day(after: int) -> dt.date:
    return MORNING.date() + dt.timedelta(days=after)


def at(after: int, hour: int, minute: int = 0) -> dt.datetime:
    """A moment so many days after the morning on which it was planned."""
    return dt.datetime.combine(day(after), dt.time(hour, minute), clock.SHANGHAI)


@dataclass
class Garden:
    """The clerk holds the walks; people by name."""

    here: Village
    people: dict[str, Actor] = field(default_factory=dict)

    @property
    def clerk(self) -> Actor:
        return self.here.clerk

    @property
    def town(self) -> InKind:
        return InKind(self.here.cast.places.town, KIND)

    def actor(self, name: str) -> Actor:
        if name not in self.people:
            account = by_phone(f"1390000{len(self.people):04d}", name, self.here.place)
            self.people[name] = actor_of(account)
        return self.people[name]

    def walk(self, seats: int | None = 2, after: int = 2, hours: Decimal | None = None, **more: Any) -> Gathering:
        """From 14:00 to 16:00, so many days ahead."""
        said = {"title": "看杨梅园", "venue": "村口", "at": dt.time(14), "ends_at": dt.time(16)} | more
        series = said.pop("series", None)
        plan = Plan(on=day(after), seats=seats, hours=hours, **said)
        return actions.plan_session(self.town, actor=self.clerk, plan=plan, series=series)

    def goes(self, walk: Gathering, *names: str) -> list[Registration]:
        return [actions.sign_up(walk, actor=self.actor(name)) for name in names]


def seats_of(walk: Gathering) -> dict[str, int | None]:
    """Who has which seat; None: waits. In the order of signing up."""
    rows = walk.registrations.exclude(state=Registration.State.CANCELLED).select_related("account").order_by("pk")
    return {row.account.display_name if row.account else "": row.seat for row in rows}


@pytest.fixture
def garden_here(db: None) -> Iterator[Garden]:
    village = build_village()
    with clock.living_at(MORNING):
        yield Garden(village)
