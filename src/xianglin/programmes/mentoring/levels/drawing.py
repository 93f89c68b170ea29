"""Where a radar and its lines lie: plain numbers for the template, which draws them as SVG."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from .models import HIGHEST, LOWEST, View
from .queries import InAbility

LEAST_AXES = 3  # fewer make no figure
WIDTH, HEIGHT, RADIUS = 400, 300, 104
_LABEL = 18  # from the outermost ring to a name
_WRAP = 4  # characters of a name in a line: more stand over the edge in 大字
_LEADING = 20
_ASIDE = {View.ORGANISATION: -9, View.MENTOR: 0, View.SELF: 9}
LINE_WIDTH, LINE_HEIGHT = 320, 100
_LEFT, _TOP = 16, 8


@dataclass(frozen=True)
class Point:
    x: float
    y: float

    def __str__(self) -> str:
        return f"{self.x},{self.y}"


@dataclass(frozen=True)
class Label:
    """A name at a spoke's end, in short lines: each with its place."""

    text: str
    lines: Sequence[tuple[str, Point]]
    anchor: str  # of SVG: "start", "middle", "end"


@dataclass(frozen=True)
class Seen:
    """A level in somebody's eyes, drawn as their shape."""

    view: str
    at: Point


@dataclass(frozen=True)
class Radar:
    rings: Sequence[str]
    spokes: Sequence[Point]
    labels: Sequence[Label]
    current: str  # points of a polygon
    wanted: str
    seen: Sequence[Seen]
    middle: Point


def radar(rows: Sequence[InAbility]) -> Radar | None:
    """Where they stand (an area), where they want to be (an outline), and each view's latest reading (shapes)."""
    rows = [one for one in rows if one.current is not None or one.wanted is not None]
    if len(rows) < LEAST_AXES:
        return None
    count = len(rows)
    return Radar(
        rings=[_ring([level] * count) for level in range(LOWEST, HIGHEST + 1)],
        spokes=[_at(nth, count, HIGHEST) for nth in range(count)],
        labels=[_label(nth, count, one.ability.name) for nth, one in enumerate(rows)],
        current=_ring([one.current or 0 for one in rows]),
        wanted=_ring([max(one.wanted or 0, one.current or 0) for one in rows]),
        seen=[seen for nth, one in enumerate(rows) for seen in _seen(nth, count, one)],
        middle=Point(WIDTH / 2, HEIGHT / 2),
    )


def _at(nth: int, count: int, level: float, beyond: float = 0, aside: float = 0) -> Point:
    """On the nth spoke, the first of which goes straight up."""
    angle = 2 * math.pi * nth / count - math.pi / 2
    length = RADIUS * level / HIGHEST + beyond
    x = WIDTH / 2 + length * math.cos(angle) - aside * math.sin(angle)
    y = HEIGHT / 2 + length * math.sin(angle) + aside * math.cos(angle)
    return Point(round(x, 1), round(y, 1))


def _ring(levels: Sequence[int]) -> str:
    return " ".join(str(_at(nth, len(levels), level)) for nth, level in enumerate(levels))


def _label(nth: int, count: int, text: str) -> Label:
    place = _at(nth, count, HIGHEST, _LABEL)
    aside = place.x - WIDTH / 2
    anchor = "middle" if abs(aside) < RADIUS / 3 else "start" if aside > 0 else "end"
    parts = [text[at : at + _WRAP] for at in range(0, len(text), _WRAP)]
    above = place.y < HEIGHT / 2 - RADIUS  # grows upward there, elsewhere around its spoke's end
    first = place.y + 5 - (len(parts) - 1) * _LEADING * (1 if above else 0.5)
    lines = [(part, Point(place.x, round(first + nth * _LEADING, 1))) for nth, part in enumerate(parts)]
    return Label(text, lines, anchor)


def _seen(nth: int, count: int, one: InAbility) -> list[Seen]:
    """Side by side across the spoke, so that three who agree are still three."""
    found = [(view, one.latest(view), aside) for view, aside in _ASIDE.items()]
    return [Seen(view.value, _at(nth, count, said.level, aside=aside)) for view, said, aside in found if said]


@dataclass(frozen=True)
class Line:
    view: str
    points: str
    ends: Sequence[Point]


@dataclass(frozen=True)
class Lines:
    """One ability over time: a line a view, a rule where they want to be."""

    row: InAbility
    lines: Sequence[Line]
    wanted_y: float | None
    levels: Sequence[tuple[int, float]]


def lines(rows: Sequence[InAbility], first: dt.date, last: dt.date) -> list[Lines]:
    return [_lines(one, first, last) for one in rows if one.readings]


def _lines(one: InAbility, first: dt.date, last: dt.date) -> Lines:
    def place(on: dt.date, level: int) -> Point:
        reach = max(1, (last - first).days)
        return Point(round(_LEFT + (on - first).days / reach * (LINE_WIDTH - _LEFT - 8), 1), _y(level))

    drawn = []
    for view in View:
        points = [place(reading.on, reading.level) for reading in one.readings if reading.view == view]
        if points:
            drawn.append(Line(view.value, " ".join(map(str, points)), points))
    wanted = _y(one.wanted) if one.wanted is not None else None
    return Lines(one, drawn, wanted, [(level, _y(level)) for level in range(LOWEST, HIGHEST + 1)])


def _y(level: int) -> float:
    return round(_TOP + (HIGHEST - level) / (HIGHEST - LOWEST) * (LINE_HEIGHT - 2 * _TOP), 1)
