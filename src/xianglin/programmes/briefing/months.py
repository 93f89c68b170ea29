"""谁发了，谁没发: a town's villages by code, never ranked, month by month."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.queries import in_area, on_since
from xianglin.kernels.bulletins.models import Bulletin
from xianglin.kernels.bulletins.queries import by_month as texts_by_month
from xianglin.kernels.bulletins.telling import corrected_texts
from xianglin.kernels.gatherings import queries as meetings
from xianglin.kernels.gatherings.models import Gathering
from xianglin.kernels.indicators.rules import months_to
from xianglin.ui.marks import CORRECTED, NEW, NOT_SENT, Mark

from .kinds import CONFERENCE
from .models import PartyDay
from .queries import day_in, left_open, party_days

MONTHS = 12
SHOWN = 10  # of what is amiss, on the first screen
MOST = 60  # villages of a town
RECENT = 3  # months that a phone shows
PUBLISHED = Mark("s-ok", _("发了"), "ok")
LATE = Mark("s-soon", _("发晚了"), "soon")
LEFT = Mark("s-late", _("有问题过期没答复"), "late")
RUNNING = Mark("s-run", _("起草中"))
NOT_BEGUN = Mark(NEW.shape, _("还没备会"))
LEGEND = (PUBLISHED, LATE, CORRECTED, LEFT, NOT_SENT, RUNNING, NOT_BEGUN)  # what is amiss: the four in the middle
AMISS = frozenset((LATE, CORRECTED, LEFT, NOT_SENT))  # 没有公开、公开不及时、公开后又改、问题没有及时答复
_HEAVIEST_FIRST = (NOT_SENT, LEFT, LATE, CORRECTED, PUBLISHED, RUNNING, NOT_BEGUN)


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
    """A village's month: all that is to be said of it, the gravest first, and where it opens; nothing before the
    programme was on. ``days``: by how many it was late; ``left``: questions past their day without an answer."""

    month: Month
    marks: tuple[Mark, ...] = ()
    url: str = ""
    days: int = 0
    left: int = 0
    text_pk: int = 0

    @property
    def is_amiss(self) -> bool:
        return bool(AMISS & set(self.marks))

    @property
    def mark(self) -> Mark | None:
        return self.marks[0] if self.marks else None

    @property
    def digit(self) -> int:
        """What the shape alone does not say."""
        return {LATE: self.days, LEFT: self.left}.get(self.mark, 0) if self.mark else 0

    @property
    def told(self) -> str:
        """In words, for those who listen to the page."""
        facts = {"days": self.days, "left": self.left}
        told = {LATE: gettext("发晚了 %(days)d 天"), LEFT: gettext("%(left)d 个问题过期没答复")}
        return "　".join(str(told.get(mark, mark.word)) % facts for mark in self.marks)


@dataclass(frozen=True)
class Grid:
    months: list[Month]
    rows: list[tuple[Area, list[Cell]]]
    counts: list[tuple[Mark, int]]


def grid(area: Area, kind: str, today: dt.date) -> Grid:
    """The last twelve months; what was not published in a month that is over is said to be missing."""
    columns = _months(today)
    first, last = columns[0].period, columns[-1].period
    texts = texts_by_month(area, kind, first, last)
    held = meetings.by_month(area, CONFERENCE, first, last)
    seen = _Seen(today, on_since("briefing", area, today) or today, party_days(area), left_open(held.values()))
    villages = in_area(Area.objects.current().filter(level=Level.VILLAGE), area).order_by("code")[:MOST]
    rows = [
        (v, [seen.cell(v, month, texts.get((v.pk, month.period)), held.get((v.pk, month.period))) for month in columns])
        for v in villages
    ]
    counted = Counter(mark for _village, cells in rows for cell in cells for mark in cell.marks)
    return Grid(columns, rows, [(mark, counted[mark]) for mark in LEGEND])


@dataclass(frozen=True)
class Amiss:
    """What an inspector looks into: a village's month in words, each change of a published text told."""

    village: Area
    cell: Cell
    sentences: list[str]


def amiss(found: Grid) -> list[Amiss]:
    """The newest first, and of a month the gravest first."""
    cells = [(village, cell) for village, row in found.rows for cell in row if cell.is_amiss]
    cells.sort(key=lambda pair: _HEAVIEST_FIRST.index(pair[1].marks[0]))
    cells.sort(key=lambda pair: pair[1].month.first, reverse=True)
    changed = corrected_texts(cell.text_pk for _village, cell in cells if CORRECTED in cell.marks)
    return [Amiss(v, cell, [cell.told, *changed.get(cell.text_pk, [])]) for v, cell in cells[:SHOWN]]


def _months(today: dt.date) -> list[Month]:
    return [Month(first, older=nth < MONTHS - RECENT) for nth, first in enumerate(months_to(today, MONTHS))]


@dataclass(frozen=True)
class _Seen:
    """What cells are judged by. The day is the conference's (postponed with its reason or not), else the Party day."""

    today: dt.date
    since: dt.date
    fixed: dict[int, list[PartyDay]]
    left: dict[int, int]

    def cell(self, village: Area, month: Month, text: Bulletin | None, held: Gathering | None) -> Cell:
        if month.first < self.since.replace(day=1) and text is None:
            return Cell(month)
        due = held.on if held is not None else self._party_day(village, month)
        published = text.published_on if text is not None else None
        days = max(0, ((published or self.today) - due).days) if due is not None else 0
        left = self.left.get(held.pk, 0) if held is not None else 0
        url = reverse("bulletins:draft", args=[text.pk]) if text is not None else ""
        true = {
            PUBLISHED: published is not None and not days,
            LATE: published is not None and days > 0,
            CORRECTED: text is not None and text.corrected_on is not None,
            LEFT: left > 0,
            NOT_SENT: published is None and (self._is_over(month) if due is None else days > 0),
        }
        marks = [mark for mark in _HEAVIEST_FIRST if true.get(mark)]
        if published is None and NOT_SENT not in marks:
            marks.append(RUNNING if text is not None else NOT_BEGUN)
        return Cell(month, tuple(marks), url, days, left, text.pk if text is not None else 0)

    def _party_day(self, village: Area, month: Month) -> dt.date | None:
        standing = (day for day in self.fixed.get(village.pk, ()) if day.from_on <= month.first)
        fixed = next(standing, None)
        return day_in(fixed, month.period) if fixed is not None else None

    def _is_over(self, month: Month) -> bool:
        return (month.first.year, month.first.month) < (self.today.year, self.today.month)
