"""谁发了，谁没发: a town's villages by code, never ranked, month by month."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianglin.base.months import months_to
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.queries import in_area, on_since
from xianglin.kernels.bulletins.models import Bulletin
from xianglin.kernels.bulletins.queries import by_month as texts_by_month
from xianglin.kernels.gatherings import queries as meetings
from xianglin.kernels.gatherings.models import Gathering
from xianglin.kernels.matters.models import Reuse, State
from xianglin.ui.marks import CORRECTED, NEW, NOT_SENT, Mark

from .kinds import CONFERENCE
from .models import Explanation, PartyDay
from .queries import day_in, explanations, left_open, party_days, reuses

MONTHS = 12
MOST = 60  # villages of a town
RECENT = 3  # months that a phone shows
PUBLISHED = Mark("s-ok", _("发了"), "ok")
LATE = Mark("s-soon", _("发晚了"), "soon")
LEFT = Mark("s-late", _("有问题过期没答复"), "late")
REPEATED = Mark("s-again", _("照片重复"), "late")
RUNNING = Mark("s-run", _("起草中"))
NOT_BEGUN = Mark(NEW.shape, _("还没备会"))
LEGEND = (PUBLISHED, LATE, CORRECTED, LEFT, REPEATED, NOT_SENT, RUNNING, NOT_BEGUN)
# What is amiss: 没有公开、问题没有及时答复、公开不及时、公开后又改、照片用了两次; by key, the gravest first
KEYS = {"not_sent": NOT_SENT, "left": LEFT, "late": LATE, "corrected": CORRECTED, "photos": REPEATED}
AMISS = frozenset(KEYS.values())
HEAVIEST_FIRST = (*KEYS.values(), PUBLISHED, RUNNING, NOT_BEGUN)


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
    programme was on. ``days``: by how many it was late; ``left``: questions past their day without an answer;
    ``reuses``: pictures used for two things; ``asked``: what the village was asked to explain."""

    month: Month
    marks: tuple[Mark, ...] = ()
    url: str = ""
    days: int = 0
    left: int = 0
    text_pk: int = 0
    reuses: tuple[Reuse, ...] = ()
    asked: tuple[Explanation, ...] = ()

    @property
    def amiss(self) -> list[Mark]:
        return [mark for mark in self.marks if mark in AMISS]

    @property
    def unexplained(self) -> list[Mark]:
        """What whoever asked has not said yet to be explained."""
        settled = [one for one in self.asked if one.matter.state == State.SETTLED]
        return [mark for mark in self.amiss if not self._covered(mark, settled)]

    @property
    def unasked(self) -> list[Mark]:
        return [mark for mark in self.amiss if not self._covered(mark, self.asked)]

    def _covered(self, mark: Mark, asked: Iterable[Explanation]) -> bool:
        """Asked about; a picture that was used after that was not."""
        about = [one for one in asked if mark in map(KEYS.get, one.about)]
        if mark != REPEATED or not about:
            return bool(about)
        return max(one.matter.received_at for one in about) >= max(reuse.at for reuse in self.reuses)

    @property
    def shown(self) -> list[tuple[Mark, str, int]]:
        """What a cell has room for, the gravest first: shape, tone (none where it is explained), number."""
        marks, open_ = self.amiss[:2] or list(self.marks[:1]), self.unexplained
        digits = {LATE: self.days, LEFT: self.left, REPEATED: len(self.reuses) if len(self.reuses) > 1 else 0}
        return [(m, m.tone if m in open_ or m not in AMISS else "", digits.get(m, 0)) for m in marks]

    @property
    def told(self) -> str:
        """In words, for those who listen to the page."""
        return "　".join(self.tell(mark) for mark in self.marks)

    def tell(self, mark: Mark) -> str:
        facts = {"days": self.days, "left": self.left, "photos": len(self.reuses)}
        told = {
            LATE: gettext("发晚了 %(days)d 天"),
            LEFT: gettext("%(left)d 个问题过期没答复"),
            REPEATED: gettext("照片重复 %(photos)d 张"),
        }
        words = str(told.get(mark, mark.word)) % facts
        explained = mark in AMISS and mark not in self.unexplained
        return gettext("%(what)s（已说明）") % {"what": words} if explained else words


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
    seen = _Seen(
        today,
        on_since("briefing", area, today) or today,
        party_days(area),
        left_open(held.values()),
        reuses(area, columns[0].first),
        explanations(area, first, last),
    )
    villages = in_area(Area.objects.current().filter(level=Level.VILLAGE), area).order_by("code")[:MOST]
    rows = [
        (v, [seen.cell(v, month, texts.get((v.pk, month.period)), held.get((v.pk, month.period))) for month in columns])
        for v in villages
    ]
    counted = Counter(mark for _village, cells in rows for cell in cells for mark in cell.marks)
    return Grid(columns, rows, [(mark, counted[mark]) for mark in LEGEND])


def _months(today: dt.date) -> list[Month]:
    return [Month(first, older=nth < MONTHS - RECENT) for nth, first in enumerate(months_to(today, MONTHS))]


@dataclass(frozen=True)
class _Seen:
    """What cells are judged by. The day is the conference's (postponed with its reason or not), else the Party day."""

    today: dt.date
    since: dt.date
    fixed: dict[int, list[PartyDay]]
    left: dict[int, int]
    reused: dict[tuple[int, str], list[Reuse]]
    asked: dict[tuple[int, str], list[Explanation]]

    def cell(self, village: Area, month: Month, text: Bulletin | None, held: Gathering | None) -> Cell:
        key = (village.pk, month.period)
        reused, asked = tuple(self.reused.get(key, ())), tuple(self.asked.get(key, ()))
        if month.first < self.since.replace(day=1) and text is None:
            return Cell(month, (REPEATED,) if reused else (), reuses=reused, asked=asked)
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
            REPEATED: bool(reused),
            NOT_SENT: published is None and (self._is_over(month) if due is None else days > 0),
        }
        marks = [mark for mark in HEAVIEST_FIRST if true.get(mark)]
        if published is None and NOT_SENT not in marks:
            marks.append(RUNNING if text is not None else NOT_BEGUN)
        pk = text.pk if text is not None else 0
        return Cell(month, tuple(marks), url, days, left, pk, reused, asked)

    def _party_day(self, village: Area, month: Month) -> dt.date | None:
        standing = (day for day in self.fixed.get(village.pk, ()) if day.from_on <= month.first)
        fixed = next(standing, None)
        return day_in(fixed, month.period) if fixed is not None else None

    def _is_over(self, month: Month) -> bool:
        return (month.first.year, month.first.month) < (self.today.year, self.today.month)
