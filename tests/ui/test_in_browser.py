"""What needs a browser: the sizes on a real screen, and the small helps of ui.js under the strict policy."""

import pytest

from tests.support.browser import DESK, PHONE, axe, context, watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOO_SMALL = """(least) => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
    .filter((e) => e.offsetWidth && e.type !== 'hidden' && !e.classList.contains('skip'))
    .map((e) => [(e.closest('label') || e).getBoundingClientRect().height, e.outerHTML.slice(0, 80)])
    .filter(([height]) => height < least - 0.6)"""


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("size", ["normal", "elder", "max"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_components_on_a_screen(browser, live_server, width, size, language):
    with context(browser, width=width) as visitor:
        visitor.add_cookies(
            [
                {"name": "size", "value": size, "url": live_server.url},
                {"name": "django_language", "value": language, "url": live_server.url},
            ]
        )
        page = visitor.new_page()
        troubles = watch(page)
        page.goto(f"{live_server.url}/components/")
        assert troubles.seen == []
        assert axe(page) == []
        assert page.evaluate(WIDER) <= 0
        assert page.evaluate(TOO_SMALL, 44 if size == "normal" else 60) == []


def test_the_size_changes_in_place_and_is_remembered(browser, live_server):
    with context(browser) as visitor:
        page = visitor.new_page()
        page.goto(f"{live_server.url}/say/")
        page.fill("#words", "写到一半")
        with page.expect_response("**/size/"):
            page.get_by_role("button", name="大字", exact=True).click()
        assert page.locator("html").get_attribute("data-size") == "elder"
        assert page.input_value("#words") == "写到一半"
        assert page.get_by_role("button", name="特大字").is_visible()
        page.reload()
        assert page.locator("html").get_attribute("data-size") == "elder"


def test_both_switches_work_without_scripts(browser, live_server):
    with context(browser, scripts=False) as visitor:
        page = visitor.new_page()
        page.goto(f"{live_server.url}/components/")
        page.get_by_role("button", name="大字", exact=True).click()
        assert page.locator("html").get_attribute("data-size") == "elder"
        page.get_by_role("button", name="English").click()
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.url == f"{live_server.url}/components/"


def test_what_is_typed_is_kept_until_it_arrived(browser, live_server):
    with context(browser) as visitor:
        page = visitor.new_page()
        page.goto(f"{live_server.url}/say/")
        page.fill("#words", "8 组路灯不亮")
        page.fill("#code", "secret")
        page.reload()
        assert page.input_value("#words") == "8 组路灯不亮"
        assert page.input_value("#code") == ""
        page.get_by_role("button", name="交").click()
        page.get_by_text("收到了").wait_for()
        page.goto(f"{live_server.url}/say/")
        assert page.input_value("#words") == ""


def test_a_refusal_and_a_lost_network_leave_the_form_alone(browser, live_server):
    with context(browser) as visitor:
        page = visitor.new_page()
        page.goto(f"{live_server.url}/say/")
        page.fill("#words", "还在")
        page.get_by_role("button", name="办").click()
        page.get_by_text("再写一句，说清办了什么。").wait_for()
        assert page.input_value("#words") == "还在"
        visitor.set_offline(True)
        page.get_by_role("button", name="办").click()
        page.get_by_text("没有网络").wait_for()
        assert page.input_value("#words") == "还在"
