"""What the index holds of a document besides its words: where it lies and what it is; and its id, made of its time.

These terms are marked with a character of the private use area, which nobody's words contain once they are cut.
"""

import datetime as dt
import re
import zlib
from collections.abc import Iterable

MARK = "\ue000"
_BELOW = 20  # bits of an id below the second: a million documents may bear the same one
_EARLIEST = int(dt.datetime(2010, 1, 1, tzinfo=dt.UTC).timestamp())  # what is older, or has a wrong year, is of then


def first_id(at: dt.datetime, ref: str, now: dt.datetime) -> int:
    """The id to try first: its second (nothing is newer than tomorrow), then a number that the reference scatters."""
    second = min(max(int(at.timestamp()), _EARLIEST), int(now.timestamp()) + 86_400)
    return second << _BELOW | zlib.crc32(ref.encode()) & ((1 << _BELOW) - 1)


def same_second(one: int, other: int) -> bool:
    return one >> _BELOW == other >> _BELOW


def place_terms(area_ids: Iterable[int | None]) -> list[str]:
    return [f"{MARK}a{pk}" for pk in area_ids if pk is not None]


def kind_term(key: str) -> str:
    return f"{MARK}k{re.sub('[^a-z0-9]', MARK, key)}"
