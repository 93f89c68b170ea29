"""The sheet for the wall, and the picture for chat groups. Papers of the village, so Chinese; nobody is named."""

from collections.abc import Iterator

from xianglin.commons.areas.models import Area
from xianglin.commons.documents.parts import Card, Poster
from xianglin.kernels.bulletins.queries import published_in
from xianglin.kernels.gatherings.models import Gathering, State
from xianglin.kernels.matters.models import State as MatterState

from . import queries
from .kinds import REPORT


def poster(village: Area, link: str) -> Poster:
    """``link``: the whole address of the village's page."""
    return Poster("村情公开栏", village.name, link, list(_lines(village)), link)  # zh: the paper


def _lines(village: Area) -> Iterator[str]:
    yield "不用登录，扫一扫就能看"  # zh: the paper
    newest = published_in(village, REPORT).first()
    if newest is not None:
        year, month = newest.period.split("-")
        yield f"最新一期：{int(year)}年{int(month)}月"  # zh: the paper
    counted = queries.told_tally(village, newest.period if newest is not None else "")
    if counted is not None and counted.asked:
        yield f"上次问了 {counted.asked} 件，办好 {counted.settled} 件"  # zh: the paper


MOST = 8  # questions on a picture: a phone shows no more at once
TITLE = 16  # characters of each


def card(village: Area, gathering: Gathering, link: str) -> Card:
    """When and where it will be; once it was held, what was asked and became of it."""
    foot = "扫一扫，看全部，也可以说一句。"  # zh: the paper
    return Card(village.name, "村情发布会", link, list(_told(gathering)), foot)  # zh: the paper


def _told(gathering: Gathering) -> Iterator[str]:
    day = f"{gathering.day.month}月{gathering.day.day}日"  # zh: the paper
    if gathering.state == State.CANCELLED:
        yield "这个月不开"  # zh: the paper
        return
    if gathering.state == State.PLANNED:
        yield f"{day} {gathering.at:%H:%M}　{gathering.venue}"  # zh: the paper
        yield from (f"· {item.text}" for item in gathering.agenda.all())
        return
    asked = queries.asked_at(gathering)
    settled = sum(m.state == MatterState.SETTLED for m in asked)
    yield f"{day}问了 {len(asked)} 件，办好 {settled} 件"  # zh: the paper
    shown = [m for m in asked if m.public]
    for matter in shown[:MOST]:
        mark = "✓" if matter.state == MatterState.SETTLED else "·"
        yield f"{mark} {matter.title[:TITLE]}{'…' if len(matter.title) > TITLE else ''}"
    if len(asked) > len(shown[:MOST]):
        yield f"还有 {len(asked) - len(shown[:MOST])} 件"  # zh: the paper
