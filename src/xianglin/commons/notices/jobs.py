"""Sending. A message is marked before it is handed over: killed in between, it stays unknown."""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from xianglin.base import clock
from xianglin.commons.jobs import job
from xianglin.commons.keys.models import PersonKey

from . import declare
from .models import Notice
from .providers import TIMEOUT, NotTaken, Provider, provider

SECRET_LIFE = 300.0  # seconds of real time after which a log-in code is worth nothing
SOON, AT_ONCE = 10, 20  # a thousand invitations do not stand before a log-in code


class Unanswered(Exception):
    """Nobody knows whether the provider took a message."""


@dataclass(frozen=True)
class Message:
    """What is handed over, once the row no longer has to hold it."""

    phone: str
    text: str
    secret: bool


@job(priority=SOON, limit=timedelta(minutes=1))
def send_sms(notice_id: int, too_late: float = 0.0) -> str:
    """Hand one queued SMS to the provider; answers its state. Running it again changes nothing."""
    with translation.override(settings.LANGUAGE_CODE):
        message = _take(notice_id)
        if message is None:
            return "not queued"
        return _settle(notice_id, message.secret, _hand_over(notice_id, message, too_late))


def _take(notice_id: int) -> Message | None:
    with transaction.atomic():
        queued = Notice.objects.select_for_update().filter(pk=notice_id, state=Notice.State.QUEUED)
        notice = queued.first()
        if notice is None:
            return None
        declared = declare.declared_as(notice.template)
        phone = (notice.to_phone and notice.to_phone.open()) or ""
        message = Message(phone, declared.render(notice.variables), declared.secret)
        notice.state = Notice.State.UNKNOWN
        if declared.secret:
            _forget(notice)
        notice.save(update_fields=["state", "variables", "to_phone", "phone_key"])
        return message


def _forget(notice: Notice) -> None:
    if notice.phone_key:
        PersonKey.objects.filter(pk=notice.phone_key).delete()
    notice.variables, notice.to_phone, notice.phone_key = {}, None, None


def _hand_over(notice_id: int, message: Message, too_late: float) -> str:
    """Why it could surely not be sent; empty where the provider took it."""
    if not message.phone:
        return _("收信人的号码已按要求删除。")
    if too_late and time.time() > too_late:
        return _("发送前已经过期。")
    try:
        _ask(provider(), message, str(notice_id))
    except NotTaken as refusal:
        return str(refusal)
    return ""


def _ask(carrier: Provider, message: Message, reference: str) -> None:
    try:
        carrier.send(message.phone, message.text, reference, timeout=TIMEOUT)
    except NotTaken:
        raise
    except Exception as error:
        # Its words may be the address that was called, with number and code in it: they reach no log and no row.
        raise Unanswered(type(error).__qualname__) from None


def _settle(notice_id: int, secret: bool, reason: str) -> str:
    state = Notice.State.FAILED if reason else Notice.State.WIPED if secret else Notice.State.SENT
    sent_at = None if reason else clock.now()
    Notice.objects.filter(pk=notice_id).update(state=state, reason=reason[:200], sent_at=sent_at)
    return state.value
