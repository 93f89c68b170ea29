"""A villager without an account: reads, says a word, looks it up elsewhere, says whether it was done."""

import re

import pytest

from tests.journeys.site import BESIDE, VILLAGE, Walks
from tests.support.browser import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

BOTH = pytest.mark.parametrize("width", [PHONE, DESK])


@BOTH
def test_says_a_word_and_looks_it_up_on_another_phone(walks: Walks, width: int):
    words = "祠堂后面的路灯不亮，夜里看不见台阶。"
    with walks.visitor(width) as villager:
        slip = villager.say(words, name="周桂芬", at=BESIDE)
        assert re.fullmatch(r"上堡\d{3}", slip.number)
        assert len(re.sub(r"\D", "", slip.code)) == 12
        assert re.search(r"\d+ ?月 ?\d+ ?日前答复您", slip.day)
    with walks.visitor(width) as elsewhere:
        elsewhere.look_up(slip)
        elsewhere.sees(words, "提出来", "刚收到，等着分派")
        due = elsewhere.page.locator("details.due")
        due.locator("summary").click()
        assert due.locator(".due-why").inner_text().strip()


def test_without_javascript_reads_says_and_settles(walks: Walks):
    with walks.visitor(scripts=False) as villager, walks.door("cadre") as cadre:
        villager.go(VILLAGE)
        villager.sees("玉华村", "大家的事", "里坞弯道路面又开裂")
        slip = villager.say("村口公告栏的玻璃碎了，怕划着小孩。", name="王阿婆")
        cadre.sort(slip, "村口公告栏玻璃碎了")
        cadre.answer(slip, "玻璃换好了，碎的也扫干净了。")
        villager.look_up(slip)
        villager.sees("玻璃换好了")
        villager.press("办好了")
        villager.sees("谢谢您，记下了", "说办好了")
        villager.go(VILLAGE)
        villager.sees("村口公告栏玻璃碎了")


def test_a_wrong_code_is_refused_in_words(walks: Walks):
    with walks.visitor() as visitor:
        visitor.go("/r/")
        visitor.page.get_by_label("回执码").fill("1234 5678 9012")
        visitor.press("看回音")
        visitor.refused("没有这个回执码")
        assert visitor.page.get_by_label("回执码").input_value() == "1234 5678 9012"


@pytest.mark.parametrize("scripts", [True, False])
def test_empty_words_are_refused_and_the_name_is_kept(walks: Walks, scripts: bool):
    with walks.visitor(scripts=scripts) as visitor:
        page = visitor.go(f"{BESIDE}say/")
        page.get_by_label("怎么称呼您").fill("钱国良")
        page.get_by_label("您想说什么").fill("　 ")
        visitor.press("交给村里")
        visitor.refused("还没写内容")
        assert page.get_by_label("怎么称呼您").input_value() == "钱国良"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_says_it_once(walks: Walks, scripts: bool):
    with walks.visitor(scripts=scripts) as visitor:
        page = visitor.go(f"{BESIDE}say/")
        page.get_by_label("您想说什么").fill("洗衣埠头的石板松了。")
        page.get_by_role("button", name="交给村里").dblclick()
        slip = visitor.slip()
        visitor.go("/r/")
        assert page.locator(".rows .row-s").count() == 1
        assert slip.number in page.locator(".rows .row-s").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_way_back_after_sending_says_nothing_twice(walks: Walks, scripts: bool):
    words = "水塘边的护栏倒了一段。"
    with walks.visitor(scripts=scripts) as visitor:
        slip = visitor.say(words, at=BESIDE)
        page = visitor.go(f"{BESIDE}say/")
        page.get_by_label("您想说什么").fill(words)
        visitor.press("交给村里")
        visitor.sees("这句刚才收到了")
        assert visitor.slip().code == slip.code
        again = visitor.say("水塘边的护栏又倒了一段。", at=BESIDE)
        assert again.number != slip.number


def test_a_refusal_leaves_no_answered_form_in_the_history(walks: Walks):
    with walks.visitor() as visitor:
        page = visitor.go(f"{BESIDE}say/")
        page.get_by_label("手机号").fill("1390000111")
        page.get_by_label("您想说什么").fill("机耕路上有个坑。")
        visitor.press("交给村里")
        visitor.refused("少 1 位，手机号是 11 位。补上或留空都能交。")
        visitor.has_focus("phone")
        page.get_by_label("手机号").fill("")
        visitor.press("交给村里")
        slip = visitor.slip()
        page.go_back()
        assert page.get_by_label("您想说什么").is_visible(), "the form, not the browser's own page"
        page.go_forward()
        visitor.sees(slip.number)


def test_long_words_and_emoji_arrive_whole_and_longer_ones_are_kept_in_the_form(walks: Walks):
    most = "水太小了😀𠮷" * 333 + "水水"
    assert len(most) == 2000  # as people count, not in UTF-16
    with walks.visitor() as visitor:
        slip = visitor.say(most, at=BESIDE)
        visitor.look_up(slip)
        assert visitor.page.locator(".words p").first.inner_text() == most
        page = visitor.go(f"{BESIDE}say/")
        page.get_by_label("怎么称呼您").fill("徐有福")
        page.get_by_label("您想说什么").fill(most + "多")
        visitor.press("交给村里")
        visitor.refused("写得太长了")
        assert page.get_by_label("您想说什么").input_value() == most + "多"
        assert page.get_by_label("怎么称呼您").input_value() == "徐有福"
