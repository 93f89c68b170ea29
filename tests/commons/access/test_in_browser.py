"""Logging in on a real screen: by phone with and without scripts, and a clerk's first day."""

import base64
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from playwright.sync_api import Browser, Page

from tests.support.browser import DESK, PHONE, axe, context
from tests.support.cast import PHONES, SYSTEM, build_cast
from xianglin.commons.access import actions, queries
from xianglin.commons.trail import guards

from .conftest import Box

pytestmark = pytest.mark.browser
PASSWORD = "山核桃-三斤半-2026"


@pytest.fixture(autouse=True)
def committed(transactional_db: None) -> Iterator[None]:
    yield
    guards.remove()  # emptying the database afterwards installs them again


def press(page: Page) -> None:
    page.click("main .btn-main")


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_villager_by_phone(browser: Browser, live_server: Any, box: Box, width: int, scripts: bool) -> None:
    build_cast()
    with context(browser, width=width, scripts=scripts) as visitor:
        page = visitor.new_page()
        page.goto(f"{live_server.url}/access/devices/")
        page.fill("[name=phone]", "1380000")
        press(page)
        page.wait_for_selector(".field-bad")
        page.fill("[name=phone]", PHONES["villager"])
        press(page)
        page.wait_for_selector("[name=code]")
        assert not scripts or axe(page) == []
        page.fill("[name=code]", box.code)
        press(page)
        page.wait_for_selector("#devices")
        assert page.url.endswith("/access/devices/")
        page.get_by_role("button", name="退出这台").click()
        page.wait_for_url(f"{live_server.url}/")


@pytest.mark.parametrize("size", ["normal", "elder"])
def test_a_clerks_first_day(browser: Browser, live_server: Any, size: str) -> None:
    cast = build_cast()
    link = queries.invitation(actions.invite(cast.town_clerk, actor=SYSTEM))
    with context(browser, width=PHONE) as visitor:
        visitor.add_cookies([{"name": "size", "value": size, "url": live_server.url}])
        page = visitor.new_page()
        page.goto(live_server.url + link)
        assert axe(page) == []
        page.fill("[name=password]", PASSWORD)
        page.fill("[name=again]", PASSWORD)
        press(page)
        page.wait_for_selector("[name=username]")
        assert axe(page) == []
        page.fill("[name=username]", cast.town_clerk.username)
        page.fill("[name=password]", PASSWORD)
        press(page)
        page.wait_for_selector("main img")
        assert axe(page) == []
        secret = re.sub(r"\s", "", page.locator("main code").inner_text())
        page.fill("[name=code]", TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(int(time.time())).decode())
        press(page)
        page.wait_for_selector("#recovery-codes")
        assert page.locator("#recovery-codes li").count() == 10
        assert axe(page) == []
        page.goto(f"{live_server.url}/access/devices/")
        assert axe(page) == []
