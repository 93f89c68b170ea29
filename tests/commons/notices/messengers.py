"""SMS providers as they are in life."""

import os
import signal

from xianglin.commons.notices.providers import NotNow, NotTaken, Sandbox, Sms


class Refuses:
    def send(self, sms: Sms, *, timeout: float) -> str:
        raise NotTaken("模板没有报备")


class IsBusy:
    def send(self, sms: Sms, *, timeout: float) -> str:
        raise NotNow("忙")


class FallsSilent:
    """Takes the message and never confirms."""

    def send(self, sms: Sms, *, timeout: float) -> str:
        Sandbox().send(sms, timeout=timeout)
        raise TimeoutError


class TellsTheAddress:
    """Its error names what was called, as HTTP libraries do."""

    def send(self, sms: Sms, *, timeout: float) -> str:
        raise ConnectionError(f"POST https://sms.example/?to={sms.phone}&text={sms.text}&timeout={timeout}")


class KillsTheWorker:
    def send(self, sms: Sms, *, timeout: float) -> str:
        Sandbox().send(sms, timeout=timeout)
        os.kill(os.getpid(), signal.SIGKILL)
        return ""
