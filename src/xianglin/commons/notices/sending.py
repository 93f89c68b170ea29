"""Handing one message over. It is marked before: killed in between, it stays unknown and waits for its receipt."""

import datetime as dt
import time
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from xianglin.base import clock
from xianglin.commons.access import phones
from xianglin.commons.jobs.declare import exponential
from xianglin.commons.keys.models import PersonKey

from . import declare, mail, questions
from .approved import approved
from .clearance import Held, clear
from .models import Notice
from .providers import TIMEOUT, NotNow, NotTaken, Sms, provider

TRIES = 6  # of what was surely not taken, over some five minutes
_rest = exponential(first=10, most=300)


class Unanswered(Exception):
    """Nobody knows whether the provider took a message."""


@dataclass(frozen=True)
class Message:
    """What is handed over, once the row no longer has to hold it."""

    notice_id: int
    channel: str
    to: str
    text: str
    template: str
    variables: dict[str, str]
    reference: str
    secret: bool
    tries: int

    def __repr__(self) -> str:
        return f"Message({self.notice_id})"  # neither number nor text in a traceback


@dataclass(frozen=True)
class Outcome:
    """What became of it: the state, why, the provider's id, and when it is to be tried again."""

    state: str
    reason: str = ""
    provider_id: str = ""
    again: dt.timedelta | None = None


def take(notice_id: int) -> Message | Held | None:
    """The queued message, marked *unknown* from now on; ``Held`` where it waits; None where it is not queued."""
    with transaction.atomic():
        queued = Notice.objects.select_for_update().filter(pk=notice_id, state=Notice.State.QUEUED)
        notice = queued.first()
        if notice is None:
            return None
        declared = declare.declared_as(notice.template)
        mailed = notice.channel == Notice.Channel.MAIL
        sealed = notice.to_mail if mailed else notice.to_phone
        to = (sealed and sealed.open()) or ""
        held = clear(notice, declared, phones.index_of(to)) if to and not mailed and not declared.secret else None
        if held is None:
            return _mark(notice, declared, to)
        if held.why:
            notice.state, notice.reason = Notice.State.KEPT_BACK, held.why
            notice.save(update_fields=["state", "reason"])
        return held


def _mark(notice: Notice, declared: declare.NoticeTemplate, to: str) -> Message:
    mailed = notice.channel == Notice.Channel.MAIL
    text = declared.render(notice.variables) if mailed else declared.render_sms(notice.variables)
    notice.state, notice.reference = Notice.State.UNKNOWN, notice.reference or uuid.uuid4().hex
    notice.tries, notice.marked_at = notice.tries + 1, clock.real_now()
    if to and not mailed and not declared.secret:
        notice.phone_index = phones.index_of(to)
    said = {name: str(value) for name, value in notice.variables.items()}
    message = Message(
        notice.pk, notice.channel, to, text, notice.template, said, notice.reference, declared.secret, notice.tries
    )
    if declared.secret:
        forget(notice)
    notice.save()
    return message


def forget(notice: Notice) -> None:
    if notice.phone_key:
        PersonKey.objects.filter(pk=notice.phone_key).delete()
    notice.variables, notice.to_phone, notice.to_mail, notice.phone_key = {}, None, None, None


def hand_over(message: Message, too_late: float = 0.0) -> Outcome:
    """Ask the provider. Raises ``Unanswered`` where nobody knows: the row stays as it was marked."""
    if not message.to:
        return Outcome(Notice.State.FAILED, _("收信人的号码已按要求删除。"))
    if too_late and time.time() > too_late:
        return Outcome(Notice.State.FAILED, _("发送前已经过期。"))
    try:
        given = _ask(message)
    except NotNow as refusal:
        if message.secret or message.tries >= TRIES:  # a code is forgotten, and another is asked for
            return Outcome(Notice.State.FAILED, str(refusal))
        return Outcome(Notice.State.QUEUED, str(refusal), again=_rest(message.tries))
    except NotTaken as refusal:
        return Outcome(Notice.State.FAILED, str(refusal))
    return Outcome(Notice.State.WIPED if message.secret else Notice.State.SENT, provider_id=given)


def _ask(message: Message) -> str:
    try:
        if message.channel == Notice.Channel.MAIL:
            return mail.send(message.to, message.text, message.reference, link=message.variables.get("link", ""))
        sms = Sms(
            message.to,
            message.text,
            message.reference,
            message.template,
            message.variables,
            approved(message.template),
        )
        return provider().send(sms, timeout=TIMEOUT)
    except NotTaken:
        raise
    except Exception as error:
        # Its words may be the address that was called, with number and code in it: they reach no log and no row.
        raise Unanswered(type(error).__qualname__) from None


def settle(message: Message, outcome: Outcome) -> str:
    """Write down what became of it, unless its receipt came first; answers the state that it has now."""
    with transaction.atomic():
        notice = Notice.objects.select_for_update().get(pk=message.notice_id)
        notice.provider_id = outcome.provider_id[:120]
        if notice.state == Notice.State.UNKNOWN:
            notice.state, notice.reason = outcome.state, outcome.reason[:200]
            if outcome.state == Notice.State.FAILED:
                questions.close_of(notice.pk, "not_sent")
            if outcome.provider_id or outcome.state in (Notice.State.SENT, Notice.State.WIPED):
                notice.sent_at = clock.now()
        notice.save(update_fields=["provider_id", "state", "reason", "sent_at"])
        return str(notice.state)
