"""Where somebody of a sheet works: its column says it, or the words of their post do."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.queries import in_area, resolve


def place_of(said: str, post: str, area: Area) -> Area:
    """``said``: the cell of a place, refused where nobody knows it; else a town or village that the post begins with
    or names; else the place that the whole sheet is for."""
    if said.strip():
        return resolve(said, area)
    named = [row for row in _around(area) if row.name in post or _short(row) in post]
    longest = max(named, key=lambda row: (row.level, len(row.name)), default=None)
    if longest is not None:
        return longest
    if area.level < Level.TOWN:
        raise Refused("mentoring.no_place", _("看不出是哪个乡镇或村的。请加一列“所在乡镇”，写上名字。"))
    return area


def town_of(place: Area) -> Area:
    if place.level != Level.VILLAGE:
        return place
    assert place.town_id is not None
    return Area.objects.get(pk=place.town_id)


def _around(area: Area) -> list[Area]:
    rows = Area.objects.current().filter(level__in=(Level.TOWN, Level.VILLAGE))
    return list(in_area(rows, area))


def _short(row: Area) -> str:
    """荻港村 is often written 荻港; a village of one character is not looked for that way."""
    short = row.name.removesuffix("村").removesuffix("社区")  # zh: kinds of areas
    return short if len(short) > 1 else row.name
