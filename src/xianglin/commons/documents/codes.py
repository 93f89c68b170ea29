"""QR codes."""

import io

import segno

from .parts import plain


def _drawn(link: str, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    segno.make(plain(link), error="m", micro=False).save(out, kind=kind, border=0, **options)
    return out.getvalue()


def as_svg(link: str) -> bytes:
    return _drawn(link, "svg", xmldecl=False, svgclass=None, lineclass=None, omitsize=True)


def as_png(link: str) -> bytes:
    return _drawn(link, "png", scale=8)
