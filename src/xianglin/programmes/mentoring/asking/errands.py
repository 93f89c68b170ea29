"""Questions that wait on 今日: for the mentor from the first day on, answered for who asked, for the officer after a
week."""

from collections.abc import Callable, Mapping, Sequence

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from xianglin.base.registry import Errand, Text
from xianglin.commons.access.models import Grant
from xianglin.ui import marks
from xianglin.ui.marks import Mark

from ..kinds import OFFICER
from ..waits import Sources
from . import queries, rules
from .models import Thread

MOST = 5  # questions at once


def sources(grant: Grant, account_id: int | None) -> Sources:
    overdue = queries.overdue(grant.area) if grant.role == OFFICER else Thread.objects.none()
    return {
        "asking.answer": queries.to_answer(account_id),
        "asking.read": queries.to_read(account_id),
        "asking.overdue": overdue,
    }


def told(found: Mapping[str, Sequence[int]]) -> list[Errand]:
    waits = [_answer(one) for one in queries.among(found["asking.answer"], MOST)]
    answered = [_read(one) for one in queries.among(found["asking.read"], MOST)]
    return [*waits, *answered, *_overdue(len(found["asking.overdue"]))]


def _answer(thread: Thread) -> Errand:
    days = rules.days_waiting(thread)
    title = _("%(name)s向您请教") % {"name": thread.pairing.need.name}
    note = _("不限哪天，有空答一句就行。")
    return Errand(waited_mark(days), title, note, _("去回答"), reverse("mentoring:thread", args=[thread.pk]))


def _read(thread: Thread) -> Errand:
    title = _("%(name)s答了您的请教") % {"name": thread.pairing.offer.name}
    note = _("看了说一声：有用，还是没懂。")
    return Errand(marks.NEW, title, note, _("去看"), reverse("mentoring:thread", args=[thread.pk]))


def waited_mark(days: int) -> Mark:
    return Mark("s-soon", _waited(days), "soon") if days >= rules.PATIENCE else marks.NEW


def _overdue(count: int) -> list[Errand]:
    if not count:
        return []
    look = Mark("s-soon", _("要看一眼"), "soon")
    return [Errand(look, _counted(count), _WHY, _("去看"), reverse("mentoring:unanswered"))]


_WHY = _("看得到是哪一对、等了几天，看不到问的什么。")
_waited: Callable[[int], Text] = lazy(
    lambda days: ngettext("等了 %(days)d 天", "等了 %(days)d 天", days) % {"days": days}, str
)
_counted: Callable[[int], Text] = lazy(
    lambda count: ngettext("%(count)d 次请教等了七天以上", "%(count)d 次请教等了七天以上", count) % {"count": count},
    str,
)
