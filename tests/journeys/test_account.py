"""With a telephone: logging in by a code, claiming what was said before, and being told."""

import re
import time

import pytest

from tests.journeys.site import Visitor, Walks
from tests.support.browser import DESK

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

PHONE_OF_ZHOU = "13800000101"


def _log_in(visitor: Visitor, phone: str) -> None:
    page = visitor.go("/login/")
    page.get_by_label("手机号").fill(phone)
    visitor.press("发验证码")
    visitor.sees("验证码已发到")
    page.locator("input[autocomplete=one-time-code]").fill(_sent(visitor, r"\d{6}"))
    visitor.press("登录")
    page.wait_for_url(lambda address: "/login/" not in address)


def _sent(visitor: Visitor, pattern: str) -> str:
    """What the newest message says, once the worker has sent it."""
    outbox = visitor.page.context.new_page()
    try:
        for _ in range(20):
            outbox.goto(f"{visitor.site}/demo/outbox/")
            found = re.search(pattern, "".join(outbox.locator(".rows .row-t").all_inner_texts()[:1]))
            if found:
                return found[0]
            time.sleep(0.3)
    finally:
        outbox.close()
    raise AssertionError(f"no message came: {pattern}")


def test_logs_in_by_phone_claims_a_receipt_and_is_told_of_the_answer(walks: Walks):
    with walks.visitor() as before:
        slip = before.say("我家门前的水表箱盖子碎了。", phone="13900002222")
    with walks.visitor() as villager, walks.door("cadre", DESK) as cadre:
        _log_in(villager, PHONE_OF_ZHOU)
        villager.look_up(slip)
        page = villager.page
        page.get_by_label("认领到我的账号").fill("000000000000")
        villager.press("认领")
        villager.refused("回执码不对")
        villager.look_up(slip)
        page.get_by_label("认领到我的账号").fill(slip.code)
        villager.press("认领")
        villager.sees("认领好了")
        assert page.get_by_role("button", name="认领").count() == 0
        assert slip.number in villager.go("/me/").locator(".rows").first.inner_text()

        cadre.sort(slip, "水表箱盖子碎了")
    with walks.door("secretary") as secretary, walks.visitor() as villager:
        secretary.answer(slip, "换了新盖子。")
        assert "换了新盖子" in _sent(villager, "有答复了.*")


def test_a_notice_leads_to_the_matter_and_can_be_ticked_off(walks: Walks):
    with walks.door("villager") as villager, walks.door("cadre", DESK) as cadre:
        slip = villager.say("宣传栏的雨棚漏水，纸都湿了。")
        cadre.sort(slip, "宣传栏雨棚漏水")
        handler = cadre.page.locator("main").inner_text()
        assert "经办" in handler
        who = "secretary" if "徐守正经办" in handler else "cadre"
    with walks.door(who) as owner:
        owner.answer(slip, "雨棚换好了。")
    with walks.door("villager") as villager:
        villager.go("/notices/")
        villager.sees("雨棚换好了")
        villager.page.locator(".rows a.row", has_text="雨棚").first.click()
        villager.sees(slip.number)
        villager.press("办好了")
        villager.sees("谢谢您，记下了")
        villager.go("/notices/")
        if villager.page.get_by_role("button", name="都看过了").count():
            villager.press("都看过了")
        assert villager.page.get_by_text("没看过的").count() == 0
