"""The real site for journeys: `xianglin run --demo` on a free port and a folder of its own, and its visitors.

Where `DATABASE_URL` names a PostgreSQL, each site gets a fresh database there. `XIANGLIN_WIDTH=390` (or 1280) puts
every visitor at that width; without it cadres and villagers hold a phone and others sit at a desk.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from playwright.sync_api import Browser, Page
from psycopg import sql

from tests.support import prepared
from tests.support.browser import DESK, PHONE, Troubles, context, watch
from xianglin.config import supervise

VILLAGE = "/v/330523103202/"  # 玉华村, where the story plays
BESIDE = "/v/330523103201/"  # 上堡村: what is only said, and never dealt with, is said there
WIDTH = int(os.environ.get("XIANGLIN_WIDTH", "0"))
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

_addresses = count(1)


@contextmanager
def running(folder: Path, today: str = "") -> Iterator[str]:
    """Start it as anybody would, wait until it answers, stop it at the end; the address. ``today``: another day."""
    port = _free_port()
    env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    server = env.pop("DATABASE_URL", "")
    # Each visitor comes from an address of its own, as behind a proxy; limits count by address.
    env |= {"XIANGLIN_DATA": str(folder / "var"), "XIANGLIN_PROXIES": "1", "XIANGLIN_LOG": "WARNING"}
    xianglin = str(Path(sys.executable).with_name("xianglin"))
    command = [xianglin, "run", "--demo", "--port", str(port)]
    if (folder / "var").exists():
        pass  # the journey prepared an installation of its own there, on SQLite
    elif server:
        env["DATABASE_URL"] = _fresh_database(server)
        prepared.play(env, today)
    else:
        shared = folder.parent.parent if "PYTEST_XDIST_WORKER" in os.environ else folder.parent
        shutil.copytree(prepared.played(shared, env, today), folder / "var")
    with (folder / "log").open("wb") as log:
        site = subprocess.Popen(command, env=env, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        _wait(site, port, folder / "log")
        yield f"http://localhost:{port}"
    finally:
        site.terminate()
        try:
            site.wait(15)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(site.pid, signal.SIGKILL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _fresh_database(server: str) -> str:
    """On the same PostgreSQL; it goes with the server, which the tests started."""
    name = f"journey_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as line:
        line.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def _wait(site: subprocess.Popen[bytes], port: int, log: Path) -> None:
    until = time.monotonic() + 90
    while not supervise.answers(port):
        if site.poll() is not None or time.monotonic() > until:
            raise RuntimeError(log.read_text(encoding="utf-8")[-4000:])
        time.sleep(0.2)


@dataclass(frozen=True)
class Slip:
    """What somebody holds after saying something."""

    number: str
    code: str
    day: str


@dataclass
class Visitor:
    """Somebody at a phone or a desk: their page, and what it complained of."""

    site: str
    page: Page
    troubles: Troubles
    expected: list[str] = field(default_factory=list)

    def go(self, address: str) -> Page:
        self.page.goto(self.site + address)
        return self.page

    def press(self, name: str, under: str = "main") -> None:
        """A button or a link by its words, in the page's own part."""
        place = self.page.locator(under)
        button = place.get_by_role("button", name=name, exact=True).or_(
            place.get_by_role("link", name=name, exact=True)
        )
        button.first.click()

    def deed(self, name: str) -> None:
        """One of the rarer deeds of an opened matter, folded away."""
        self.page.get_by_text("别的办法").click()
        self.press(name)

    def sees(self, *words: str) -> None:
        for one in words:
            self.page.get_by_text(one).filter(visible=True).first.wait_for(timeout=5000)

    def refused(self, sentence: str, status: int = 422) -> None:
        """A refusal in words; its status is no trouble any more."""
        self.sees(sentence)
        self.expected.append(f"{status}: ")

    def has_focus(self, name: str) -> None:
        """The field to be mended, once the page has settled."""
        self.page.wait_for_function("name => document.activeElement.name === name", arg=name, timeout=2000)

    def narrow_enough(self) -> None:
        self.page.wait_for_function("document.body")  # what was pressed may be on its way to another page
        self.page.wait_for_load_state()
        assert self.page.evaluate(WIDER) <= 0, self.page.url

    @property
    def at_a_desk(self) -> bool:
        size = self.page.viewport_size
        return size is not None and size["width"] >= DESK

    # --- what people do again and again

    def say(self, words: str, *, name: str = "", phone: str = "", at: str = VILLAGE) -> Slip:
        self.go(at)
        self.press("说一句")
        self.page.get_by_label("您想说什么").fill(words)
        self.page.get_by_label("怎么称呼您").fill(name)
        self.page.get_by_label("手机号").fill(phone)
        self.press("交给村里")
        return self.slip()

    def slip(self) -> Slip:
        self.sees("收到了")
        shown = self.page.locator(".slip dd").all_inner_texts()
        return Slip(shown[0], shown[1], self.page.locator("main .lead").inner_text())

    def look_up(self, slip: Slip) -> None:
        self.go("/r/")
        self.page.get_by_label("回执码").fill(slip.code)
        self.press("看回音")
        self.sees(slip.number)

    def waiting(self, slip: Slip) -> Any:
        """Its line in 今日."""
        self.go("/today/")
        return self.page.locator(".wait > li", has_text=slip.number)

    def open(self, slip: Slip) -> None:
        """From the list of everything, as a clerk does."""
        self.go("/matters/")
        self.page.locator(".rows a.row", has_text=slip.number).click()
        self.page.locator(".thread", has_text=slip.number).wait_for()

    def sort(self, slip: Slip, title: str = "") -> None:
        """分类，交给人办, as suggested but for the title."""
        self.waiting(slip).get_by_role("link", name="分类，交给人办").click()
        if title:
            self.page.get_by_label("公开的标题").fill(title)
        self.press("分类，交给人办")
        self.sees("分好类")

    def answer(self, slip: Slip, text: str) -> None:
        self.waiting(slip).get_by_role("link", name="答复").click()
        field = self.page.get_by_label("答复", exact=True)
        assert field.input_value() == "", "nothing is left of an answer that was sent"
        field.fill(text)
        self.press("答复")
        self.sees("答复发出去了")


@dataclass(frozen=True)
class Walks:
    """Opens visitors on the site; on leaving, nothing may have gone wrong that was not expected."""

    browser: Browser
    site: str

    @contextmanager
    def visitor(self, width: int = PHONE, **options: Any) -> Iterator[Visitor]:
        number = next(_addresses)
        own = {"X-Forwarded-For": f"10.8.{number // 250}.{number % 250 + 1}"}
        with context(self.browser, width=WIDTH or width, extra_http_headers=own, **options) as opened:
            opened.set_default_timeout(10_000)
            page = opened.new_page()
            visitor = Visitor(self.site, page, watch(page))
            yield visitor
            if options.get("scripts", True):
                visitor.narrow_enough()
            left = [t for t in visitor.troubles.seen if not t.startswith(tuple(visitor.expected))]
            assert left == [], left

    @contextmanager
    def door(self, persona: str, width: int = PHONE, **options: Any) -> Iterator[Visitor]:
        """Somebody of the demonstration, through their door on the first page."""
        with self.visitor(width, **options) as visitor:
            page = visitor.go("/")
            page.locator(f"form[action$='/demo/enter/{persona}/'] button").click()
            page.wait_for_url(lambda address: "/demo/enter/" not in address and address != f"{self.site}/")
            yield visitor
