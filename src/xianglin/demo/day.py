"""The story's day: a whole-day offset kept in a file of the data folder, so that all processes live on one day."""

import datetime as dt
import os
from pathlib import Path

from django.conf import settings

from xianglin.base import clock

_kept: tuple[tuple[int, int], int] = ((0, 0), 0)


def _path() -> Path:
    return Path(settings.DATA) / "demo-day"


def offset() -> int:
    """Days between the story and today. Read again only when the file changes: this is asked many times a request."""
    global _kept
    try:
        found = _path().stat()
    except FileNotFoundError:
        return 0
    changed = (found.st_ino, found.st_mtime_ns)
    if changed != _kept[0]:
        _kept = (changed, int(_path().read_text(encoding="ascii")))
    return _kept[1]


def is_set() -> bool:
    return _path().exists()


def now_on(day: dt.date) -> dt.datetime:
    """What the time would be if the story lived on that day."""
    return dt.datetime.combine(day, clock.real_now().timetz())


def live_on(day: dt.date) -> None:
    """The file is put in place whole: other processes read it at any moment."""
    draft = _path().with_name(f".demo-day.{os.getpid()}")
    draft.write_text(str((day - clock.real_now().date()).days), encoding="ascii")
    draft.replace(_path())
