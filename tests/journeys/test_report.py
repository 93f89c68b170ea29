"""The month's report: drafted, its gaps filled, looked over, published, read, corrected in words, checked on paper."""

import pytest

from tests.journeys.site import VILLAGE, Walks
from tests.support.browser import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys-report")]
GAPS = ("村民代表会议定了祠堂门口划停车线，停一边。", "新装路灯12盏，用了 3000 元。")


def test_from_two_gaps_to_a_correction_that_everybody_reads(walks: Walks):
    with walks.door("cadre", PHONE) as cadre:
        cadre.go("/reports/")
        cadre.page.locator("main .rows a.row").first.click()
        cadre.sees("稿子已备好，还缺 2 处", "上期反馈", "“护林补贴还没到账”：提的人说没解决，正在再办")
        cadre.page.locator("form.form").first.get_by_role("button", name="存好").click()
        cadre.refused("没有的，就写“本月没有”")
        cadre.press("回去")
        for text in GAPS:
            gap = cadre.page.locator("form.form").first
            gap.locator("textarea").fill(text)
            gap.get_by_role("button", name="存好").click()
            cadre.sees("存好了")
        cadre.press("请村监委过目")
        cadre.sees("等村监委过目")
    with walks.door("supervisor", DESK) as supervisor:
        supervisor.sees("等您的稿子")
        supervisor.page.locator("main .rows a.row").first.click()
        supervisor.press("退回去改")
        supervisor.refused("请写一句哪里要改")
        supervisor.page.get_by_label("哪里要改").fill("装灯的地方写清楚")
        supervisor.press("退回去改")
        supervisor.sees("退回去改了")
    with walks.door("secretary", DESK) as secretary:
        secretary.sees("等您的稿子")
        secretary.page.locator("main .rows a.row").first.click()
        secretary.sees("装灯的地方写清楚")
        secretary.page.locator(".also", has_text="12盏").get_by_role("link", name="改").click()
        secretary.page.get_by_label("这个月收了多少").fill("8 组新装路灯12盏，用了 3000 元。")
        secretary.press("存好")
        secretary.press("请村监委过目")
        secretary.sees("等村监委过目")
    with walks.door("supervisor", PHONE) as supervisor:
        supervisor.page.locator("main .rows a.row").first.click()
        supervisor.press("可以公布")
        supervisor.sees("过目了，可以公布")
    with walks.door("cadre", PHONE) as cadre:
        cadre.page.locator("main .rows a.row").first.click()
        cadre.press("公布")
        cadre.sees("公布了")
        cadre.page.locator(".also", has_text="12盏").get_by_role("link", name="更正这一段").click()
        cadre.page.get_by_label("改成").fill("8 组新装路灯9盏，用了 3000 元。")
        cadre.press("更正")
        cadre.refused("请写一句为什么更正")
        cadre.page.get_by_label("为什么更正").fill("核对清单，装的是 9 盏")
        cadre.press("更正")
        cadre.sees("更正好了")
    for width in (PHONE, DESK):
        with walks.visitor(width, scripts=width == DESK) as villager:
            villager.go(VILLAGE)
            villager.page.get_by_role("link", name="村情发布稿").click()
            villager.sees("公布 12盏", "改为 9盏", "核对清单，装的是 9 盏")
            villager.press("看原来的")
            villager.sees("这是原来公布的，后来更正过", "8 组新装路灯12盏")
            villager.press("核对")
            villager.sees("对得上，公布以后没有改过", "这一版后来更正过")
