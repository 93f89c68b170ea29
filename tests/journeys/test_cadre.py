"""A village cadre's day: what waits, handing out by the table of duties, answering, and hearing 没解决."""

import pytest

from tests.journeys.site import VILLAGE, Walks
from tests.support.browser import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_from_a_word_to_settled_through_two_answers(walks: Walks, width: int):
    title = f"小学门口路灯不亮{width}"
    with walks.visitor(width) as villager, walks.door("cadre", width) as cadre:
        slip = villager.say("小学门口的路灯不亮了，接孩子看不清路。", name="陈水花", phone="13900001111")
        line = cadre.waiting(slip)
        line.get_by_role("link", name="分类，交给人办").click()
        assert cadre.page.get_by_label("哪一类").input_value() == "路灯"
        assert "路灯" in cadre.page.get_by_label("公开的标题").input_value()
        cadre.page.get_by_label("公开的标题").fill(title)
        cadre.press("分类，交给人办")
        cadre.sees("分好类，交给章小满了", "自己接下", "章小满经办")

        cadre.waiting(slip).get_by_role("link", name="答复").click()
        cadre.press("办好了，用这句")
        proposed = cadre.page.get_by_label("答复", exact=True).input_value()
        assert proposed.startswith(f"“{title}”，") and "还不行，就按“没解决”" in proposed
        leaky = "灯泡换好了，不亮请打 13812345678。"
        cadre.page.get_by_label("答复", exact=True).fill(leaky)
        cadre.press("答复")
        cadre.refused("这段话会公开，里面像有个人信息")
        field = cadre.page.get_by_label("答复", exact=True)
        assert field.input_value() == leaky
        cadre.has_focus("text")
        field.fill("灯泡换好了，今晚就亮。")
        cadre.press("答复")
        cadre.sees("答复发出去了", "等回话", "等提的人自己按")
        assert cadre.waiting(slip).count() == 0

        villager.look_up(slip)
        villager.sees("村里答复了，办好了吗？", "灯泡换好了，今晚就亮。")
        villager.page.get_by_text("想补一句，再按").click()
        villager.page.get_by_label("想补一句的话").fill("晚上又灭了")
        villager.press("没解决")
        villager.sees("知道了，章小满接着办", "前再答复您", "说没解决", "晚上又灭了")
        villager.go(f"{VILLAGE}all/").locator(".rows a.row", has_text=title).click()
        villager.sees("提的人说没解决，正在再办")
        assert "再答复" in villager.page.locator("#share").input_value()

        cadre.open(slip)
        cadre.sees("他后来说", "晚上又灭了")
        again = cadre.waiting(slip)
        assert "提的人说没解决" in again.inner_text()
        cadre.answer(slip, "换了控制箱，连着三晚去看过，都亮着。")

        villager.look_up(slip)
        villager.press("办好了")
        villager.sees("谢谢您，记下了", "说办好了")

        page = villager.go(VILLAGE)
        row = page.locator(".rows a.row", has_text=title)
        assert "办好" in row.inner_text()
        row.click()
        villager.sees(title, "第 2 次答复", "换了控制箱，连着三晚去看过，都亮着。", "灯泡换好了，今晚就亮。")
        shown = page.locator("body").inner_text()
        assert "陈水花" not in shown and "13900001111" not in shown and "接孩子看不清路" not in shown


def test_the_table_of_duties_decides_and_can_be_changed(walks: Walks):
    with walks.door("cadre", DESK) as cadre, walks.visitor() as villager:
        page = cadre.go("/matters/duties/")
        page.get_by_label("哪一类").select_option("养殖")
        page.get_by_label("谁负责").select_option(label="徐守正")
        cadre.press("写进表里")
        cadre.sees("写进表里了")
        assert "徐守正" in page.locator(".table tr", has_text="养殖").inner_text()
        slip = villager.say("下湾的鸭子天天跑进别家菜园。")
        cadre.sort(slip, "鸭子跑进菜园")
        cadre.sees("徐守正经办")
    with walks.door("secretary") as secretary:
        assert secretary.waiting(slip).get_by_role("link", name="答复").count() == 1
        secretary.go("/notices/")
        secretary.sees("鸭子跑进菜园")


def test_a_cadre_writes_down_what_a_villager_said_and_hands_over_the_slip(walks: Walks):
    words = "老年食堂的饭太硬，牙口不好的咬不动。"
    with walks.door("cadre") as cadre:
        cadre.page.get_by_role("link", name="记一笔").filter(visible=True).first.click()
        page = cadre.page
        page.get_by_role("link", name="电话里、纸条上说的").click()
        page.get_by_label("他怎么说的").fill(words)
        page.get_by_label("电话").check()
        page.get_by_label("怎么称呼他").fill("章阿婆")
        cadre.press("存好")
        slip = cadre.slip()
        assert "前要答复" in slip.day
        cadre.open(slip)
        cadre.sees(words, "章阿婆", "电话")
    with walks.visitor() as villager:
        villager.look_up(slip)
        villager.sees(words)


def test_the_same_thing_said_twice_is_dealt_with_once(walks: Walks):
    with walks.visitor() as first, walks.visitor() as second, walks.door("cadre", DESK) as cadre:
        one = first.say("后山水渠堵了，田里进不了水，灌溉等着用。")
        two = second.say("水渠不通，我家田里干了，灌溉用不上。")
        cadre.sort(one, "后山水渠堵了")
        cadre.sort(two, "水渠不通")
        line = cadre.page.locator(".also li", has_text=one.number)
        line.get_by_role("link", name="并排看看").click()
        cadre.sees("是不是一件事", "田里干了")
        assert {"水渠", "田里"} <= set(cadre.page.locator("mark").all_inner_texts())
        cadre.press("不是一件事")
        cadre.sees("不是一件事，不再提")
        cadre.press("撤销，再看看")
        cadre.press("是一件事")
        cadre.sees("一起办", "两个人都会收到答复")
        cadre.open(one)
        cadre.sees("还有 1 个人说的是同一件")
        second.look_up(two)
        second.sees("并成一件")
        assert "后山水渠" not in second.page.locator(".words").inner_text()
        cadre.open(two)
        cadre.deed("不是同一件，拆开")
        cadre.press("不是同一件，拆开")
        cadre.sees("拆开了，单独办", "又拆开单办")
        assert cadre.page.get_by_text("和这件并在一起办").count() == 0


def test_one_word_with_two_things_is_split_and_one_code_shows_both(walks: Walks):
    with walks.visitor() as villager, walks.door("cadre", DESK) as cadre:
        slip = villager.say("公厕的灯坏了，门口的下水道也臭得很。")
        cadre.open(slip)
        cadre.deed("拆成几件")
        cadre.page.get_by_label("拆成几件").fill("公厕灯坏了")
        cadre.press("拆成几件")
        cadre.refused("至少写两件")
        cadre.page.get_by_label("拆成几件").fill("公厕灯坏了\n公厕门口下水道臭")
        cadre.press("拆成几件")
        cadre.sees("拆开了，每一件单独办", "公厕灯坏了；公厕门口下水道臭")
        cadre.go("/today/")
        cadre.sees("公厕门口下水道臭")
        villager.look_up(slip)
        villager.sees("您这句话里的另外几件", "公厕门口下水道臭")
