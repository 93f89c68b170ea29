"""A state as people see it: a shape, a word and a tone. The colour never speaks alone."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from xianglin.base.registry import Text

SHAPES = frozenset({"s-new", "s-run", "s-soon", "s-late", "s-wait", "s-again", "s-ok", "s-fix", "s-none"})
TONES = frozenset({"", "ok", "soon", "late", "run"})


@dataclass(frozen=True)
class Mark:
    shape: str
    word: Text
    tone: str = ""

    def __post_init__(self) -> None:
        assert self.shape in SHAPES, self.shape
        assert self.tone in TONES, self.tone


NEW = Mark("s-new", _("刚收到"))
WAITING = Mark("s-wait", _("等回话"))
AGAIN = Mark("s-again", _("没解决，再办"))
CORRECTED = Mark("s-fix", _("更正过"))
NOT_SENT = Mark("s-none", _("没有发"), "late")
ON_TIME = Mark("s-ok", _("按时"), "ok")


@cache
def days_mark(days_left: int | None, soon: int = 3) -> Mark:
    """How many days a thing still has. ``soon``: from how many days on it counts as near its end."""
    if days_left is None:
        return Mark("s-run", _("在办"), "run")
    if days_left < 0:
        word = _days(ngettext_lazy("晚了 %(days)d 天", "晚了 %(days)d 天", "days"), -days_left)
        return Mark("s-late", word, "late")
    if days_left == 0:
        return Mark("s-soon", _("今天到期"), "soon")
    word = _days(ngettext_lazy("还有 %(days)d 天", "还有 %(days)d 天", "days"), days_left)
    return Mark("s-soon", word, "soon") if days_left <= soon else Mark("s-run", word, "run")


@cache
def done_mark(days: int) -> Mark:
    """Settled, and how long it took."""
    if days == 0:
        return Mark("s-ok", _("当天办好"), "ok")
    return Mark("s-ok", _days(ngettext_lazy("%(days)d 天办好", "%(days)d 天办好", "days"), days), "ok")


def _days(text: Any, days: int) -> Text:
    """Stays lazy, so that a mark made once reads in each reader's language."""
    lazy: Text = text % {"days": days}
    return lazy
