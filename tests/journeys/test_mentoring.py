"""帮带 from all three sides: the young cadre writes and asks, the mentor confirms and answers, the officer decides."""

import re

import pytest

from tests.journeys.site import Visitor, Walks
from tests.support.browser import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys-mentoring")]

DONE = "把公开栏念给南片的老人听，听不懂的三处当场改了。"
ASKED = "老人说听不清广播，是先修喇叭还是先上门念？"
ANSWERED = "先上门念，喇叭报上去排进度。"


def test_a_record_and_a_question_go_to_the_mentor_and_come_back(walks: Walks):
    with walks.door("young_cadre", PHONE) as cadre, walks.door("mentor", PHONE) as mentor:
        cadre.go("/mentoring/records/new/")
        cadre.press("存好")
        cadre.refused("还没写做了什么")
        cadre.page.get_by_text("实践", exact=True).click()
        cadre.page.get_by_label("做了什么").fill(DONE)
        cadre.press("存好")
        cadre.sees(DONE, "等确认")
        cadre.narrow_enough()

        mentor.go("/today/")
        mentor.page.locator(".wait > li", has_text="茅雨晴").filter(has_text="确认").get_by_role("link").first.click()
        mentor.sees(DONE)
        mentor.press("是这样，确认")
        mentor.sees("双方确认")

        cadre.go("/mentoring/asking/")
        cadre.page.get_by_label("想问什么").fill(ASKED)
        cadre.press("问导师")
        cadre.sees(ASKED)
        mentor.go("/mentoring/asking/")
        mentor.page.get_by_role("link", name=re.compile("老人说听不清")).click()
        mentor.page.locator("textarea").fill(ANSWERED)
        mentor.press("答好了")
        cadre.go("/mentoring/asking/")
        cadre.page.get_by_role("link", name=re.compile("老人说听不清")).click()
        cadre.sees(ANSWERED)
        cadre.press("有用")
        cadre.page.get_by_role("button", name="有用", exact=True).wait_for(state="detached")
        cadre.narrow_enough()


def test_a_gap_leads_to_a_seat(walks: Walks):
    with walks.door("young_cadre", PHONE) as cadre:
        cadre.go("/mentoring/courses/")
        cadre.sees("半年总结怎么写得短")
        cadre.page.get_by_role("button", name=re.compile("报名")).first.click()
        cadre.sees("号座")
        cadre.narrow_enough()


def test_the_officer_reads_the_whole_and_decides(walks: Walks):
    with walks.door("organiser", DESK) as officer:
        officer.go("/figures/")
        officer.sees("帮带对子", "28")
        officer.go("/mentoring/pairs/")
        officer.page.get_by_role("link", name=re.compile("茅雨晴")).first.click()
        officer.sees("正在评议", "导师意见")
        officer.press("定结果")
        officer.page.get_by_text("出师", exact=True).first.click()
        officer.page.get_by_label(re.compile("为什么|理由|一句")).first.fill("述学实在，公开稿能独立写了。")
        officer.press("存好")
        officer.sees("证书", "出师")
        with officer.page.expect_download() as paper:
            officer.page.get_by_role("link", name="证书 PDF").click()
        assert paper.value.suggested_filename.endswith(".pdf")


def _enrols(officer: Visitor, who: str, name: str, phone: str, **more: str) -> None:
    officer.go(f"/mentoring/{who}/new/")
    for label, said in {"姓名": name, "手机号": phone, "在哪个镇、哪个村": "荻港村", **more}.items():
        officer.page.get_by_label(re.compile(f"^{label}")).first.fill(said)
    officer.press("入册")
    officer.sees(name)


def test_a_round_is_looked_through_by_hand_and_asks_both(walks: Walks):
    with walks.door("organiser", DESK) as officer:
        _enrols(officer, "mentors", "蒋德旺", "13700000901")
        for name, phone in (("孟小舟", "13700000902"), ("邵一帆", "13700000903")):
            _enrols(officer, "cadres", name, phone, 岗位="村文书", 能力水平="文字综合2→4；矛盾调解1→3")
        officer.go("/pairings/of/mentoring.pair/")
        officer.press("新开一轮")
        officer.press("开始")
        officer.press("配一次")
        board = officer.page.locator("[data-board=open]")
        board.wait_for(timeout=30_000)
        first, second = board.locator("[data-offer]").nth(0), board.locator("[data-offer]").nth(1)
        moved = first.locator("[data-need]").first
        name = moved.locator(".strong").first.inner_text()
        to = second.get_attribute("data-offer")
        moved.drag_to(second)
        officer.page.locator(f"[data-offer='{to}'] [data-locked]", has_text=name).wait_for(timeout=30_000)
        officer.sees("锁定的不动，证明过是最高的")
        officer.press("审定，去问两边")
        officer.sees("正在一一问两边")
        for _moment in range(20):  # a job asks them, in small batches
            if officer.page.get_by_role("link", name="等回话").count() == 2:
                break
            officer.page.wait_for_timeout(500)
            officer.page.reload()
        assert officer.page.get_by_role("link", name="等回话").count() == 2
        officer.go("/pairings/of/mentoring.pair/")
        officer.sees("接着办这一轮")
