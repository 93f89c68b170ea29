"""E-mail to a real SMTP server of ours: one that takes, refuses, hangs, and breaks off after DATA."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.conf import LazySettings

from xianglin.base import clock
from xianglin.commons.access.models import Account
from xianglin.commons.jobs import worker
from xianglin.commons.keys.sealing import new_key, seal
from xianglin.commons.notices import NoticeTemplate, declare, jobs
from xianglin.commons.notices.actions import tell
from xianglin.commons.notices.models import Mailbox, Notice

pytestmark = pytest.mark.django_db
LAMP = {"title": "路灯坏了", "link": "/matters/7/"}


class Server:
    """What it was given, and how it behaves."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.answer = "250 OK"
        self.at_rcpt = "250 OK"
        self.breaks_off = False
        self.hangs = 0.0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.at_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_rcpt

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        await asyncio.sleep(self.hangs)
        if self.breaks_off:
            server.transport.abort()
        return self.answer


@contextmanager
def listening(server: Server) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.fixture
def server(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    template = NoticeTemplate("tests.mailed", "您说的“%(title)s”有答复了。", mail=True)
    monkeypatch.setitem(declare.REGISTRY, template.key, template)
    made = Server()
    with listening(made) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1
        settings.DEFAULT_FROM_EMAIL, settings.SITE_URL = "乡邻 <notice@x.gov.cn>", "https://x.gov.cn"
        yield made


@pytest.fixture
def reader(new_account: Callable[..., Account]) -> Account:
    account, key = new_account("凌小敏"), new_key(1)
    Mailbox.objects.create(
        account_id=account.pk,
        address=seal("ling@example.cn", key),
        key_id=key.pk,
        asked_at=clock.now(),
        confirmed_at=clock.now(),
    )
    return account


def told(account: Account) -> Notice:
    tell("tests.mailed", account=account, county_id=1, variables=LAMP, dedupe="a")
    worker.work(threading.Event(), burst=True)
    return Notice.objects.get(channel="mail")


def test_it_arrives_with_our_own_message_id(server: Server, reader: Account) -> None:
    notice = told(reader)
    [(to, message)] = server.taken
    assert to == ["ling@example.cn"]
    assert message["Subject"] == "您说的“路灯坏了”有答复了。"
    assert message["Message-ID"] == notice.provider_id == f"<{notice.reference}@x.gov.cn>"
    assert "https://x.gov.cn/matters/7/" in message.get_content()
    assert (notice.state, "ling@" in str(Notice.objects.values())) == ("sent", False)


def test_what_is_not_confirmed_gets_none(server: Server, reader: Account) -> None:
    Mailbox.objects.update(confirmed_at=None)
    tell("tests.mailed", account=reader, county_id=1, variables=LAMP)
    assert not Notice.objects.filter(channel="mail").exists()


@pytest.mark.parametrize(
    ("answer", "at_rcpt", "state"),
    [
        ("554 spam", "250 OK", "failed"),
        ("451 later", "250 OK", "queued"),
        ("250 OK", "550 no such user", "failed"),
        ("250 OK", "450 greylisted", "queued"),
    ],
)
def test_a_refusal_is_surely_not_taken(server: Server, reader: Account, answer: str, at_rcpt: str, state: str) -> None:
    server.answer, server.at_rcpt = answer, at_rcpt
    notice = told(reader)
    assert notice.state == state
    assert "邮件服务器没有收" in notice.reason


def test_a_line_that_breaks_after_data_is_unknown_and_not_repeated(server: Server, reader: Account) -> None:
    server.breaks_off = True
    notice = told(reader)
    assert (notice.state, len(server.taken)) == ("unknown", 1)
    assert jobs.send_mail.call(notice.pk) == "not queued"
    assert len(server.taken) == 1


def test_a_server_that_hangs_is_unknown_within_the_time_out(server: Server, reader: Account) -> None:
    server.hangs = 3
    assert told(reader).state == "unknown"
    assert len(server.taken) == 1


def test_nobody_listening_took_surely_nothing(server: Server, reader: Account, settings: LazySettings) -> None:
    settings.EMAIL_PORT = 9
    assert told(reader).state == "queued"


def test_without_a_server_nothing_is_pretended(server: Server, reader: Account, settings: LazySettings) -> None:
    settings.EMAIL_HOST = ""
    notice = told(reader)
    assert (notice.state, "XIANGLIN_MAIL_HOST" in notice.reason) == ("failed", True)
