"""A small table: pasted or typed, looked through for what is personal, published, corrected cell by cell in words."""

import datetime as dt

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
from xianglin.kernels.bulletins import actions, drafts, queries, tables, telling
from xianglin.kernels.bulletins.models import Block, Bulletin

ORIGIN = "table:money"
PASTED = "项目\t数量\t金额\n路灯\t12盏\t9600元\n垃圾桶\t20只\t1,800元"


def block_of(bulletin: Bulletin) -> Block:
    return bulletin.blocks.get(origin=ORIGIN)


def with_table(desk: Desk, pasted: str = PASTED) -> Bulletin:
    bulletin = desk.opened()
    drafts.write_table(block_of(bulletin), tables.read("5月支出", pasted, "村账目"), edition=1)
    return desk.published()


def test_pasted_and_typed_read_the_same() -> None:
    typed = '项目,数量，金额\n\n路灯 , 12盏,9600元\r\n垃圾桶,20只,"1,800元"'
    assert tables.read("支出", PASTED) == tables.read("支出", typed)
    told = tables.read("支出", PASTED)
    assert told.numeric == [False, True, True] and tables.read("支出", told.typed) == told


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        ("项目,金额", "bulletins.table_short"),
        ("项目,金额\n路灯,9,600", "bulletins.table_ragged"),
        ("项目,项目\n路灯,9600", "bulletins.table_header"),
        ("项目,\n路灯,9600", "bulletins.table_header"),
        ("一,二,三,四,五,六,七\n1,2,3,4,5,6,7", "bulletins.table_large"),
        ("项目,金额\n" + "路灯,1\n" * 41, "bulletins.table_large"),
        ("项目,金额\n路灯," + "长" * 61, "bulletins.table_cell"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_mend(pasted: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        tables.read("支出", pasted)
    assert refusal.value.code == code


@pytest.mark.parametrize("cells", ["姓名,电话\n某户,13912345678", "户主,座机\n某户,电话5123456"])
def test_nothing_personal_stands_in_a_cell(desk: Desk, cells: str) -> None:
    bulletin = desk.opened()
    with pytest.raises(Refused) as refusal:
        drafts.write_table(block_of(bulletin), tables.read("名单", cells), edition=1)
    assert refusal.value.code == "bulletins.leak" and block_of(bulletin).content is None


def test_a_draft_does_not_need_one_and_keeps_it_once_written(desk: Desk) -> None:
    bulletin = desk.published()
    assert ORIGIN not in [block["origin"] for block in queries.standing_blocks(bulletin)]


def test_another_wrote_meanwhile(desk: Desk) -> None:
    bulletin = desk.opened()
    drafts.write_table(block_of(bulletin), tables.read("支出", PASTED), edition=1)
    drafts.draft_again(bulletin)
    assert block_of(bulletin).content["rows"][0] == ["路灯", "12盏", "9600元"]
    with pytest.raises(Refused) as refusal:
        drafts.write_table(block_of(bulletin), None, edition=1)
    assert refusal.value.code == "bulletins.edited_meanwhile" and "路灯" in str(refusal.value)
    assert block_of(drafts.write_table(block_of(bulletin), None, edition=2).bulletin).is_offered
    with pytest.raises(Refused) as refusal:
        drafts.write_block(block_of(bulletin), "一句话", edition=3)
    assert refusal.value.code == "bulletins.other_sort"


def test_everybody_reads_it_on_the_page_and_on_the_paper(desk: Desk) -> None:
    bulletin = with_table(desk)
    page = Client().get(reverse("bulletins:public", args=[bulletin.area.code, bulletin.pk])).content.decode()
    for said in (
        "<caption>5月支出</caption>",
        '<th scope="row">路灯</th>',
        '<td class="num">12盏</td>',
        "出处：村账目",
    ):
        assert said in page, said
    words = text_of(Client().get(reverse("bulletins:sheet", args=[bulletin.area.code, bulletin.pk])).content)
    assert "5月支出" in words and "1,800元" in words and "出处：村账目" in words


def corrected(desk: Desk, bulletin: Bulletin, pasted: str) -> list[str]:
    with clock.living_at(MORNING + dt.timedelta(days=12)):
        new = tables.read("5月支出", pasted, "村账目")
        version = actions.correct_bulletin(
            bulletin, actor=desk.here.cadre, new_tables={ORIGIN: new}, reason="核对清单，装的是 9 盏"
        )
    return telling.words_of(version, list(bulletin.versions.order_by("number")))


def test_a_changed_cell_is_told_in_words(desk: Desk) -> None:
    bulletin = with_table(desk)
    first, then = (f"{day.month} 月 {day.day} 日" for day in (MORNING, MORNING + dt.timedelta(days=12)))
    assert corrected(desk, bulletin, PASTED.replace("12盏", "9盏")) == [
        f"{first}公布“路灯”的“数量”是 12盏，{then}改为 9盏"
    ]


def test_a_row_that_went_and_one_that_came(desk: Desk) -> None:
    bulletin = with_table(desk)
    first, then = (f"{day.month} 月 {day.day} 日" for day in (MORNING, MORNING + dt.timedelta(days=12)))
    told = corrected(desk, bulletin, "项目\t数量\t金额\n路灯\t12盏\t9600元\n长椅\t4张\t800元")
    assert told == [f"{first}公布“垃圾桶，20只，1,800元”，{then}删去", f"{then}加上“长椅，4张，800元”"]


def test_the_whole_table_taken_out(desk: Desk) -> None:
    bulletin = with_table(desk)
    version = actions.correct_bulletin(bulletin, actor=desk.here.cadre, new_tables={ORIGIN: None}, reason="放错了")
    assert version.changes == [{"before": "5月支出", "after": ""}]
    bulletin.refresh_from_db()
    assert ORIGIN not in [block["origin"] for block in queries.standing_blocks(bulletin)]


def test_its_page(desk: Desk) -> None:
    bulletin = desk.opened()
    cadre = as_account(Account.objects.get(pk=desk.here.cadre.account_id))
    page = reverse("bulletins:table", args=[bulletin.pk, block_of(bulletin).pk])
    assert "收支明细表" in cadre.get(page).content.decode()
    refused = cadre.post(page, {"title": "支出", "pasted": "项目,金额\n路灯,9,600", "source": "", "edition": 1})
    assert refused.status_code == 422 and "第 2 行是 3 格，表头是 2 格" in refused.content.decode()
    kept = cadre.post(page, {"title": "支出", "pasted": PASTED, "source": "村账目", "edition": 1})
    assert kept.status_code == 302 and block_of(bulletin).text == "支出"
    assert "路灯" in cadre.get(reverse("bulletins:draft", args=[bulletin.pk])).content.decode()
    gap = bulletin.blocks.get(origin="gap:money")
    assert cadre.get(reverse("bulletins:table", args=[bulletin.pk, gap.pk])).status_code == 404
    assert cadre.get(reverse("bulletins:block", args=[bulletin.pk, block_of(bulletin).pk])).status_code == 302
    bulletin = desk.published()
    piece = 1 + [b["origin"] for b in queries.standing_blocks(bulletin)].index(ORIGIN)
    page = reverse("bulletins:correct", args=[bulletin.pk, piece])
    key = "c0dec0de-c0de-c0de-c0de-c0dec0dec0de"
    said = {"text": PASTED.replace("12盏", "9盏"), "reason": "装的是 9 盏", "key": key}
    assert cadre.post(page, said).status_code == 302
    bulletin.refresh_from_db()
    assert "9盏" in str(queries.standing_blocks(bulletin))
