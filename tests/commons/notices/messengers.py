"""SMS providers as they are in life."""

import os
import signal

from xianglin.commons.notices.providers import NotTaken, Sandbox


class Refuses:
    def send(self, phone: str, text: str, reference: str, *, timeout: float) -> None:
        raise NotTaken("模板没有报备")


class FallsSilent:
    """Takes the message and never confirms."""

    def send(self, phone: str, text: str, reference: str, *, timeout: float) -> None:
        Sandbox().send(phone, text, reference, timeout=timeout)
        raise TimeoutError


class TellsTheAddress:
    """Its error names what was called, as HTTP libraries do."""

    def send(self, phone: str, text: str, reference: str, *, timeout: float) -> None:
        raise ConnectionError(f"POST https://sms.example/?to={phone}&text={text}&timeout={timeout}")


class KillsTheWorker:
    def send(self, phone: str, text: str, reference: str, *, timeout: float) -> None:
        Sandbox().send(phone, text, reference, timeout=timeout)
        os.kill(os.getpid(), signal.SIGKILL)
