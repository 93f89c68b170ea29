"""The town's club: a course on writing in two days, which serves two abilities."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.kernels.matters.conftest import MORNING
from tests.programmes.mentoring.conftest import Town, here, morning, quick, town, trailed
from xianglin.base import clock
from xianglin.kernels.gatherings import actions as gatherings
from xianglin.kernels.gatherings.models import Gathering, Registration
from xianglin.kernels.gatherings.rules_sessions import Plan
from xianglin.programmes.mentoring.courses.actions import plan_course
from xianglin.programmes.mentoring.courses.rules import Lesson

__all__ = ["here", "morning", "quick", "town", "trailed"]


def day(after: int) -> dt.date:
    return MORNING.date() + dt.timedelta(days=after)


def at(after: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day(after), dt.time(hour, minute), clock.SHANGHAI)


def plan(title: str = "公文怎么写", after: int = 2, seats: int | None = 30, **more: Any) -> Plan:
    said: dict[str, Any] = {"at": dt.time(19), "ends_at": dt.time(21), "venue": "镇文化站二楼"} | more
    return Plan(title, day(after), seats=seats, **said)


def lesson(town: Town, teacher: str = "王根水", **hours: float) -> Lesson:
    """By the abilities' names."""
    said = hours or {"文字综合": 1.5, "项目推进": 0.5}
    return Lesson(teacher, {town.ability(name).pk: Decimal(str(many)) for name, many in said.items()})


def course(town: Town, **more: Any) -> Gathering:
    teaches = more.pop("lesson", None) or lesson(town)
    return plan_course(town.place, actor=town.officer, plan=plan(**more), lesson=teaches)


def attended(town: Town, session: Gathering, *registrations: Registration) -> None:
    """They come, and it ends."""
    with clock.living_at(dt.datetime.combine(session.on, session.at, clock.SHANGHAI)):
        for one in registrations:
            gatherings.mark_present(one, actor=town.officer, present=True)
        gatherings.end_session(session, actor=town.officer)


@pytest.fixture
def session(town: Town) -> Gathering:
    return course(town)
