"""What the pages tell: in village words, of what happened last, and nothing that is not so."""

import datetime as dt
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.kernels.matters.conftest import ANSWER, MORNING, UNTIL, Village, build_village, receipt_of
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.base.actor import system
from xianglin.commons.access.models import Account
from xianglin.kernels.matters import actions, rules
from xianglin.kernels.matters.models import Matter, State


@pytest.fixture
def here(db: None) -> Any:
    with clock.living_at(MORNING):
        yield build_village()


def page(address: str, client: Client | None = None) -> str:
    return str((client or Client()).get(address).content.decode())


def browser(actor: Any) -> Client:
    return as_account(Account.objects.get(pk=actor.account_id))


def public(matter: Matter) -> str:
    return reverse("matters:public", args=[matter.area.code, matter.serial])


def shown(here: Village) -> Matter:
    matter = actions.triage_matter(here.say(), actor=here.cadre, title="桥头灯不亮", category="", public=True)
    return actions.assign_matter(matter, actor=here.cadre, account_id=here.second.account_id)


def answered(here: Village) -> Matter:
    return actions.answer_matter(shown(here), actor=here.second, text=ANSWER)


def holding(matter: Matter) -> Client:
    """A browser that was shown a receipt of the matter."""
    key = uuid.uuid4()
    actions.issue_receipt(matter, actor=system("tests", "command"), key=key)
    client = Client()
    client.post(reverse("matters:receipt"), {"code": rules.code_of(key)})
    return client


def test_a_reopened_matter_does_not_look_answered(here: Village) -> None:
    matter = answered(here)
    actions.settle_matter(matter, actor=receipt_of(matter), settled=False)
    board = page(public(matter))
    assert "提的人说没解决，正在再办" in board
    share = re.search(r'<textarea id="share"[^>]*>(.*?)</textarea>', board, re.S)
    assert share and "提的人说没解决，正在再办" in share[1] and "前再答复" in share[1] and ANSWER not in share[1]
    assert "没解决，再办" in board
    assert "提的人说没解决，正在再办" in page(reverse("portal:village", args=[here.place.code]))
    actions.answer_matter(matter, actor=here.second, text="换了控制箱。")
    assert "正在再办" not in page(public(matter))
    assert "提的人说没解决" in page(public(matter)), "of the first answer"
    assert "村里说办了" in page(public(matter))


def test_a_corrected_answer_says_so_to_everybody(here: Village) -> None:
    matter = answered(here)
    actions.correct_answer(matter, actor=here.second, text="换了灯头。", reason="线没有换")
    assert "更正过：线没有换" in page(public(matter))
    assert "更正过：线没有换" in page(reverse("matters:own", args=[matter.pk]), holding(matter))


def test_what_the_author_said_later_is_read_by_who_has_it(here: Village) -> None:
    matter = answered(here)
    actions.settle_matter(matter, actor=receipt_of(matter), settled=False, text="晚上又灭了")
    matter.refresh_from_db()
    opened = reverse("matters:matter", args=[matter.pk])
    assert "晚上又灭了" in page(opened, browser(here.second))
    assert "晚上又灭了" not in page(public(matter))


def test_a_pause_says_why_and_till_when(here: Village) -> None:
    matter = shown(here)
    actions.suspend_work(matter, actor=here.second, reason="等电工。", until=UNTIL)
    assert "先停一停：等电工，5 月 1 日接着计时" in page(public(matter))
    actions.resume_work(matter, actor=here.second)
    actions.defer_matter(matter, actor=here.second, reason="没有预算", review_on=UNTIL)
    assert "暂不具备条件，5 月 1 日再看" in page(public(matter))
    assert "等回话" not in page(public(matter))


def test_what_was_taken_out_of_an_accusations_story_leaves_no_empty_line(here: Village) -> None:
    matter = shown(here)
    author = holding(matter)
    matter.refresh_from_db()
    actions.quarantine_matter(matter, actor=here.cadre)
    own = page(reverse("matters:own", args=[matter.pk]), author)
    assert "派给" not in own
    assert "12388" in own
    waits = page(reverse("portal:today"), browser(here.inspector))
    assert "像是检举控告，等您移交" in waits


