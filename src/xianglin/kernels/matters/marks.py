"""How a matter looks: its mark, what happened in a few words, its due date, its timeline."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import Text
from xianglin.commons.deadlines.queries import explain
from xianglin.commons.files.models import File
from xianglin.ui import marks
from xianglin.ui.due import SOON_DAYS, DueView
from xianglin.ui.marks import Mark
from xianglin.ui.parts import Photo, TimelineRow
from xianglin.ui.templatetags.ui import day_words

from .models import TO_DO, WORKED_ON, Answer, AnswerPhoto, Matter, Reuse, State, Step
from .reuse import used_words

_FIXED = {
    State.ANSWERED: marks.WAITING,
    State.DEFERRED: Mark("s-wait", _("条件不够，到时再看")),
    State.UNCONFIRMED: Mark("s-fix", _("没等到回话")),
    State.REJECTED: Mark("s-fix", _("没受理，有原因")),
    State.TRANSFERRED: Mark("s-fix", _("转出去了")),
    State.WITHDRAWN: Mark("s-fix", _("提的人撤回了")),
    State.QUARANTINED: Mark("s-fix", _("另行移交")),
}
STOPPED = Mark("s-wait", _("先停一停"))


def mark_of(matter: Matter, today: dt.date) -> Mark:
    """The one mark a list shows. What is near its day or past it says so before anything else."""
    left = (matter.next_on - today).days
    running = matter.state in TO_DO and matter.clock_stopped_on is None
    if running and left <= SOON_DAYS:
        return marks.days_mark(left)
    return _standing(matter, today) or marks.days_mark(left)


def beside_due(matter: Matter, today: dt.date) -> Mark | None:
    """The mark where the due date stands in a box of its own: none that would only repeat its days."""
    return _standing(matter, today)


def _standing(matter: Matter, today: dt.date) -> Mark | None:
    if matter.state == State.SETTLED:
        end = matter.answered_on or matter.closed_on or today
        return marks.done_mark(max(0, (end - matter.received_at.astimezone().date()).days))
    if matter.state in _FIXED:
        return _FIXED[State(matter.state)]
    if matter.clock_stopped_on is not None:
        return STOPPED
    if matter.state == State.RECEIVED:
        return marks.NEW
    return marks.AGAIN if matter.state == State.REOPENED else None


_TOLD = {
    State.RECEIVED: _("等着分派"),
    State.ASSIGNED: _("派下去了"),
    State.IN_HAND: _("正在办"),
    State.ANSWERED: _("答复了，等提的人回话"),
    State.SETTLED: _("提的人说：办好了"),
    State.UNCONFIRMED: _("答复了，一直没等到回话"),
    State.REJECTED: _("没受理，写了原因"),
    State.TRANSFERRED: _("转给别的单位了"),
    State.WITHDRAWN: _("提的人不提了"),
    State.QUARANTINED: _("等着移交"),
}


def told(matter: Matter) -> Text:
    """What happened last, for everybody and in plain words. Only of columns that a list reads anyway."""
    if matter.state == State.DEFERRED or _stands(matter):
        return _stopped(matter)
    if matter.state in WORKED_ON and matter.round > 1:
        return _("提的人说没解决，正在再办")
    if matter.purge_on is not None:
        return _("移交出去了")
    return _TOLD[State(matter.state)]


def _stands(matter: Matter) -> bool:
    return matter.state in WORKED_ON and matter.clock_stopped_on is not None


def _stopped(matter: Matter, reason: str = "") -> str:
    """Why its clock rests, and till when."""
    day = day_words(matter.review_on or matter.next_on, weekday=False)
    facts = {"reason": reason, "day": day}
    if matter.state == State.DEFERRED:
        return gettext("暂不具备条件，%(day)s再看") % facts
    if reason:
        return gettext("先停一停：%(reason)s，%(day)s接着计时") % facts
    return gettext("先停一停，%(day)s接着计时") % facts


def due_view(matter: Matter, today: dt.date) -> DueView | None:
    """The due date that explains itself; none once nothing is due any more."""
    view = explain(matter, today) if matter.open else None
    if view is None or not view.stopped:
        return view
    if matter.state == State.ANSWERED:
        return replace(view, why_stopped=_("等回话，先不计时"))
    reason = str(matter.pauses[-1]["reason"]).rstrip("。") if matter.pauses else ""
    return replace(view, why_stopped=_stopped(matter, reason))


def with_marks(matters: Iterable[Matter], today: dt.date) -> list[tuple[Matter, Mark, Text]]:
    """Each with its mark and what happened last: what a row shows."""
    return [(m, mark_of(m, today), told(m)) for m in matters]


def taken_words(file: File) -> str:
    """When a picture was taken, as its camera wrote it."""
    if file.taken_at is None:
        return gettext("拍摄时间不详")
    return gettext("%(day)s拍的") % {"day": day_words(localdate(file.taken_at), weekday=False)}


def photos_of(answer: Answer) -> list[Photo]:
    """An answer's pictures (``queries.answers_of``), each with when it was taken."""
    return [
        Photo(
            reverse("matters:answer_photo", args=[photo.pk]),
            gettext("答复的照片，第 %(number)d 张") % {"number": number},
            _caption(photo, answer.matter),
        )
        for number, photo in enumerate(answer.photos.all(), 1)
    ]


