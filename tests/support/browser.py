"""What the journeys in a browser need: contexts of a phone and a desk, what went wrong, axe, and a page's weight.

with open_browser() as browser, context(browser, width=PHONE) as phone:
    page = phone.new_page()
    troubles = watch(page)
    page.goto(address)
    assert troubles.seen == [] and axe(page) == []
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tools import chromium

PHONE = 390
DESK = 1280
HEIGHTS = {PHONE: 844, DESK: 900}

AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice")


@dataclass(frozen=True)
class Violation:
    """One rule of axe that the page breaks, and where."""

    rule: str
    impact: str
    help: str
    places: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}): {self.help}: {'; '.join(self.places)}"


@dataclass
class Troubles:
    """What a page complained of since it was watched: console errors, uncaught errors, requests that failed."""

    seen: list[str] = field(default_factory=list)

    def note(self, trouble: str) -> None:
        self.seen.append(trouble)


@contextmanager
def open_browser(**options: Any) -> Iterator[Browser]:
    """One browser for a whole test session; each test takes a context of its own."""
    # Playwright keeps an event loop in this thread, for which Django would refuse every query made by a test.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with chromium.running(**options) as browser:
        yield browser


@contextmanager
def context(
    browser: Browser, *, width: int = PHONE, language: str = "zh-CN", scripts: bool = True, **options: Any
) -> Iterator[BrowserContext]:
    """A fresh visitor without cookies, by default on a phone; `scripts=False` turns JavaScript off."""
    touch = width < 800
    settings: dict[str, Any] = {
        "viewport": {"width": width, "height": HEIGHTS.get(width, 900)},
        "locale": language,
        "timezone_id": "Asia/Shanghai",
        "java_script_enabled": scripts,
        "is_mobile": touch,
        "has_touch": touch,
        "reduced_motion": "reduce",
    }
    visitor = browser.new_context(**{**settings, **options})
    try:
        yield visitor
    finally:
        visitor.close()


def watch(page: Page) -> Troubles:
    """Note what goes wrong on the page from now on. An answer of 400 or above counts: expect it, or mend it."""
    troubles = Troubles()

    def on_console(message: ConsoleMessage) -> None:
        # The console repeats every refused request without its address; the response itself says more.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            troubles.note(f"console: {message.text}")

    def on_failed(request: Request) -> None:
        # A page that is left while it loads gives up its requests, which is no fault.
        if request.failure != "net::ERR_ABORTED":
            troubles.note(f"failed: {request.method} {request.url}: {request.failure}")

    def on_response(response: Response) -> None:
        if response.status >= 400:
            troubles.note(f"{response.status}: {response.request.method} {response.url}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: troubles.note(f"error: {error}"))
    page.on("requestfailed", on_failed)
    page.on("response", on_response)
    return troubles


def axe(page: Page, tags: tuple[str, ...] = AXE_TAGS) -> list[Violation]:
    """The accessibility rules that the page breaks.

    Both scripts go through `evaluate`, which the content security policy does not bar. Needs a context with scripts.
    """
    page.evaluate(_axe_source())
    found = page.evaluate(
        """async tags => (await axe.run(document, {
            runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'],
        })).violations.map(v => [v.id, v.impact, v.help, v.nodes.map(n => n.target.flat().join(' '))])""",
        list(tags),
    )
    return [Violation(rule, impact, help_, tuple(places)) for rule, impact, help_, places in found]


def compressed_weight(page: Page) -> int:
    """Bytes of the loaded page's bodies as they were sent: document, styles, scripts and fonts, without pictures.

    What came from the browser's own cache counts in full. A server that does not compress shows its full weight,
    so measure against one that does.
    """
    weight: int = page.evaluate(
        """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
            .filter(entry => !['img', 'image'].includes(entry.initiatorType))
            .filter(entry => !/\\.(png|jpe?g|webp|avif|gif|ico)$/.test(new URL(entry.name).pathname))
            .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""
    )
    return weight


@cache
def _axe_source() -> str:
    return chromium.axe_source()
