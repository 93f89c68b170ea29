"""Plain values that the parts of a page are drawn from. Rooms fill them; nothing here asks a database."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xianglin.base.registry import Text


@dataclass(frozen=True)
class Crumb:
    name: Text
    url: str = ""


@dataclass(frozen=True)
class Photo:
    url: str
    alt: Text
    caption: Text = ""


@dataclass(frozen=True)
class TimelineRow:
    at: dt.datetime
    shape: str
    tone: str
    text: Text
    who: Text = ""
    quote: str = ""
    photos: Sequence[Photo] = ()


@dataclass(frozen=True)
class Step:
    label: Text
    state: str  # "done", "now" or "next"


@dataclass(frozen=True)
class Column:
    label: Text
    number: bool = False


@dataclass(frozen=True)
class Cell:
    text: Text
    url: str = ""


@dataclass(frozen=True)
class Spark:
    """A line of eight months or so: SVG points in a box of 120 by 40, and its last point."""

    points: str
    x: float
    y: float


def spark(values: Sequence[float]) -> Spark:
    """The line of ``values``, oldest first; a single value is a point at the right."""
    top, low = max(values, default=0), min(values, default=0)
    reach = (top - low) or 1
    step = 112 / max(1, len(values) - 1)
    places = [(round(4 + i * step, 1), round(36 - (v - low) / reach * 32, 1)) for i, v in enumerate(values)]
    x, y = places[-1] if places else (116.0, 36.0)
    return Spark(" ".join(f"{px},{py}" for px, py in places), x, y)
