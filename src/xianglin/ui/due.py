"""A due date that explains itself: what the component shows, and where its line's points lie."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from xianglin.base.registry import Text

SOON_DAYS = 3


@dataclass(frozen=True)
class DueView:
    """Plain facts from the deadlines room. ``days_left`` below zero: late; ``stopped``: the clock rests."""

    days_left: int
    due_on: dt.date
    started_on: dt.date
    today: dt.date
    sentences: Sequence[Text]
    basis: Text = ""
    provisional: bool = False
    stopped: bool = False
    why_stopped: Text = ""  # and till when


@dataclass(frozen=True)
class DueLine:
    """Positions along the line in percent of its width."""

    today: float
    due: float
    anchor: str  # where today's label hangs, so that it never runs over an edge

    @property
    def passed(self) -> float:
        return min(self.today, self.due)


def line(view: DueView) -> DueLine:
    end = max(view.due_on, view.today, view.started_on + dt.timedelta(days=1))
    whole = (end - view.started_on).days

    def at(day: dt.date) -> float:
        return round(max(0, (day - view.started_on).days) / whole * 100, 1)

    today = at(view.today)
    anchor = "start" if today < 12 else "end" if today > 88 else "middle"
    return DueLine(today=today, due=at(view.due_on), anchor=anchor)


def tone(view: DueView) -> str:
    if view.stopped:
        return "wait"
    if view.days_left < 0:
        return "late"
    return "soon" if view.days_left <= SOON_DAYS else "run"


def unit(view: DueView) -> str:
    """The word after the big number."""
    days = abs(view.days_left)
    if view.days_left < 0 and not view.stopped:
        return ngettext("天前到期", "天前到期", days)
    return ngettext("天", "天", days)


def told(view: DueView) -> str:
    """Why it is this day, sentence after sentence; English wants a space between them."""
    between = " " if get_language() == "en" else ""
    return between.join(str(sentence).strip() for sentence in view.sentences)


def summary(view: DueView) -> str:
    """The small line under the date."""
    if view.stopped:
        return str(view.why_stopped or _("先不计时"))
    if view.provisional:
        return _("暂定，放假安排还没公布")
    return _("为什么是这一天")
