"""Whether an SMS may go out now: opt-out, consent, quiet hours, the day's cap, and one question per phone."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xianglin.base import clock, hooks

from . import declare, questions, rules
from .models import Notice, Phone, Question


@dataclass(frozen=True)
class Held:
    """Not now: again at ``until`` (the domain's time), or when a question before it is closed; or never: ``why``."""

    until: dt.datetime | None = None
    why: str = ""


def clear(notice: Notice, declared: declare.NoticeTemplate, index: str) -> Held | None:
    """None: it may go, it is counted, and its question is the phone's outstanding one from now on."""
    phone = questions.lock_phone(index)
    question = Question.objects.filter(notice_id=notice.pk).first()
    if why := _never(notice, declared, phone, question):
        if question is not None:
            questions.close(question, "moot")
        return Held(why=why)
    now = clock.now()
    if (then := rules.may_speak_at(now)) > now:
        return Held(until=then)
    if question is not None and not questions.may_be_asked(question, index):
        return Held()
    if notice.tries == 0:  # tried again, it is no other message
        if not rules.may_send_another(phone, now.date()):
            return Held(until=rules.next_morning(now))
        phone.count = phone.count + 1 if phone.counted_on == now.date() else 1
        phone.counted_on = now.date()
        phone.save(update_fields=["count", "counted_on"])
    if question is not None:
        questions.ask(question, index)
    return None


def _never(notice: Notice, declared: declare.NoticeTemplate, phone: Phone, question: Question | None) -> str:
    if phone.stopped_at is not None:
        return _("收信人退订了短信。")
    if declared.consent and not _consented(notice, declared, phone.index):
        return _("收信人没有同意收这一类短信。")
    if question is not None and (question.closed_at is not None or not questions.stands(question)):
        return _("不用再问了。")
    return ""


def _consented(notice: Notice, declared: declare.NoticeTemplate, index: str) -> bool:
    """Asked of the room that keeps consents; while there is none, nobody consented."""
    if not hooks.consented.plugged:
        return False
    return hooks.consented(declared.consent, notice.account_id, index)
