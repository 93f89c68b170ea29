"""A pair's page and the lists that lead to it: who opens which, and what stands there."""

import datetime as dt
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.programmes.mentoring.pairs.conftest import Pair, need_of, offer_of
from xianglin.commons.areas.models import InKind
from xianglin.kernels.pairings import actions as pairings
from xianglin.kernels.pairings.models import Milestone
from xianglin.programmes.mentoring.kinds import PAIR
from xianglin.programmes.mentoring.levels import actions as levels
from xianglin.programmes.mentoring.levels.rules import Level
from xianglin.programmes.mentoring.plans import queries

EVERYBODY = ("officer", "county", "beside", "outsider", "mentor", "cadre")


def body(client: Client, name: str, *args: int, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def opens(pair: Pair, name: str, *args: int) -> set[str]:
    return {who for who in EVERYBODY if pair.browser(who).get(reverse(name, args=args)).status_code == 200}


def test_who_opens_a_pair(pair: Pair) -> None:
    one = pair.plan()
    theirs = {"officer", "county", "mentor", "cadre"}
    for name in ("pair", "set_goals", "plan_assignment"):
        assert opens(pair, f"mentoring:{name}", pair.pk) == theirs, name
    for name in ("finish_assignment", "drop_assignment"):
        assert opens(pair, f"mentoring:{name}", one.pk) == theirs, name
    assert opens(pair, "mentoring:pairs") == {"officer", "county", "beside", "outsider"}
    assert opens(pair, "mentoring:plan") == {"cadre"} and opens(pair, "mentoring:led") == {"mentor"}


def test_it_shows_goals_with_where_they_stand_and_work_with_its_days(pair: Pair) -> None:
    pair.set_goals(("文字综合", 4))
    pair.plan()
    said = Level(pair.town.ability("文字综合").pk, 3, remark="先写群众要办什么")
    levels.note_levels(pair.town.cadre, actor=pair.officer, view="mentor", levels=[said])
    shown = body(pair.browser("cadre"), "mentoring:plan")
    for words in ("我和导师王根水", "文字综合　2 → 4", "现在 3 级", "先写群众要办什么", "违建专班", "急难险重任务考验"):
        assert words in shown, words
    assert "<svg" in shown and "写结果" in shown
    assert "我带周小禾" in body(pair.browser("mentor"), "mentoring:pair", pair.pk)
    assert "周小禾" in body(pair.browser("mentor"), "mentoring:led")


def test_goals_by_the_page(pair: Pair) -> None:
    browser, writing = pair.browser("mentor"), pair.town.ability("文字综合").pk
    address = reverse("mentoring:set_goals", args=[pair.pk])
    first = browser.get(address).content.decode()
    assert "现在 2 级" in first, "a first plan begins with what the cadre wants"
    said = {"key": str(uuid4()), f"level_{writing}": "4", f"by_{writing}": "", f"how_{writing}": "每周改一篇"}
    answer = browser.post(address, said)
    assert answer.status_code == 422 and "每周改一篇" in answer.content.decode()
    assert browser.post(address, said | {f"by_{writing}": "2026-12-31"}).status_code == 302
    (goal,) = queries.goals(pair.pairing)
    assert (goal.wanted, goal.how) == (4, "每周改一篇")


def test_work_by_the_page_with_a_word_on_days_that_overlap(pair: Pair) -> None:
    pair.plan()
    browser, address = pair.browser("cadre"), reverse("mentoring:plan_assignment", args=[pair.pk])
    said = {"key": str(uuid4()), "form": "posts", "title": "到便民中心坐窗口", "where": "", "starts_on": "2026-04-01"}
    refused = browser.post(address, said | {"due_on": "2026-03-01"})
    assert refused.status_code == 422 and "到便民中心坐窗口" in refused.content.decode()
    answer = browser.post(address, said | {"where": "镇便民中心", "due_on": "2026-06-30"}, follow=True)
    assert "和“跟着整治违建专班走完三户”重叠" in answer.content.decode()
    one = Milestone.objects.get(title="到便民中心坐窗口")
    finish = reverse("mentoring:finish_assignment", args=[one.pk])
    done = {"key": str(uuid4()), "result": "会办社保卡了", "attested_by": "", "on": "2026-03-10"}
    assert browser.post(finish, done).status_code == 422
    assert browser.post(finish, done | {"attested_by": "窗口主任"}).status_code == 302
    assert browser.get(finish).status_code == 404, "done is done"


def test_the_officer_s_list_is_by_mentor(pair: Pair) -> None:
    _another(pair, "钱一", "13900000012")
    shown = body(pair.browser("officer"), "mentoring:pairs")
    assert "1 对，青年干部 2 人" in shown and "一位导师带 2 人的 1 对" in shown
    assert shown.count("王根水") == 1 and "钱一" in shown
    assert "还没有结对" in body(pair.browser("beside"), "mentoring:pairs")
    assert "还没有结束的" in body(pair.browser("officer"), "mentoring:pairs", query="?list=ended")


def _another(pair: Pair, name: str, phone: str) -> int:
    need = need_of(pair.town, pair.town.enrol_cadre(name, phone))
    place = InKind(pair.town.village, PAIR)
    return pairings.note_pairing(place, actor=pair.officer, need=need, offer=offer_of(pair.town, pair.town.mentor)).pk


def test_no_more_queries_for_more_rows(pair: Pair) -> None:
    def asked() -> tuple[int, ...]:
        officer, counts = pair.browser("officer"), []
        for name, args in (("pairs", ()), ("pair", (pair.pk,))):
            address = reverse(f"mentoring:{name}", args=args)
            officer.get(address)
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert officer.get(address).status_code == 200
            counts.append(len(seen))
        return tuple(counts)

    pair.plan()
    pair.set_goals(("文字综合", 4))
    few = asked()
    for n in range(4):
        pair.plan(f"第 {n} 件", starts_on=dt.date(2026, 6, 1 + n), due_on=dt.date(2026, 7, 1))
    _another(pair, "钱一", "13900000012")
    pair.set_goals(("文字综合", 4), ("矛盾调解", 3), ("服务群众", 4))
    assert asked() == few
