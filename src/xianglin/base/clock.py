"""The domain's time: real time plus a whole-day offset, so that a demonstration can live on its story's day.

Deadlines, dates of events and everything people read use ``now()`` and ``today()``.
Leases, sessions and one-time codes use ``real_now()``: moving the story must not expire a password.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
_moment: ContextVar[dt.datetime | None] = ContextVar("xianglin_moment", default=None)


def _no_offset() -> int:
    return 0


_offset_days: Callable[[], int] = _no_offset


def set_offset(source: Callable[[], int]) -> None:
    """Plug in where the offset in whole days comes from (the demo's setting; zero elsewhere)."""
    global _offset_days
    _offset_days = source


def real_now() -> dt.datetime:
    return dt.datetime.now(tz=SHANGHAI)


def now() -> dt.datetime:
    return _moment.get() or real_now() + dt.timedelta(days=_offset_days())


def today() -> dt.date:
    return now().date()


@contextmanager
def living_at(moment: dt.datetime) -> Iterator[None]:
    """Within the block the domain's time stands at ``moment``: the demo plays its story so, and tests stop time so."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
