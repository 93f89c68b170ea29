"""The town's desk: all villages of the town, the author's word noted after a call, and who may not."""

import re
import uuid

import pytest

from tests.journeys.site import BESIDE, Slip, Visitor, Walks
from tests.support.browser import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


def _answered(walks: Walks, cadre: Visitor, words: str, title: str) -> Slip:
    with walks.visitor() as villager:
        slip = villager.say(words, name="方根土", phone="13900005555")
    cadre.sort(slip, title)
    cadre.answer(slip, "去看过，已经修好了。")
    return slip


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_clerk_notes_the_authors_word_and_the_handler_cannot(walks: Walks, width: int):
    with walks.door("cadre", DESK) as cadre, walks.door("clerk", width) as clerk:
        slip = _answered(walks, cadre, "垃圾房的门掉下来了，狗进去乱翻。", f"垃圾房的门掉了{width}")
        cadre.open(slip)
        address = cadre.page.url.split("?")[0]
        assert cadre.page.locator("main").get_by_text("打过电话了").count() == 0
        assert _forge(cadre, f"{address}word/", {"settled": "yes", "text": ""}) == 422

        clerk.open(slip)
        assert clerk.page.url.split("?")[0] == address
        listed = clerk.page.locator(".split-list a[aria-current]", has_text=slip.number)
        assert listed.is_visible() == clerk.at_a_desk
        clerk.deed("没联系上，记一下")
        clerk.press("没联系上，记一下")
        clerk.refused("写一句怎么没联系上")
        clerk.page.get_by_label("怎么没联系上").fill("打了两次没人接")
        clerk.press("没联系上，记一下")
        clerk.sees("记下了：打过电话，没联系上", "打了两次没人接")
        clerk.press("打过电话了，记下他的话")
        clerk.sees("方根土", "13900005555", "去看过，已经修好了。")
        clerk.page.get_by_label("他还说了什么").fill("他说门装得结实")
        clerk.press("办好了")
        clerk.sees("他的话记下了", "问过提的人：办好了", "他说门装得结实")
    with walks.visitor() as villager:
        villager.look_up(slip)
        villager.sees("问过提的人：办好了")
        assert villager.page.get_by_text("打了两次没人接").count() == 0


def _forge(visitor: Visitor, deed: str, values: dict[str, str]) -> int:
    """A request with everything that a real form carries, for a deed that the page does not offer; the status."""
    token = next(c["value"] for c in visitor.page.context.cookies() if c["name"] == "csrftoken")
    fields = {"csrfmiddlewaretoken": token, "key": str(uuid.uuid4()), **values}
    answer = visitor.page.request.post(deed, form=fields, headers={"Referer": deed}, max_redirects=0)
    return answer.status


def test_a_clerk_sees_every_village_of_the_town_and_a_neighbour_sees_nothing(walks: Walks):
    with walks.visitor() as villager:
        here = villager.say("村口石桥的栏杆松了，老人家不敢扶。")
        beside = villager.say("凉亭的瓦掉了两块，怕砸到人。", at=BESIDE)
    with walks.door("clerk", DESK) as clerk:
        clerk.open(here)
        address = clerk.page.url.split("?")[0]
        listed = clerk.page.locator(".split-list").inner_text()
        assert "玉华村" in listed and beside.number in listed
    with walks.door("beside", DESK) as neighbour:
        assert here.number not in neighbour.go("/matters/").locator("body").inner_text()
        assert neighbour.page.goto(address).status == 404
        neighbour.expected.append("404: ")
        neighbour.open(beside)
        neighbour.sees("凉亭的瓦掉了两块")
        assert _forge(neighbour, f"{address}triage/", {"title": "改一改", "category": ""}) == 404


def test_an_inspector_reads_and_cannot_answer(walks: Walks):
    with walks.door("cadre", DESK) as cadre, walks.visitor() as villager:
        slip = villager.say("篮球架的篮圈断了。")
        cadre.sort(slip, "篮球架的篮圈断了")
    with walks.door("inspector", DESK) as inspector:
        inspector.open(slip)
        inspector.sees("篮球架的篮圈断了")
        address = inspector.page.url.split("?")[0]
        offered = inspector.page.locator("main .btn").all_inner_texts()
        assert not [o for o in offered if re.search("答复|交给|退回|不受理|我来办", o)], offered
        assert _forge(inspector, f"{address}answer/", {"text": "好了", "outcome": "done"}) == 404


def test_a_county_officer_sees_only_what_was_given_to_the_department_and_answers_it(walks: Walks):
    with walks.visitor() as villager, walks.door("clerk", DESK) as clerk, walks.door("officer", DESK) as officer:
        slip = villager.say("山上的古树被人钉了钉子。")
        clerk.open(slip)
        address = clerk.page.url.split("?")[0]
        officer.go("/matters/")
        assert slip.number not in officer.page.locator("body").inner_text()
        assert officer.page.goto(address).status == 404
        officer.expected.append("404: ")

        clerk.deed("交给别人")
        clerk.page.get_by_label("交给谁办").select_option(label="林业局")
        clerk.press("交给别人")
        clerk.sees("交给林业局了", "派给林业局")
        officer.go("/notices/")
        officer.sees(slip.number)
        officer.answer(slip, "钉子拔了，伤口涂了药，立了牌子。")
        villager.look_up(slip)
        villager.press("办好了")
        villager.sees("谢谢您，记下了")