def _caption(photo: AnswerPhoto, matter: Matter) -> str:
    taken = taken_words(photo.file)
    reuse: Reuse | None = getattr(photo, "reuse", None)
    if reuse is None or reuse.is_mended:
        return taken
    facts = {"taken": taken, "used": used_words(reuse.earlier, matter), "why": reuse.why}
    return gettext("%(taken)s。%(used)s也用过：%(why)s") % facts


def replaced_of(photos: Iterable[AnswerPhoto]) -> list[Photo]:
    """Pictures that were shown once (``queries.replaced_photos``), each with until when."""
    return [
        Photo(
            reverse("matters:answer_photo", args=[photo.pk]),
            gettext("换下的照片"),
            gettext("%(taken)s，%(day)s换下")
            % {"taken": taken_words(photo.file), "day": day_words(localdate(photo.replaced_at), weekday=False)},
        )
        for photo in photos
    ]


_VERBS = {
    "raised": ("s-new", "", _("提出来")),
    "noted": ("s-new", "", _("替他记下")),
    "transcribed": ("s-run", "", _("把录音写成了字，等提的人看")),
    "confirmed": ("s-run", "", _("看过记下的话，没写错")),
    "put_right": ("s-fix", "", _("看过记下的话，改对了")),
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
    "sms_settled": ("s-ok", "ok", _("短信回了：好了")),
    "sms_not_settled": ("s-again", "", _("短信回了：没好")),
    "sms_unclear": ("s-wait", "", _("回了短信，没看懂，等人打电话问")),
    "called": ("s-run", "", _("打过电话：%(text)s")),
    "attempted": ("s-wait", "", _("打过电话，没联系上")),
    "unconfirmed": ("s-fix", "", _("一直没等到回话，先结了")),
    "suspended": ("s-wait", "", _("先停一停：%(text)s")),
    "resumed": ("s-run", "", _("接着办")),
    "rejected": ("s-fix", "", _("没受理：%(text)s")),
    "transferred": ("s-fix", "", _("转给%(text)s")),
    "withdrawn": ("s-fix", "", _("撤回了")),
    "quarantined": ("s-fix", "", _("另行移交")),
    "released": ("s-run", "", _("不是检举控告，退回受理")),
    "corrected": ("s-fix", "", _("答复更正了：%(text)s")),
    "published": ("s-run", "", _("上了公开栏")),
    "retitled": ("s-fix", "", _("公开的标题改了：%(text)s")),
    "unpublished": ("s-fix", "", _("从公开栏撤下：%(text)s")),
    "handed_over": ("s-fix", "", _("已移交：%(text)s")),
    "purged": ("s-fix", "", _("原话已按规定销毁")),
    "linked": ("s-run", "", _("和“%(text)s”并成一件")),
    "unlinked": ("s-run", "", _("又拆开单办")),
    "split": ("s-run", "", _("拆成几件：%(text)s")),
    "split_off": ("s-new", "", _("从 %(text)s 拆出来")),
}


def timeline(steps: Iterable[Step], notes: Iterable[str] = (), answers: Iterable[Answer] = ()) -> list[TimelineRow]:
    """What happened, for people. ``notes``: what was noted at each call that reached nobody, for staff; ``answers``:
    in order, where their pictures are to be seen.

    A step whose text was taken away (an accusation's, so that nobody reads whom it names) is not shown without it.
    """
    rows, noted, shown = [], iter(notes), iter(answers)
    for step in steps:
        shape, tone, text = _VERBS[step.verb]
        if "%(text)s" in str(text) and not step.text:
            continue
        who = _(step.who) if step.who in ("提的人", "平台") else step.who  # zh: the two marked in actions.common
        if step.verb == "assigned" and step.who == step.text:
            text = _("自己接下")
        answer = next(shown, None) if step.verb == "answered" else None
        quote = next(noted, "") if step.verb == "attempted" else ""
        rows.append(
            TimelineRow(
                at=step.at,
                shape=shape,
                tone=tone,
                text=text % {"text": step.text},
                who=who,
                quote=quote,
                photos=photos_of(answer) if answer else (),
            )
        )
    return rows
