"""A representative goes from door to door; what a household says comes to the village, and its author has the slip."""

import re

import pytest

from tests.journeys.site import Slip, Walks
from tests.support.browser import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

WORDS = "水泵借来了没有？秧苗等不起。"


@pytest.mark.parametrize("scripts", [True, False])
def test_told_at_the_doors_and_brought_back(walks: Walks, scripts: bool):
    with (
        walks.door("representative", PHONE, java_script_enabled=scripts) as representative,
        walks.door("cadre", PHONE) as cadre,
        walks.visitor(PHONE) as author,
    ):
        page = representative.page
        page.get_by_role("link", name="去讲").click()
        assert "下次发布会" in page.locator("#share").input_value()
        page.get_by_text("只讲其中一件").click()
        page.get_by_role("link", name="里坞水泵先借一台").click()
        representative.sees("里坞水泵先借一台", "整份都讲", "讲给谁听")
        representative.press("勾上的，讲到了")
        representative.refused("还没勾哪几户")
        doors = page.locator(".door")
        doors.nth(0).locator("input").check()
        doors.nth(1).locator("input").check()
        representative.press("讲到了，没意见")
        representative.sees("记下了", "没意见", "您联 12 户")

        page.locator(".door a").nth(2).click()
        representative.press("带回村里")
        representative.refused("还没写内容")
        page.get_by_label("他们说了什么").fill(WORDS)
        page.get_by_label("写上户主的名字").check()
        representative.press("带回村里")
        page.wait_for_url(re.compile("/relay/kept/"))
        representative.narrow_enough()
        number, code = page.locator(".slip dd").all_inner_texts()
        slip = Slip(number, code, page.locator("main .lead").inner_text())
        page.get_by_role("link", name="接着讲").click()
        representative.sees("带回", number)

        assert "村民代表带回来的" in cadre.waiting(slip).inner_text()
        cadre.open(slip)
        cadre.sees(WORDS, "他还没看过")
        cadre.go("/reports/")
        cadre.page.locator("a", has_text="带回").first.click()
        cadre.sees("听了“里坞水泵先借一台”说的", number)

        author.look_up(slip)
        author.sees(WORDS)
