"""A month of the conference: prepared, its report looked over and published, held, answered; corrected in words."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys.site import VILLAGE, Walks, running
from tests.support.browser import DESK, PHONE, axe

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys-conference")]
GAPS = ("村民代表会议定了祠堂门口划停车线，停一边。", "新装路灯12盏，用了 3000 元。")


@pytest.fixture(scope="module")
def july(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walks]:
    """The month after the story: its conference is still to be prepared."""
    with running(tmp_path_factory.mktemp("july"), today="2022-07-18") as site:
        yield Walks(browser, site)


def test_from_two_gaps_to_a_correction_that_everybody_reads(july: Walks):
    with july.door("cadre", PHONE) as cadre:
        cadre.go("/reports/")
        cadre.press("备 7 月的会")
        cadre.sees("稿子已备好，还缺 2 处", "上期反馈", "“竹林碳汇中途能不能退出”：满三年可以退")
        cadre.page.locator("form.form").first.get_by_role("button", name="存好").click()
        cadre.refused("没有的，就写“本月没有”")
        cadre.press("回去")
        cadre.page.locator(".also", has_text="竹林碳汇中途").first.get_by_role("link", name="改").click()
        cadre.page.locator("textarea").fill("　")
        cadre.press("存好")
        cadre.refused("没有的，就写“本月没有”")
        cadre.press("回去")
        for text in GAPS:
            gap = cadre.page.locator("form.form").first
            gap.locator("textarea").fill(text)
            gap.get_by_role("button", name="存好").click()
            cadre.sees("存好了")
        cadre.press("请村监委过目")
        cadre.sees("等村监委过目")
    with july.door("supervisor", DESK) as supervisor:
        supervisor.sees("等您的稿子")
        supervisor.page.locator("main .rows a.row").first.click()
        supervisor.press("退回去改")
        supervisor.refused("请写一句哪里要改")
        supervisor.page.get_by_label("哪里要改").fill("装灯的地方写清楚")
        supervisor.press("退回去改")
        supervisor.sees("退回去改了")
    with july.door("secretary", DESK) as secretary:
        secretary.sees("等您的稿子")
        secretary.page.locator("main .rows a.row").first.click()
        secretary.sees("装灯的地方写清楚")
        secretary.page.locator(".also", has_text="12盏").get_by_role("link", name="改").click()
        secretary.page.get_by_label("这个月收了多少").fill("8 组新装路灯12盏，用了 3000 元。")
        secretary.press("存好")
        secretary.press("请村监委过目")
        secretary.sees("等村监委过目")
    with july.door("supervisor", PHONE) as supervisor:
        supervisor.page.locator("main .rows a.row").first.click()
        supervisor.press("可以公布")
        supervisor.sees("过目了，可以公布")
    with july.door("cadre", PHONE) as cadre:
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
        with july.visitor(width, scripts=width == DESK) as villager:
            villager.go(VILLAGE)
            villager.page.get_by_role("link", name="7月 村情发布稿").click()
            villager.sees("公布 12盏", "改为 9盏", "核对清单，装的是 9 盏")
            villager.press("看原来的")
            villager.sees("这是原来公布的，后来更正过", "8 组新装路灯12盏")
            villager.press("核对")
            villager.sees("对得上，公布以后没有改过", "这一版后来更正过")


def test_people_stand_and_speak_and_nobody_is_dropped(july: Walks):
    with july.door("cadre", DESK) as cadre, july.visitor(PHONE) as villager:
        cadre.go("/reports/")
        if cadre.page.get_by_role("button", name="备 7 月的会").count():  # where only this journey runs
            cadre.press("备 7 月的会")
            cadre.go("/reports/")
        cadre.page.get_by_role("link", name="7月 村情发布会").click()
        cadre.press("记到会人数")
        for label, count in (("村民代表应到", "36"), ("村民代表实到", "20")):
            cadre.page.get_by_label(label).fill(count)
        cadre.press("记到会人数")
        cadre.refused("请写人数")
        for who in ("党员", "其他村民"):
            cadre.page.get_by_label(f"{who}应到").fill("40")
            cadre.page.get_by_label(f"{who}实到").fill("30")
        cadre.press("记到会人数")
        cadre.sees("不够：要 24 人，不能表决")
        cadre.press("开会")

        # the recorder's line: name, Tab, words, Enter
        line = cadre.page.locator("#id_name")
        line.fill("方菊英")
        line.press("Tab")
        cadre.page.keyboard.type("鸡鸭又散养了，菜地都踩坏了。")
        cadre.page.keyboard.press("Enter")
        cadre.sees("问了 1 件", "1 件还没有着落", "方菊英")
        cadre.page.get_by_label("下一个是谁").fill("徐文昌")
        cadre.press("排上")

        villager.go(VILLAGE)
        villager.press("发布会正在开，我要问")
        assert axe(villager.page) == []
        villager.press("交上去")
        villager.refused("还没写内容")
        villager.page.get_by_label("您想问什么").fill("公厕晚上能不能开着灯？")
        villager.press("交上去")
        villager.sees("收到了")
        code = villager.page.locator(".receipt-code").inner_text()

        cadre.sees("公厕晚上能不能开着灯？")  # the order renews itself
        assert axe(cadre.page) == []
        screen = cadre.page.context.new_page()
        screen.goto(july.site + str(cadre.page.get_by_role("link", name="投影").get_attribute("href")))
        screen.get_by_text("问了 1 件").wait_for()
        assert axe(screen) == []
        screen.close()
        cadre.press("轮到他")
        assert cadre.page.locator("#id_name").input_value() == "徐文昌"
        cadre.page.get_by_label("说了什么").fill("竹林的路什么时候修？")
        cadre.press("记下")
        cadre.sees("问了 2 件", "2 件还没有着落")

        cadre.press("散会")
        cadre.refused("还有 2 个问题没有着落")
        cadre.page.locator("#main li", has_text="方菊英").get_by_role("link", name="当场答复").click()
        assert axe(cadre.page) == []
        chosen = cadre.page.get_by_label("村规民约哪一条")
        assert "第 12 条" in chosen.locator("option:checked").inner_text(), "the article that fits is proposed"
        cadre.page.get_by_label("谁答的").select_option(label="徐守正")
        cadre.page.get_by_label("怎么答的").fill("明天上门，四户都围起来。")
        cadre.page.get_by_label("行，清楚了").check()
        cadre.press("当场答复")
        cadre.sees("答复记下了", "村规民约第 12 条")
        cadre.page.keyboard.press("Alt+2")
        cadre.page.get_by_label("交给谁办").select_option(label="徐守正")
        cadre.press("交办")
        cadre.sees("交下去了")
        cadre.press("散会")
        cadre.sees("问了 3 件")

        villager.go("/r/")
        villager.page.get_by_label("回执码").fill(code)
        villager.press("看回音")
        villager.sees("公厕晚上能不能开着灯？")
        villager.go(VILLAGE)
        villager.sees("7 月 18 日问了 3 件，办好 1 件")
        villager.page.locator("#main").get_by_role("link", name="3", exact=True).first.click()
        villager.sees("其中 1 件内容不公开")
        shown = villager.page.locator("body").inner_text()
        assert "方菊英" not in shown and "徐文昌" not in shown
