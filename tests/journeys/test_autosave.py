"""Two write one sentence, the network goes and comes back: nothing is lost, and nobody reloads a page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.site import Visitor, Walks, running
from tests.support.browser import DESK, PHONE, axe

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys-autosave")]
FIELD = "textarea >> nth=1"


@pytest.fixture(scope="module")
def july(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walks]:
    with running(tmp_path_factory.mktemp("autosave"), today="2022-07-18") as site:
        yield Walks(browser, site)


def types(visitor: Visitor, text: str) -> None:
    """At the end of what stands there; it is saved after a pause."""
    visitor.page.locator(FIELD).focus()
    visitor.page.keyboard.press("Control+End")
    visitor.page.keyboard.type(text)


def stands(visitor: Visitor) -> str:
    return visitor.page.locator(FIELD).input_value()


def test_two_write_one_sentence_and_the_network_goes(july: Walks):
    with july.door("cadre", PHONE) as cadre, july.door("secretary", DESK) as secretary:
        cadre.go("/reports/")
        cadre.press("备 7 月的会")
        cadre.sees("还缺 2 处")
        secretary.go("/reports/")
        secretary.page.get_by_role("link", name="7月 村情发布稿").click()
        secretary.sees("还缺 2 处")

        types(cadre, "7月收 41200 元。")
        cadre.sees("存好了 ·", "稿子已备好，还缺 1 处")
        cadre.has_focus("text")

        types(secretary, "7月支 18760 元。")  # on what stood there before
        secretary.refused("也改了这一段。两个都在", status=409)
        secretary.sees("7月收 41200 元。")
        secretary.has_focus("text")
        assert stands(secretary) == "7月支 18760 元。" and axe(secretary.page) == []
        secretary.press("合起来改")
        assert stands(secretary) == "7月支 18760 元。\n7月收 41200 元。"
        types(secretary, "票据谁都能看。")
        secretary.sees("存好了 ·")

        types(cadre, "是补贴。")
        cadre.refused("也改了这一段", status=409)
        assert axe(cadre.page) == []
        cadre.press("用他的")
        assert stands(cadre) == stands(secretary)
        cadre.press("换回我的")
        cadre.sees("存好了 ·")
        assert stands(cadre) == "7月收 41200 元。是补贴。"

        types(secretary, "大家来看。")
        secretary.sees("也改了这一段")
        secretary.press("用我的")
        secretary.sees("存好了 ·")

        # without a network it stays on the device, also when the page is left; with one it goes by itself
        cadre.go("/reports/")
        cadre.page.get_by_role("link", name="7月 村情发布稿").click()
        cadre.expected.append("failed: POST")
        cadre.page.context.set_offline(True)
        cadre.page.locator("textarea").first.fill("定了两件事。")
        cadre.sees("没存上，先记在这台机器里")
        cadre.page.context.set_offline(False)
        cadre.sees("存好了 ·", "稿子已备好")

        # what must not be public is said, and stays in the field
        secretary.page.locator(FIELD).fill("电话 13912345678。")
        secretary.refused("里面像有个人信息")
        assert stands(secretary) == "电话 13912345678。"
        secretary.page.locator(FIELD).fill("7月收 41200 元，支 18760 元。")
        secretary.sees("存好了 ·")
