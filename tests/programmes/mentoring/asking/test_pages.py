"""Asking and experience on pages: one press, a thread, the library, and who opens which."""

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.commons.files.samples import picture
from tests.kernels.matters.conftest import at
from tests.programmes.mentoring.asking.conftest import (
    ANSWER,
    DRAFT,
    QUESTION,
    Pair,
    answered,
    ask,
    proposed,
    published,
)
from xianglin.base import clock
from xianglin.kernels.pairings import actions as pairings
from xianglin.programmes.mentoring.asking import actions
from xianglin.programmes.mentoring.asking.models import State, Thread
from xianglin.programmes.mentoring.experience import actions as experience
from xianglin.programmes.mentoring.experience.models import Experience
from xianglin.programmes.mentoring.experience.models import State as Stands

ASKING = "mentoring:asking"


def once(**more: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), **more}


def body(client: Client, name: str, *args: int, query: str = "") -> str:
    answer = client.get(reverse(f"mentoring:{name}", args=args) + query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def test_one_press_from_everywhere(pair: Pair) -> None:
    browser = pair.browser("cadre")
    for address in (reverse("portal:today"), reverse("mentoring:growth"), reverse("mentoring:plan")):
        assert reverse(ASKING) in browser.get(address).content.decode(), address
    assert "请教王根水" in body(browser, "asking")
    assert "问导师" not in body(pair.browser("mentor"), "asking")


def test_a_thread_by_its_page(pair: Pair) -> None:
    cadre, mentor = pair.browser("cadre"), pair.browser("mentor")
    assert cadre.post(reverse(ASKING), once(words=" ")).status_code == 422
    photo = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    asked = cadre.post(reverse(ASKING), once(words=QUESTION, photos=[photo]), follow=True).content.decode()
    assert QUESTION in asked and "?small" in asked and "等回答" in asked
    thread = Thread.objects.get()
    say = reverse("mentoring:say_in_thread", args=[thread.pk])
    assert "周小禾向您请教" in mentor.get(reverse("portal:today")).content.decode()
    assert mentor.post(say, once(words="")).status_code == 422
    assert ANSWER in mentor.post(say, once(words=ANSWER), follow=True).content.decode()
    page = body(cadre, "thread", thread.pk)
    assert "有用" in page and "还没懂" in page
    assert "还没懂" in cadre.post(say, once(unclear="1"), follow=True).content.decode()
    assert Thread.objects.get().state == State.WAITING
    mentor.post(say, once(words="写在第一行。"))
    useful = reverse("mentoring:find_useful", args=[thread.pk])
    cadre.post(useful)
    assert Thread.objects.get().state == State.USEFUL
    assert mentor.post(useful).status_code == 404


def test_the_officer_sees_that_not_what(pair: Pair) -> None:
    thread = answered(pair)
    shown = body(pair.browser("officer"), "pair", pair.pk)
    assert QUESTION not in shown and ANSWER not in shown and "整理成经验" in shown and "答了" in shown
    for name, args in (("thread", (thread.pk,)), ("asking", ())):
        assert pair.browser("officer").get(reverse(f"mentoring:{name}", args=args)).status_code == 404
    assert QUESTION in body(pair.browser("mentor"), "pair", pair.pk)
    form = body(pair.browser("officer"), "propose_experience", thread.pk)
    assert ANSWER not in form and QUESTION not in form
    assert ANSWER in body(pair.browser("mentor"), "propose_experience", thread.pk), "his own answer to begin with"
    ask(pair, "另一件")
    with clock.living_at(at("2026-03-20")):
        waits = body(pair.browser("officer"), "unanswered")
        assert "王根水带周小禾" in waits and "等了 10 天" in waits and "另一件" not in waits


def test_experience_by_its_pages(pair: Pair) -> None:
    thread = answered(pair)
    cadre, mentor, officer = (pair.browser(who) for who in ("cadre", "mentor", "officer"))
    address = reverse("mentoring:propose_experience", args=[thread.pk])
    draft = {"title": DRAFT.title, "question": DRAFT.question, "answer": "请打 13812345678"}
    refused = mentor.post(address, once(**draft))
    assert refused.status_code == 422 and DRAFT.title in refused.content.decode()
    assert mentor.post(address, once(**draft | {"answer": ANSWER})).status_code == 302
    one = Experience.objects.get()
    assert mentor.get(address).status_code == 302, "it is there already"
    assert f"能不能整理成经验：{DRAFT.title}" in cadre.get(reverse("portal:today")).content.decode()
    assert "同意分享" in body(cadre, "experience", one.pk)
    agree = reverse("mentoring:agree_experience", args=[one.pk])
    old = cadre.post(agree, once(edition=0, agreed="yes"))
    assert old.status_code == 422 and "又改过了" in old.content.decode()
    assert cadre.post(agree, once(edition=1, agreed="yes")).status_code == 302
    assert DRAFT.title in body(officer, "library", query="?list=waiting")
    back = reverse("mentoring:return_experience", args=[one.pk])
    assert officer.post(back, once(reason="")).status_code == 422
    assert officer.post(back, once(reason="再具体些")).status_code == 302
    amend = reverse("mentoring:amend_experience", args=[one.pk])
    assert mentor.post(amend, once(**draft | {"answer": f"{ANSWER}一件一行。", "edition": 1})).status_code == 302
    assert cadre.post(agree, once(edition=2, agreed="yes")).status_code == 302
    publish = reverse("mentoring:publish_experience", args=[one.pk])
    assert officer.post(publish, once(edition=2)).status_code == 302
    assert Experience.objects.get().state == Stands.PUBLISHED
    assert DRAFT.title in body(cadre, "library", query="?q=读不明白")
    assert "没有找到" in body(cadre, "library", query="?q=吵架")
    assert DRAFT.title in body(cadre, "thread", thread.pk), "found from the thread"
    mentor.post(reverse("mentoring:mark_useful", args=[one.pk]))
    assert "1 人说有用" in body(cadre, "experience", one.pk)
    withdraw = reverse("mentoring:withdraw_experience", args=[one.pk])
    assert cadre.post(withdraw, once(reason="不想分享了")).status_code == 302
    assert DRAFT.title not in body(mentor, "library")


def test_not_agreed_by_the_page(pair: Pair) -> None:
    one = proposed(pair)
    agree = reverse("mentoring:agree_experience", args=[one.pk])
    assert pair.browser("mentor").post(agree, once(edition=1, agreed="yes")).status_code == 404
    told = pair.browser("cadre").post(agree, once(edition=1, agreed="no", reason="看得出是我"), follow=True)
    assert "看得出是我" in told.content.decode() and Experience.objects.get().state == Stands.DECLINED


def test_an_ability_leads_to_its_experience(pair: Pair) -> None:
    ability = pair.town.ability("文字综合").pk
    published(pair)
    page = body(pair.browser("county"), "ability", ability)
    assert f"{reverse('mentoring:library')}?ability={ability}" in page
    assert DRAFT.title not in body(pair.browser("cadre"), "library", query=f"?ability={ability}")
    assert pair.browser("cadre").get(f"{reverse('mentoring:library')}?ability=x&after=~").status_code == 200


def test_a_pair_that_is_over_keeps_its_threads_and_what_was_typed(pair: Pair) -> None:
    thread = answered(pair)
    pairings.end(pair.pairing, actor=pair.officer, ending="terminated", reason="调走了")
    told = pair.browser("cadre").post(reverse(ASKING), once(words="还想问一件"))
    assert told.status_code == 422
    assert "已经结束了" in told.content.decode() and "还想问一件" in told.content.decode()
    say = reverse("mentoring:say_in_thread", args=[thread.pk])
    told = pair.browser("mentor").post(say, once(words="再补一句"))
    assert told.status_code == 422 and "再补一句" in told.content.decode()
    assert QUESTION in body(pair.browser("cadre"), "thread", thread.pk)


def test_lists_ask_no_more_for_more(pair: Pair) -> None:
    def asked(who: str, name: str, *args: int) -> int:
        address, browser = reverse(f"mentoring:{name}", args=args), pair.browser(who)
        browser.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(address).status_code == 200
        return len(seen)

    def counts() -> list[int]:
        pages = (("mentor", "asking"), ("cadre", "library"), ("officer", "unanswered"))
        return [*(asked(who, name) for who, name in pages), asked("officer", "pair", pair.pk)]

    ability = pair.town.ability("文字综合").pk

    def grow(n: int) -> None:
        with clock.living_at(at("2026-03-01")):
            for _each in range(n):
                ask(pair, ability_id=ability)
                one = experience.propose_experience(answered(pair), actor=pair.mentor, draft=DRAFT)
                one = experience.agree_experience(one, actor=pair.cadre, edition=1, agreed=True)
                experience.publish_experience(one, actor=pair.officer, edition=1)

    grow(3)
    few = counts()
    grow(8)
    assert counts() == few


def test_threads_are_paged(pair: Pair) -> None:
    for n in range(52):
        actions.ask(pair.pairing, actor=pair.cadre, words=f"第 {n} 问")
    first = pair.browser("cadre").get(reverse(ASKING))
    rest = pair.browser("cadre").get(reverse(ASKING) + first.context["more_url"])
    assert [len(page.context["lines"]) for page in (first, rest)] == [50, 2]
