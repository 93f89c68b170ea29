"""要看一看的: what is amiss in a town's months, in words, and what a village was asked about it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.timezone import localdate
from django.utils.translation import gettext

from xianglin.commons.areas.models import Area
from xianglin.kernels.bulletins.telling import corrected_texts
from xianglin.kernels.matters.models import AnswerPhoto, Reuse, State
from xianglin.ui.marks import CORRECTED
from xianglin.ui.templatetags.ui import day_words

from .models import Explanation
from .months import HEAVIEST_FIRST, KEYS, REPEATED, Cell, Grid, grid

SHOWN = 10  # on the first screen


@dataclass(frozen=True)
class Amiss:
    """What an inspector looks into: a village's month in words, each change of a published text told."""

    village: Area
    cell: Cell
    sentences: list[str]

    @property
    def waiting(self) -> list[Explanation]:
        """What the village was asked about it and is not settled yet."""
        return [one for one in self.cell.asked if one.matter.state != State.SETTLED]

    @property
    def about(self) -> list[str]:
        """Keys of what nobody has asked about yet, else of all that is amiss."""
        marks = self.cell.unasked or self.cell.amiss
        return [key for key, mark in KEYS.items() if mark in marks]


def to_look_into(found: Grid) -> tuple[list[Amiss], int]:
    """What is not explained yet: the newest first, and of a month the gravest first; and how many more there are."""
    cells = [(v, cell) for v, row in found.rows for cell in row if cell.unexplained]
    return _told(cells), max(0, len(cells) - SHOWN)


def explained(found: Grid) -> list[Amiss]:
    """Months in which something was amiss, and all of it is explained."""
    return _told([(v, cell) for v, row in found.rows for cell in row if cell.amiss and not cell.unexplained])


def of_month(village: Area, kind: str, period: str, today: dt.date) -> Amiss | None:
    """A village's month, where something is amiss in it; only the village is looked through."""
    cells = [(v, cell) for v, row in grid(village, kind, today).rows for cell in row if cell.month.period == period]
    return next(iter(_told([pair for pair in cells if pair[1].amiss])), None)


def _told(cells: list[tuple[Area, Cell]]) -> list[Amiss]:
    cells.sort(key=lambda pair: HEAVIEST_FIRST.index(pair[1].amiss[0]))
    cells.sort(key=lambda pair: pair[1].month.first, reverse=True)
    cells = cells[:SHOWN]
    changed = corrected_texts(cell.text_pk for _village, cell in cells if CORRECTED in cell.marks)
    return [Amiss(village, cell, list(_sentences(cell, changed))) for village, cell in cells]


def _sentences(cell: Cell, changed: dict[int, list[str]]) -> Iterator[str]:
    yield "　".join(cell.tell(mark) for mark in cell.marks if mark != REPEATED)
    yield from changed.get(cell.text_pk, [])
    told = "%(what)s" if REPEATED in cell.unexplained else gettext("%(what)s（已说明）")
    yield from (told % {"what": photos_words(reuse)} for reuse in cell.reuses)


def photos_words(reuse: Reuse) -> str:
    """照片用了两次：5 月 11 日“桥头灯”和 6 月 2 日“坡上灯”."""
    facts = {"first": _use(reuse.earlier, reuse), "then": _use(reuse.photo, reuse)}
    return gettext("照片用了两次：%(first)s和 %(then)s") % facts


def _use(photo: AnswerPhoto, reuse: Reuse) -> str:
    matter = photo.answer.matter
    facts = {
        "day": day_words(localdate(photo.answer.at), weekday=False),
        "place": matter.area.name,
        "title": matter.title or matter.slip,
    }
    if matter.town_id != reuse.town_id and not matter.public:
        return gettext("%(day)s另一个镇的答复") % facts
    if matter.area_id != reuse.area_id:
        return gettext("%(day)s%(place)s“%(title)s”") % facts
    return gettext("%(day)s“%(title)s”") % facts
