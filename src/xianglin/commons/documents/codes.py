"""QR codes. Drawing one takes longer than all else of a page's request, so the last ones are remembered."""

import io
from functools import lru_cache

import segno

from .parts import plain

_REMEMBERED = 256  # a few kilobytes each


@lru_cache(maxsize=_REMEMBERED)
def as_svg(link: str) -> bytes:
    return _drawn(link, "svg", xmldecl=False, svgclass=None, lineclass=None, omitsize=True)


@lru_cache(maxsize=_REMEMBERED)
def as_png(link: str) -> bytes:
    return _drawn(link, "png", scale=8)


def _drawn(link: str, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    segno.make(plain(link), error="m", micro=False).save(out, kind=kind, border=0, **options)
    return out.getvalue()
