"""A village that holds its conference."""

import datetime as dt
from collections.abc import Iterator

import pytest

from tests.kernels.matters.conftest import MORNING, Village, build_village
from xianglin.base import clock
from xianglin.kernels.gatherings import actions
from xianglin.kernels.gatherings.models import Gathering

KIND = "briefing.conference"


def planned_conference(here: Village, on: dt.date | None = None) -> Gathering:
    on = on or clock.today()
    period = f"{on:%Y-%m}"
    return actions.plan_gathering(
        here.place, actor=here.cadre, kind=KIND, period=period, on=on, at=dt.time(19), venue="文化礼堂"
    )


def running_conference(here: Village) -> Gathering:
    return actions.start_gathering(planned_conference(here), actor=here.cadre)


@pytest.fixture
def here(db: None) -> Iterator[Village]:
    village = build_village()
    with clock.living_at(MORNING):
        yield village
