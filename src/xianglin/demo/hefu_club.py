"""和青社: the club's eight sessions of the year, who came, and the next one, whose seats are open."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import Area
from xianglin.kernels.gatherings import actions as gatherings
from xianglin.kernels.gatherings.models import Gathering, Series
from xianglin.kernels.gatherings.rules_sessions import Plan
from xianglin.programmes.mentoring.abilities.queries import catalogue
from xianglin.programmes.mentoring.courses.actions import open_course_series, plan_course
from xianglin.programmes.mentoring.courses.rules import Lesson
from xianglin.programmes.mentoring.registers.models import YoungCadre

from .deeds import Scene, as_

SERIES, ABOUT = "和青社", "和孚镇年轻干部的课：缺什么讲什么，谁做过谁来讲。"
VENUE, SEATS = "镇文化站二楼", 24
EVERY = 4  # of the young cadres every fourth comes, other ones each time; who learns the writing comes to all of that
MAO = "茅雨晴"


class Told(NamedTuple):
    on: str
    title: str
    teacher: str
    hours: dict[str, str]  # by ability


SESSIONS = (
    Told("2021-08-19", "一篇通知怎么写", "许慧娟", {"文字综合": "2"}),
    Told("2021-09-23", "两家吵起来，先做什么", "金培林", {"矛盾调解": "1.5", "政策法规": "0.5"}),
    Told("2021-10-28", "小额采购的七张单子", "庄文炳", {"廉洁自律": "2"}),
    Told("2021-12-09", "一个项目从立项到验收", "费水泉", {"项目推进": "1.5", "政策法规": "0.5"}),
    Told("2022-02-24", "开会之前先走十户", "沈金荣", {"群众观念": "1", "服务群众": "1"}),
    Told("2022-03-24", "公开稿：写给看不懂的人看", "丁桂松", {"文字综合": "1.5", "服务群众": "0.5"}),
    Told("2022-04-28", "主题党日怎么开得热", "闵秀英", {"党性意识": "2"}),
    Told("2022-06-09", "水沟、宅基、鱼塘：三件调解的事", "褚有法", {"矛盾调解": "2"}),
)
NEXT = Told("2022-07-07", "半年总结怎么写得短", "许慧娟", {"文字综合": "2"})
SIGNED_UP = 21  # of the seats of the next one


def scenes(town: Area, officer: Account) -> Iterator[Scene]:
    desk = as_(officer)
    yield "2021-07-28 09:00", partial(_open, town, desk)
    for number, told in enumerate(SESSIONS):
        day = dt.date.fromisoformat(told.on)
        yield f"{day - dt.timedelta(days=14)} 09:30", partial(_plan, town, desk, told)
        yield f"{day - dt.timedelta(days=3)} 12:20", partial(_sign_up, number, told)
        yield f"{day} 19:00", partial(_arrive, desk, told)
        yield f"{day} 21:10", partial(_end, desk, told)
    yield "2022-06-16 09:30", partial(_plan, town, desk, NEXT)
    yield "2022-06-17 12:30", _next


def _open(town: Area, desk: Actor) -> None:
    open_course_series(town, actor=desk, title=SERIES, about=ABOUT)


def _plan(town: Area, desk: Actor, told: Told) -> None:
    known = {ability.name: ability.pk for ability in catalogue(town)}
    lesson = Lesson(told.teacher, {known[name]: Decimal(many) for name, many in told.hours.items()})
    plan = Plan(told.title, dt.date.fromisoformat(told.on), dt.time(19), dt.time(21), VENUE, SEATS)
    plan_course(town, actor=desk, plan=plan, lesson=lesson, series=Series.objects.get(title=SERIES))


def _session(told: Told) -> Gathering:
    return Gathering.objects.get(title=told.title)


def _sign_up(number: int, told: Told) -> None:
    for nth, cadre in enumerate(_cadres()):
        hers = str(cadre.account) == MAO and "文字综合" in told.hours
        if hers or (nth + number) % EVERY == 1:
            gatherings.sign_up(_session(told), actor=as_(cadre.account))


def _arrive(desk: Actor, told: Told) -> None:
    for one in _session(told).registrations.order_by("seat"):
        gatherings.mark_present(one, actor=desk, present=True)


def _end(desk: Actor, told: Told) -> None:
    gatherings.end_session(_session(told), actor=desk)


def _next() -> None:
    for cadre in list(_cadres())[-SIGNED_UP:]:
        gatherings.sign_up(_session(NEXT), actor=as_(cadre.account))


def _cadres() -> list[YoungCadre]:
    return list(YoungCadre.objects.select_related("account").order_by("pk"))
