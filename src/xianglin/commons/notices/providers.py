"""Who carries an SMS. ``SMS_PROVIDER`` names a class with ``send``; a demonstration has its sandbox."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from xianglin.base import clock

from .models import SandboxMessage

TIMEOUT = 10.0  # seconds; a log-in code lives five minutes, and others wait behind it


class NotTaken(Exception):
    """The provider surely did not take the message; the text says why, and holds neither number nor message.

    Other exceptions: not known. Of those only the name of the class is ever kept.
    """


class Provider(Protocol):
    def send(self, phone: str, text: str, reference: str, *, timeout: float) -> None:
        """Hand one message over, or raise NotTaken. Give up after ``timeout`` seconds, with any other exception."""


class Sandbox:
    """Sends nothing: what it was given is shown at /demo/outbox/."""

    def send(self, phone: str, text: str, reference: str, *, timeout: float) -> None:
        sent = SandboxMessage(phone=phone, text=text, reference=reference, sent_at=clock.now())
        sent.save(force_insert=True)


def provider() -> Provider:
    path = getattr(settings, "SMS_PROVIDER", "")
    if path:
        made: Provider = import_string(path)()
        return made
    if settings.DEMO:
        return Sandbox()
    raise NotTaken(_("还没有接短信通道。请在设置里填上短信服务商（SMS_PROVIDER）。"))
