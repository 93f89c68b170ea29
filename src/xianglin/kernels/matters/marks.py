"""How a matter's state and timeline look: shape and word."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from xianglin.ui import marks
from xianglin.ui.marks import Mark
from xianglin.ui.parts import TimelineRow

from .models import Matter, State, Step

_FIXED = {
    State.ANSWERED: marks.WAITING,
    State.DEFERRED: Mark("s-wait", _("条件不够，到时再看")),
    State.UNCONFIRMED: Mark("s-fix", _("没等到回话")),
    State.REJECTED: Mark("s-fix", _("没受理，有原因")),
    State.TRANSFERRED: Mark("s-fix", _("转出去了")),
    State.WITHDRAWN: Mark("s-fix", _("提的人撤回了")),
    State.QUARANTINED: Mark("s-fix", _("另行移交")),
}


def mark_of(matter: Matter, today: dt.date) -> Mark:
    """The one mark a list shows."""
    if matter.state == State.SETTLED:
        end = matter.answered_on or matter.closed_on or today
        return marks.done_mark(max(0, (end - matter.received_at.astimezone().date()).days))
    if matter.state in _FIXED:
        return _FIXED[State(matter.state)]
    if matter.clock_stopped_on is not None:
        return Mark("s-wait", _("先停一停"))
    return marks.days_mark((matter.next_on - today).days)


def with_marks(matters: Iterable[Matter], today: dt.date) -> list[tuple[Matter, Mark]]:
    return [(m, mark_of(m, today)) for m in matters]


_VERBS = {
    "raised": ("s-new", "", _("提出来")),
    "noted": ("s-new", "", _("替他记下")),
    "assigned": ("s-run", "", _("派给%(text)s")),
    "taken": ("s-run", "", _("开始办")),
    "bounced": ("s-again", "", _("退回重派：%(text)s")),
    "answered": ("s-wait", "", _("答复：%(text)s")),
    "deferred": ("s-wait", "", _("暂不具备条件：%(text)s")),
    "reviewed": ("s-run", "", _("到日子了，接着办")),
    "settled": ("s-ok", "ok", _("说办好了")),
    "not_settled": ("s-again", "", _("说没解决")),
    "heard_settled": ("s-ok", "ok", _("问过提的人：办好了")),
    "heard_not_settled": ("s-again", "", _("问过提的人：没解决")),
    "attempted": ("s-wait", "", _("打过电话，没联系上")),
    "unconfirmed": ("s-fix", "", _("一直没等到回话，先结了")),
    "suspended": ("s-wait", "", _("先停一停：%(text)s")),
    "resumed": ("s-run", "", _("接着办")),
    "rejected": ("s-fix", "", _("没受理：%(text)s")),
    "transferred": ("s-fix", "", _("转给%(text)s")),
    "withdrawn": ("s-fix", "", _("撤回了")),
    "quarantined": ("s-fix", "", _("另行移交")),
    "handed_over": ("s-fix", "", _("已移交：%(text)s")),
    "purged": ("s-fix", "", _("原话已按规定销毁")),
    "linked": ("s-run", "", _("和“%(text)s”并成一件")),
    "unlinked": ("s-run", "", _("又拆开单办")),
    "split": ("s-run", "", _("拆成几件：%(text)s")),
    "split_off": ("s-new", "", _("从 %(text)s 拆出来")),
}


def timeline(steps: Iterable[Step]) -> list[TimelineRow]:
    rows = []
    for step in steps:
        shape, tone, text = _VERBS[step.verb]
        who = _(step.who) if step.who in ("提的人", "平台") else step.who  # zh: the two marked in actions.common
        rows.append(TimelineRow(at=step.at, shape=shape, tone=tone, text=text % {"text": step.text}, who=who))
    return rows
