"""The page saves by itself: each answer says what became of what was typed, and nothing personal is kept."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.kernels.bulletins.conftest import Desk
from tests.kernels.matters.conftest import MORNING
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Account
from xianglin.kernels.bulletins import actions, rules
from xianglin.kernels.bulletins.models import Block, Bulletin


def browser(actor: Actor) -> Client:
    return as_account(Account.objects.get(pk=actor.account_id))


def gap(bulletin: Bulletin) -> Block:
    return bulletin.blocks.get(origin="gap:money")


def saved(who: Client, block: Block, text: str, edition: int) -> tuple[int, str]:
    page = reverse("bulletins:save", args=[block.bulletin_id, block.pk])
    answer = who.post(page, {"text": text, "edition": edition})
    return answer.status_code, answer.content.decode()


def test_what_was_typed_is_kept_with_its_writer_and_the_page_is_told(desk: Desk) -> None:
    bulletin = desk.opened()
    status, told = saved(browser(desk.here.cadre), gap(bulletin), "收 1.2万元。", 1)
    assert status == 200 and f"存好了 · {clock.now().astimezone(clock.SHANGHAI):%H:%M}" in " ".join(told.split())
    assert 'data-edition="2"' in told and "还缺 1 处" in told
    block = gap(bulletin)
    assert (block.text, block.written_by_id, block.written_at) == ("收 1.2万元。", desk.here.cadre.account_id, MORNING)
    decisions = bulletin.blocks.get(origin="gap:decisions")
    status, told = saved(browser(desk.here.cadre), decisions, "定了一件事。", 1)
    assert status == 200 and "都写好了" in told


def test_the_same_again_is_kept_once(desk: Desk) -> None:
    bulletin = desk.opened()
    cadre = browser(desk.here.cadre)
    assert [saved(cadre, gap(bulletin), "收 1.2万元。", 1)[0] for _ in range(2)] == [200, 200]
    assert gap(bulletin).edition == 2


def test_another_wrote_meanwhile_and_both_texts_are_shown(desk: Desk) -> None:
    bulletin = desk.opened()
    saved(browser(desk.here.cadre), gap(bulletin), "收 <1.2万元>。", 1)
    status, told = saved(browser(desk.here.second), gap(bulletin), "收 1.4万元。", 1)
    assert status == 409 and "收 1.4万元。" in told and "收 &lt;1.2万元&gt;。" in told and 'data-edition="2"' in told
    assert f"{desk.here.cadre.name}也改了这一段" in told
    assert gap(bulletin).text == "收 <1.2万元>。"
    assert saved(browser(desk.here.second), gap(bulletin), "收 1.4万元。", 2)[0] == 200


@pytest.mark.parametrize(
    ("text", "said"), [("收了。问 13912345678。", "“问 139****567…”"), (" ", "还没写"), ("长" * 2001, "写得太长")]
)
def test_what_is_refused_is_not_kept_on_the_server(desk: Desk, text: str, said: str) -> None:
    bulletin = desk.opened()
    status, told = saved(browser(desk.here.cadre), gap(bulletin), text, 1)
    assert status == 422 and said in told and "先记在这台机器里" in told
    assert gap(bulletin).text == ""


@pytest.mark.parametrize("who", ["villager", "beside", "clerk", "inspector", "supervisor"])
def test_only_who_writes(desk: Desk, who: str) -> None:
    bulletin = desk.opened()
    actor: Actor = desk.supervisor if who == "supervisor" else getattr(desk.here, who)
    assert saved(browser(actor), gap(bulletin), "收 1 元。", 1)[0] in (403, 404)
    assert gap(bulletin).text == ""


def test_not_once_it_was_handed_in(desk: Desk) -> None:
    bulletin = actions.hand_in(desk.written(), actor=desk.here.cadre)
    status, told = saved(browser(desk.here.cadre), gap(bulletin), "收 1 元。", gap(bulletin).edition)
    assert status == 422 and "不能这样办" in told


def test_the_sentence_with_the_leak_is_said() -> None:
    with pytest.raises(Refused) as refusal:
        rules.require_publishable("收了三笔。\n付给水电工，电话 13912345678，已付清！票据都在。", [])
    assert "“付给水电工，电话 139…”" in str(refusal.value)


def test_the_page_of_a_sentence_shows_its_records_and_what_they_say(desk: Desk) -> None:
    bulletin = desk.opened()
    cadre = browser(desk.here.cadre)
    page = cadre.get(reverse("bulletins:block", args=[bulletin.pk, gap(bulletin).pk])).content.decode()
    assert "写一段" in page and reverse("bulletins:save", args=[bulletin.pk, gap(bulletin).pk]) in page
    block = Block.objects.create(
        bulletin=bulletin, section="work", position=9, origin="work:灯", text="改过的", drafted="照记录的", by_hand=True
    )
    page = cadre.get(reverse("bulletins:block", args=[bulletin.pk, block.pk])).content.decode()
    assert "改一段" in page and "照记录写，是这样" in page and "照记录的" in page
