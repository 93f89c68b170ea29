"""The demonstration's: nothing is sent."""

from xianglin.base import clock

from ..models import SandboxMessage
from .base import Sms


class Sandbox:
    """Sends nothing: what it was given is shown at /demo/outbox/."""

    def send(self, sms: Sms, *, timeout: float) -> str:
        sent = SandboxMessage(phone=sms.phone, text=sms.text, reference=sms.reference, sent_at=clock.now())
        sent.save(force_insert=True)
        return f"sandbox-{sent.pk}"
