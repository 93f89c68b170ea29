"""SMS providers as they are in life."""

import os
import signal

from xianglin.commons.notices.providers import NotTaken, Sandbox


class Refuses:
    def send(self, phone: str, text: str, reference: str) -> None:
        raise NotTaken("模板没有报备")


class FallsSilent:
    """Takes the message and never confirms."""

    def send(self, phone: str, text: str, reference: str) -> None:
        Sandbox().send(phone, text, reference)
        raise TimeoutError


class KillsTheWorker:
    def send(self, phone: str, text: str, reference: str) -> None:
        Sandbox().send(phone, text, reference)
        os.kill(os.getpid(), signal.SIGKILL)
