"""What every provider of SMS gives: a message taken, surely not taken, or nobody knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from ..approved import Approved

TIMEOUT = 10.0  # seconds; a log-in code lives five minutes, and others wait behind it


class NotTaken(Exception):
    """The message was surely not taken; the text says why, and holds neither number nor message.

    Other exceptions: not known. Of those only the name of the class is ever kept.
    """


class NotNow(NotTaken):
    """Surely not taken, and worth another try: nobody listened, or too many at once."""


@dataclass(frozen=True)
class Sms:
    """One message as it is handed over. ``reference`` is ours, the same at every try of the same message."""

    phone: str
    text: str
    reference: str
    template: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    approved: Approved | None = None  # what the provider calls this template, where the operator said so

    def __repr__(self) -> str:
        return f"Sms({self.reference})"  # neither number nor text in a traceback


class Provider(Protocol):
    def send(self, sms: Sms, *, timeout: float) -> str:
        """Hand one message over; answers the provider's own id of it (blank: none). Or raise NotTaken.

        Give up after ``timeout`` seconds, with any other exception.
        """


@runtime_checkable
class LooksUp(Protocol):
    """A provider that can be asked later whether it took a message."""

    def look_up(self, reference: str, *, timeout: float) -> str | None:
        """Its id of the message with this reference of ours; None: it surely never took one."""
