"""A figure keeps what it was counted from: later records make no lie of it; it is counted again, never typed."""

import datetime as dt
import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.commons.documents.conftest import text_of
from tests.kernels.bulletins.conftest import Desk
from tests.kernels.matters.conftest import MORNING
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Account
from xianglin.kernels.bulletins import actions, chain, drafts, queries, telling
from xianglin.kernels.bulletins.models import Bulletin
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters.models import Matter

RAISED = "figure:briefing.matters_raised"


def public(desk: Desk, title: str = "8 组桥头路灯不亮") -> Matter:
    return matters.triage_matter(desk.here.say(), actor=desk.here.cadre, title=title, category="路灯", public=True)


def figure(bulletin: Bulletin, number: int | None = None) -> dict[str, Any]:
    read = queries.standing(bulletin.area, bulletin.pk, number)
    assert read is not None
    return next(b for s in read.body["sections"] for b in s["blocks"] if b["origin"] == RAISED)


def opened(bulletin: Bulletin) -> str:
    blocks = queries.standing_blocks(bulletin)
    piece = 1 + [block["origin"] for block in blocks].index(RAISED)
    page = reverse("bulletins:figure", args=[bulletin.area.code, bulletin.pk, piece])
    answer = Client().get(page)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_published_figure_says_as_of_when_and_from_which_records(desk: Desk) -> None:
    shown, hidden = public(desk), desk.here.say()
    bulletin = desk.published()
    block = figure(bulletin)
    assert block["text"] == f"{MORNING.month}月收到村民提的事 2 件。" and block["sort"] == "figure"
    told = block["content"]
    assert told["measure"] == "briefing.matters_raised" and (told["value"], told["unit"]) == (2, "件")
    assert told["records"] == [f"matters.Matter:{pk}" for pk in sorted((shown.pk, hidden.pk))]
    assert dt.datetime.fromisoformat(told["as_of"]) == MORNING
    page = opened(bulletin)
    assert "8 组桥头路灯不亮" in page and "另有 1 件内容不公开" in page
    assert "按" in page and f"{MORNING:%H:%M}" in page


def test_what_comes_later_makes_no_lie_of_it(desk: Desk) -> None:
    public(desk)
    bulletin = desk.published()
    before = bulletin.versions.get().body
    public(desk, "池塘边少护栏")
    assert bulletin.versions.get().body == before and list(chain.verify()) == []
    page = Client().get(reverse("bulletins:public", args=[bulletin.area.code, bulletin.pk])).content.decode()
    assert "提的事 1 件" in page and "时的记录" in page
    assert "池塘边少护栏" not in opened(bulletin)


def test_nobody_types_it(desk: Desk) -> None:
    bulletin = desk.opened()
    block = bulletin.blocks.get(origin=RAISED)
    with pytest.raises(Refused) as refusal:
        drafts.write_block(block, "收到 99 件。", edition=block.edition)
    assert refusal.value.code == "bulletins.counted"
    published = desk.published()
    with pytest.raises(Refused) as refusal:
        actions.correct_bulletin(published, actor=desk.here.cadre, texts={RAISED: "收到 99 件。"}, reason="改大一点")
    assert refusal.value.code == "bulletins.nothing_changed"


def test_a_figure_is_counted_again_and_the_difference_is_told(desk: Desk) -> None:
    public(desk)
    bulletin = desk.published()
    with pytest.raises(Refused) as refusal:
        actions.correct_bulletin(bulletin, actor=desk.here.cadre, recount=[RAISED], reason="再数一遍")
    assert refusal.value.code == "bulletins.nothing_changed"
    public(desk, "池塘边少护栏")
    with clock.living_at(MORNING + dt.timedelta(hours=2)):
        version = actions.correct_bulletin(bulletin, actor=desk.here.cadre, recount=[RAISED], reason="漏了一件")
    read = queries.standing(bulletin.area, bulletin.pk)
    assert read is not None
    day = f"{MORNING.month} 月 {MORNING.day} 日"
    assert telling.words_of(version, read.versions) == [f"{day}公布“村民提的事” 1 件，{day}改为 2 件"]
    assert (figure(bulletin)["content"]["value"], figure(bulletin, 1)["content"]["value"]) == (2, 1)
    assert list(chain.verify()) == []


def test_the_pages_of_a_correction_and_of_a_draft(desk: Desk) -> None:
    public(desk)
    cadre = as_account(Account.objects.get(pk=desk.here.cadre.account_id))
    bulletin = desk.opened()
    block = bulletin.blocks.get(origin=RAISED)
    page = cadre.get(reverse("bulletins:counted", args=[bulletin.pk, block.pk]))
    assert page.status_code == 200 and "8 组桥头路灯不亮" in page.content.decode()
    other = bulletin.blocks.get(origin="gap:money")
    assert cadre.get(reverse("bulletins:counted", args=[bulletin.pk, other.pk])).status_code == 404
    desk.published()
    public(desk, "池塘边少护栏")
    page = cadre.get(reverse("bulletins:correct", args=[bulletin.pk, 1])).content.decode()
    assert "现在按记录数，是 2 件" in page
    form = {"reason": "漏了一件", "key": "c0dec0de-c0de-c0de-c0de-c0dec0dec0de"}
    assert cadre.post(reverse("bulletins:correct", args=[bulletin.pk, 1]), form).status_code == 302
    assert figure(bulletin)["content"]["value"] == 2  # noqa: PLR2004
    assert cadre.get(reverse("bulletins:figure", args=[bulletin.area.code, bulletin.pk, 99])).status_code == 404


def test_it_stands_on_the_paper(desk: Desk) -> None:
    public(desk)
    bulletin = desk.published()
    words = text_of(Client().get(reverse("bulletins:sheet", args=[bulletin.area.code, bulletin.pk])).content)
    assert f"收到村民提的事1件。（按{MORNING.year}年{MORNING.month}月{MORNING.day}日{MORNING:%H:%M}时的记录）" in words


def test_a_text_is_hashed_as_texts_always_were(desk: Desk) -> None:
    bulletin = desk.published()
    blocks = [b for s in json.loads(bulletin.versions.get().body)["sections"] for b in s["blocks"]]
    assert all(set(b) == {"origin", "text", "sources"} for b in blocks if b["origin"].startswith("gap:"))
