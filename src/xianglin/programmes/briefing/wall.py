"""The sheet for the wall: a large QR code to the village's page. A paper of the village, so Chinese."""

from collections.abc import Iterator

from xianglin.commons.areas.models import Area
from xianglin.commons.documents.parts import Poster
from xianglin.kernels.bulletins.queries import published_in

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
