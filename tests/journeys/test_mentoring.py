"""帮带 from all three sides: the young cadre writes and asks, the mentor confirms and answers, the officer decides."""

import re

import pytest

from tests.journeys.site import Walks
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