def test_wider_places_list_what_lies_in_them_and_are_no_notice_boards(here: Village) -> None:
    at = here.cast.places
    matter = shown(here)
    for area, below, say in (
        (at.town, at.village, "跟镇里说一句"),
        (at.county, at.town, "跟县里说一句"),
        (at.province, at.city, ""),
    ):
        text = page(reverse("portal:village", args=[area.code]))
        assert below.name in text and "村情公开栏" not in text and matter.title not in text
        assert (reverse("matters:say", args=[area.code]) in text) == bool(say) and say in text
    assert Client().get(reverse("matters:say", args=[at.province.code])).status_code == 404
    assert Client().get(reverse("matters:say", args=[at.town.code])).status_code == 200
    assert Client().get(reverse("matters:everything", args=[at.county.code])).status_code == 302


def test_today_begins_with_what_is_to_be_handed_out(here: Village) -> None:
    with clock.living_at(MORNING - dt.timedelta(days=20)):
        old = actions.assign_matter(here.say(), actor=here.cadre, account_id=here.cadre.account_id)
    new = here.say(words="桥栏杆断了。")
    text = page(reverse("portal:today"), browser(here.cadre))
    assert "刚收到 1 件，今天分出去" in text
    assert text.index(f"/matters/{new.pk}/triage/") < text.index(f"/matters/{old.pk}/answer/")
    assert '<span class="n">2<' in text, "the number beside 今日"


def test_who_answered_is_not_told_to_telephone(here: Village) -> None:
    with clock.living_at(MORNING - dt.timedelta(days=20)):
        matter = answered(here)
    call = f"/matters/{matter.pk}/word/"
    assert call in page(reverse("portal:today"), browser(here.cadre))
    assert call in page(reverse("portal:today"), browser(here.clerk))
    assert call not in page(reverse("portal:today"), browser(here.second))


def test_a_refusal_stands_beside_the_field_that_it_is_about(here: Village) -> None:
    matter = here.say(name="徐阿珍")
    cadre = browser(here.cadre)
    address = reverse("matters:deed", args=[matter.pk, "triage"])
    sent = {"key": str(uuid.uuid4()), "title": "徐阿珍家路灯不亮", "category": "", "public": "on"}
    text = cadre.post(address, sent).content.decode()
    assert re.search(r'id="id_title_error"', text)
    matter = shown(here)
    second = browser(here.second)
    address = reverse("matters:deed", args=[matter.pk, "suspend"])
    sent = {"key": str(uuid.uuid4()), "reason": "等配件", "until": "2035-01-01"}
    assert 'id="id_until_error"' in second.post(address, sent).content.decode()
    assert "写一句原因，提的人会看到。" in second.post(address, {**sent, "reason": ""}).content.decode()


def test_the_same_words_sent_again_lead_to_the_same_slip(here: Village) -> None:
    client, address = Client(), reverse("matters:say", args=[here.place.code])

    def send(words: str, **more: str) -> str:
        client.post(address, {"key": str(uuid.uuid4()), "words": words, "name": "", "phone": "", **more})
        return page(reverse("matters:slip"), client)

    first, again = send("桥栏杆断了。"), send("桥栏杆断了。")
    code = re.compile(r"\d{4} \d{4} \d{4}")
    assert code.search(first)[0] == code.search(again)[0]  # type: ignore[index]
    assert "这句刚才收到了" in again and "这句刚才收到了" not in first
    assert Matter.objects.count() == 1
    send("桥栏杆断了。", phone="13900001111")
    assert Matter.objects.count() == 2, "with a number to be told at, it is not the same"
    with clock.living_at(MORNING):
        matter = Matter.objects.latest("pk")
        actions.withdraw_matter(matter, actor=receipt_of(matter))
    send("桥栏杆断了。", phone="13900001111")
    assert Matter.objects.filter(state=State.RECEIVED).count() == 2, "what was taken back may be said anew"
