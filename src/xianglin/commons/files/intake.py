"""What comes in, made into what is kept. Takes up to seconds, so never within a transaction."""

import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import pictures, rules, sniffing, sounds
from .models import Kind


@dataclass(frozen=True)
class Ready:
    """Columns of the file that it will be, and the contents whose names in the storage its other columns hold."""

    facts: dict[str, Any]
    contents: dict[str, bytes]


COLUMNS = {Kind.PICTURE: ("stored_as", "small_as"), Kind.AUDIO: ("stored_as",), Kind.PAPER: ("stored_as",)}


def make_ready(path: Path, kind: str) -> Ready:
    """Refused, in a sentence, where it is not what was asked for, is damaged, or is too large."""
    rules.require_size(kind, path.stat().st_size)
    with path.open("rb") as opened:
        found = sniffing.sniff(opened.read(sniffing.HEAD))
    rules.require_kind(kind, found.kind if found else "")
    assert found is not None
    if kind == Kind.PICTURE:
        return _of_picture(pictures.develop(path, found.reader), found.media_type)
    if kind == Kind.AUDIO:
        sound = sounds.convert(path, found.reader)
        return _ready(kind, found.media_type, sounds.MEDIA_TYPE, sound.content, seconds=round(sound.seconds, 3))
    return _of_paper(path, found.media_type)


def _of_picture(picture: pictures.Picture, came_as: str) -> Ready:
    ready = _ready(
        Kind.PICTURE,
        came_as,
        pictures.MEDIA_TYPE,
        picture.content,
        width=picture.width,
        height=picture.height,
        taken_at=picture.taken_at.isoformat() if picture.taken_at else None,
        look=picture.look,
    )
    return Ready(ready.facts, {**ready.contents, "small_as": picture.small})


def _of_paper(path: Path, media_type: str) -> Ready:
    content = path.read_bytes()
    if b"%%EOF" not in content[-1024:]:
        raise rules.broken(Kind.PAPER)
    return _ready(Kind.PAPER, media_type, media_type, content)


def _ready(kind: str, came_as: str, media_type: str, content: bytes, **more: Any) -> Ready:
    facts = {
        "kind": str(kind),
        "came_as": came_as,
        "media_type": media_type,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        **more,
    }
    return Ready(facts, {"stored_as": content})


def new_name() -> str:
    """192 random bits, in one of 256 folders."""
    name = secrets.token_hex(24)
    return f"kept/{name[:2]}/{name}"
