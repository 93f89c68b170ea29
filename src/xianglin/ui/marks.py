"""A state as people see it: a shape, a word and a tone. The colour never speaks alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from xianglin.base.registry import Text

SHAPES = frozenset({"s-new", "s-run", "s-soon", "s-late", "s-wait", "s-again", "s-ok", "s-fix", "s-none"})
TONES = frozenset({"", "ok", "soon", "late", "run"})


@dataclass(frozen=True)
class Mark:
    shape: str
    word: Text = field(hash=False)  # it follows its reader's language; a set made at start must know it in all
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
        return Mark("s-late", _late(-days_left), "late")
    if days_left == 0:
        return Mark("s-soon", _("今天到期"), "soon")
    return Mark("s-soon", _left(days_left), "soon") if days_left <= soon else Mark("s-run", _left(days_left), "run")


@cache
def done_mark(days: int) -> Mark:
    """Settled, and how long it took."""
    return Mark("s-ok", _("当天办好") if days == 0 else _took(days), "ok")


# Lazy as a whole: a mark is made once, and each reader reads it in their own language.
_late: Callable[[int], Text] = lazy(
    lambda days: ngettext("晚了 %(days)d 天", "晚了 %(days)d 天", days) % {"days": days}, str
)
_left: Callable[[int], Text] = lazy(
    lambda days: ngettext("还有 %(days)d 天", "还有 %(days)d 天", days) % {"days": days}, str
)
_took: Callable[[int], Text] = lazy(
    lambda days: ngettext("%(days)d 天办好", "%(days)d 天办好", days) % {"days": days}, str
)
