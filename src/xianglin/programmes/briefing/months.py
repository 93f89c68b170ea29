"""谁发了，谁没发: a town's villages by code, never ranked, month by month."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.queries import in_area, on_since
from xianglin.kernels.bulletins import queries
from xianglin.kernels.bulletins.models import Bulletin, State
from xianglin.ui.marks import CORRECTED, NEW, NOT_SENT, Mark

MONTHS = 12
MOST = 60  # villages of a town
RECENT = 3  # months that a phone shows
PUBLISHED = Mark("s-ok", _("发了"), "ok")
RUNNING = Mark("s-run", _("起草中"))
NOT_BEGUN = Mark(NEW.shape, _("还没备会"))
LEGEND = (PUBLISHED, CORRECTED, NOT_SENT, RUNNING, NOT_BEGUN)


@dataclass(frozen=True)
class Month:
    """A column. ``older``: not shown on a phone."""

    first: dt.date
    older: bool

    @property
    def period(self) -> str:
        return f"{self.first:%Y-%m}"


@dataclass(frozen=True)
class Cell:
    """A village's month: a mark and where it opens; neither before the programme was on."""

    month: Month
    mark: Mark | None = None
    url: str = ""


@dataclass(frozen=True)
class Grid:
    months: list[Month]
    rows: list[tuple[Area, list[Cell]]]
    counts: list[tuple[Mark, int]]


def grid(area: Area, kind: str, today: dt.date) -> Grid:
    """The last twelve months; what was not published in a month that is over is said to be missing."""
    months = _months(today)
    since = on_since("briefing", area, today) or today
    found = queries.by_month(area, kind, months[0].period, months[-1].period)
    villages = in_area(Area.objects.current().filter(level=Level.VILLAGE), area).order_by("code")[:MOST]
    rows = [(v, [_cell(found.get((v.pk, m.period)), m, since, today) for m in months]) for v in villages]
    counted = Counter(cell.mark for _village, cells in rows for cell in cells if cell.mark is not None)
    return Grid(months, rows, [(mark, counted[mark]) for mark in LEGEND])


def _months(today: dt.date) -> list[Month]:
    firsts = list(_back(today.replace(day=1)))[::-1]
    return [Month(first, older=nth < MONTHS - RECENT) for nth, first in enumerate(firsts)]


def _back(first: dt.date) -> Iterator[dt.date]:
    for _nth in range(MONTHS):
        yield first
        first = (first - dt.timedelta(days=1)).replace(day=1)


def _cell(bulletin: Bulletin | None, month: Month, since: dt.date, today: dt.date) -> Cell:
    if bulletin is not None and bulletin.state == State.PUBLISHED:
        mark = CORRECTED if bulletin.corrected_on else PUBLISHED
        return Cell(month, mark, reverse("bulletins:draft", args=[bulletin.pk]))
    if month.first < since.replace(day=1):
        return Cell(month)
    is_over = (month.first.year, month.first.month) < (today.year, today.month)
    url = reverse("bulletins:draft", args=[bulletin.pk]) if bulletin is not None else ""
    return Cell(month, NOT_SENT if is_over else RUNNING if bulletin is not None else NOT_BEGUN, url)
