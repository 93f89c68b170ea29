"""The radar and the lines for a paper: the page's own geometry (``levels.drawing``), drawn as PNG in black and grey."""

import io
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import pylopdf_fonts_zh_cn

from ..levels.drawing import HEIGHT, LINE_HEIGHT, LINE_WIDTH, WIDTH, Lines, Point, Radar
from ..levels.models import View

_SCALE = 3  # pixels to a unit: about 180 to the inch on paper
_INK, _GREY, _NET, _FILL = (29, 27, 24), (85, 81, 74), (200, 196, 188), (228, 226, 222)
_PER_ROW, _TITLE, _APART = 2, 28, 20


def radar(drawn: Radar) -> bytes:
    image, pen = _sheet(WIDTH, HEIGHT)
    pen.polygon(_points(drawn.current), fill=_FILL)
    for ring in drawn.rings:
        pen.polygon(_points(ring), outline=_NET, width=2)
    for end in drawn.spokes:
        pen.line([_at(drawn.middle), _at(end)], fill=_NET, width=2)
    pen.polygon(_points(drawn.current), outline=_INK, width=6)
    _dashed(pen, _closed(_points(drawn.wanted)))
    for one in drawn.seen:
        _seen(pen, one.view, _at(one.at))
    for label in drawn.labels:
        for text, place in label.lines:
            pen.text(_at(place), text, fill=_INK, font=_font(16), anchor=_ANCHORS[label.anchor])
    return _png(image)


def lines(drawn: Sequence[Lines]) -> bytes:
    """Every ability a small figure of its own, two beside each other."""
    wide, tall = LINE_WIDTH + _APART, LINE_HEIGHT + _TITLE + _APART
    image, pen = _sheet(wide * _PER_ROW, tall * -(-len(drawn) // _PER_ROW))
    for nth, one in enumerate(drawn):
        down, across = divmod(nth, _PER_ROW)
        _line(pen, one, Point(across * wide, down * tall + _TITLE))
    return _png(image)


def _line(pen: Any, one: Lines, corner: Point) -> None:
    pen.text(_at(Point(corner.x, corner.y - 8)), one.row.sentence, fill=_INK, font=_font(15), anchor="ls")
    for level, y in one.levels:
        pen.line(
            [_at(Point(corner.x + 16, corner.y + y)), _at(Point(corner.x + 316, corner.y + y))], fill=_NET, width=2
        )
        pen.text(_at(Point(corner.x + 2, corner.y + y + 4)), str(level), fill=_GREY, font=_font(11), anchor="ls")
    if one.wanted_y is not None:
        y = corner.y + one.wanted_y
        _dashed(pen, [_at(Point(corner.x + 16, y)), _at(Point(corner.x + 316, y))])
    for line in one.lines:
        places = [_at(Point(corner.x + end.x, corner.y + end.y)) for end in line.ends]
        pen.line(places, fill=_GREY, width=5)
        for place in places:
            _seen(pen, line.view, place)


def _seen(pen: Any, view: str, at: tuple[float, float]) -> None:
    x, y = at
    size = 4 * _SCALE
    if view == View.SELF:
        pen.ellipse((x - size, y - size, x + size, y + size), fill="white", outline=_INK, width=5)
    elif view == View.MENTOR:
        far = size * 1.4
        pen.polygon([(x, y - far), (x + far, y), (x, y + far), (x - far, y)], fill=_INK)
    else:
        pen.rectangle((x - size, y - size, x + size, y + size), fill=_INK)


def _dashed(pen: Any, places: Sequence[tuple[float, float]], dash: float = 15, gap: float = 11) -> None:
    """Pillow draws no dashes: from place to place, stroke by stroke."""
    for (x, y), (to_x, to_y) in zip(places, places[1:], strict=False):
        length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
        done = 0.0
        while done < length:
            part = [done / length, min(1.0, (done + dash) / length)]
            pen.line([(x + (to_x - x) * share, y + (to_y - y) * share) for share in part], fill=_GREY, width=5)
            done += dash + gap


_ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def _sheet(width: float, height: float) -> tuple[Any, Any]:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (round(width * _SCALE), round(height * _SCALE)), "white")
    return image, ImageDraw.Draw(image)


@cache
def _font(size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(pylopdf_fonts_zh_cn.sans_path()), size * _SCALE)


def _at(place: Point) -> tuple[float, float]:
    return place.x * _SCALE, place.y * _SCALE


def _points(said: str) -> list[tuple[float, float]]:
    pairs = (pair.split(",") for pair in said.split())
    return [(float(x) * _SCALE, float(y) * _SCALE) for x, y in pairs]


def _closed(places: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    all_of_them = list(places)
    return [*all_of_them, *all_of_them[:1]]


def _png(image: Any) -> bytes:
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()
