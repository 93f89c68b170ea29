"""The story's day: a whole-day offset kept in a file of the data folder, so that all processes live on one day."""

import datetime as dt
from pathlib import Path

from django.conf import settings

from xianglin.base import clock

_kept: tuple[float, int] = (0.0, 0)


def _path() -> Path:
    return Path(settings.DATA) / "demo-day"


def offset() -> int:
    """Days between the story and today. Read again only when the file changes: this is asked many times a request."""
    global _kept
    try:
        changed = _path().stat().st_mtime
    except FileNotFoundError:
        return 0
    if changed != _kept[0]:
        _kept = (changed, int(_path().read_text(encoding="ascii")))
    return _kept[1]


def live_on(day: dt.date) -> None:
    _path().write_text(str((day - clock.real_now().date()).days), encoding="ascii")
