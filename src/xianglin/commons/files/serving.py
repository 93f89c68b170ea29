"""Answering with a file's bytes, once the owner's view has settled that they may be seen."""

import re

from django.http import Http404, HttpRequest, HttpResponse

from . import contents
from .models import File, Kind

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
FOR_EVERYBODY = "public, max-age=600"  # short: a photo can be taken down again
FOR_ONE = "private, no-store"
_NAMES = {"image/jpeg": "photo.jpg", "audio/mp4": "voice.m4a", "application/pdf": "paper.pdf"}


def respond(request: HttpRequest, file: File, *, small: bool = False, public: bool = False) -> HttpResponse:
    """The whole file, or the part that a player asks for (Safari plays nothing without parts). 404: it is destroyed.

    ``public``: whoever asks may have it, so it may lie in caches for a while.
    """
    content = contents.read(file, small=small)
    if content is None:
        raise Http404
    return answer(request, content, file.media_type, FOR_EVERYBODY if public else FOR_ONE, f"{file.sha256}:{small:d}")


def answer(request: HttpRequest, content: bytes, media_type: str, cache: str, tag: str = "") -> HttpResponse:
    etag = f'"{tag}"'
    if tag and cache != FOR_ONE and request.headers.get("If-None-Match") == etag:
        return _labelled(HttpResponse(status=304), cache, etag)
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    first, last = _part(asked, len(content)) if asked else (0, len(content) - 1)
    if first > last:
        refused = HttpResponse(status=416)
        refused["Content-Range"] = f"bytes */{len(content)}"
        return _labelled(refused, cache, "")
    response = HttpResponse(content[first : last + 1], content_type=media_type, status=206 if asked else 200)
    if asked:
        response["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    response["Content-Length"] = str(last + 1 - first)
    shown = "attachment" if media_type == "application/pdf" else "inline"
    response["Content-Disposition"] = f'{shown}; filename="{_NAMES.get(media_type, Kind.PAPER)}"'
    return _labelled(response, cache, etag if tag else "")


def _labelled(response: HttpResponse, cache: str, etag: str) -> HttpResponse:
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = cache
    response["X-Content-Type-Options"] = "nosniff"
    if etag:
        response["ETag"] = etag
    return response


def _part(asked: re.Match[str], size: int) -> tuple[int, int]:
    """First and last byte; the first behind the last where there is no such part."""
    begin, end = asked[1], asked[2]
    if not begin:
        return (max(0, size - int(end)), size - 1) if end and int(end) else (1, 0)
    return int(begin), min(int(end), size - 1) if end else size - 1
