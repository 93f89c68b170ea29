"""A picture as it is kept: upright, of a size for a page, and with nothing beside what is to be seen."""

import datetime as dt
import io
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from xianglin.base import clock

from . import rules
from .models import Kind

MEDIA_TYPE = "image/jpeg"
_EXIF = 0x8769
_TAKEN, _OFFSET = 0x9003, 0x9011  # DateTimeOriginal, OffsetTimeOriginal
_SHANGHAI = ZoneInfo("Asia/Shanghai")
# What the readers raise on bytes that no camera wrote.
_DAMAGE = (OSError, EOFError, ValueError, SyntaxError, IndexError, KeyError, TypeError, RuntimeError, struct.error)


@dataclass(frozen=True)
class Picture:
    content: bytes
    small: bytes
    width: int
    height: int
    taken_at: dt.datetime | None
    look: str


def develop(path: Path, reader: str) -> Picture:
    """Read with the one ``reader`` that fits; orientation applied, metadata (place, camera, names) left behind."""
    from PIL import Image

    from . import libraries

    libraries.readers()
    try:
        with Image.open(path, formats=[reader]) as opened:
            rules.require_pixels(*opened.size)
            taken_at = _taken_at(opened)
            opened.draft("RGB", (rules.LONG_SIDE, rules.LONG_SIDE))  # a JPEG is read at a fraction of its size
            kept = _plain(_upright(opened), rules.LONG_SIDE)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise rules.too_many_pixels() from None
    except _DAMAGE:
        raise rules.broken(Kind.PICTURE) from None
    small = _plain(kept, rules.SMALL_SIDE)
    return Picture(_jpeg(kept), _jpeg(small), kept.width, kept.height, taken_at, look_of(kept))


def _upright(image: Any) -> Any:
    from PIL import ImageOps

    return ImageOps.exif_transpose(image)


def _plain(image: Any, side: int) -> Any:
    """A new picture that got nothing but the pixels, on white where it was clear, its longer side at most ``side``."""
    from PIL import Image

    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    plain = Image.new("RGB", image.size, "white")
    plain.paste(image, mask=image if image.mode == "RGBA" else None)
    return plain


def _jpeg(image: Any) -> bytes:
    held = io.BytesIO()
    image.save(held, "JPEG", quality=rules.QUALITY, optimize=True)
    return held.getvalue()


def _taken_at(image: Any) -> dt.datetime | None:
    """When the camera says it was taken; its own time zone, or ours. None: it says nothing that can be true."""
    told = image.getexif().get_ifd(_EXIF)
    written = str(told.get(_TAKEN, "")).strip("\0 ")
    offset = str(told.get(_OFFSET, "")).strip("\0 ")
    try:
        taken = dt.datetime.strptime(written, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - its zone is set below
    except ValueError:
        return None
    try:
        taken = dt.datetime.strptime(f"{written} {offset}", "%Y:%m:%d %H:%M:%S %z")
    except ValueError:
        taken = taken.replace(tzinfo=_SHANGHAI)
    latest = max(clock.real_now(), clock.now()) + dt.timedelta(days=1)
    return taken if dt.datetime(1990, 1, 1, tzinfo=_SHANGHAI) < taken < latest else None


def look_of(image: Any) -> str:
    """dHash: of 8 by 8 neighbours, which is the brighter. Pictures that look alike differ in few of the 64 bits."""
    from PIL import Image

    grey = image.convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    pixels = list(grey.tobytes())
    bits = 0
    for row in range(8):
        for column in range(8):
            left, right = pixels[row * 9 + column], pixels[row * 9 + column + 1]
            bits = bits << 1 | (left > right)
    return f"{bits:016x}"


def apart(one: str, other: str) -> int:
    """In how many of the 64 bits two looks differ (``alike.NEAR``: the same picture)."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
