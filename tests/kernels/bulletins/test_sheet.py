"""The printed sheet says what was published and carries its seal; anybody checks it, and reads what became of it."""

import io

import docx
import pytest
from django.test import Client
from django.urls import reverse

from tests.commons.documents.conftest import mm, printed, read, text_of
from tests.kernels.bulletins.conftest import Desk
from tests.kernels.bulletins.test_publish import corrected, tamper
from tests.kernels.matters.conftest import MORNING
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.commons.access.models import Account
from xianglin.kernels.bulletins import queries
from xianglin.kernels.bulletins.models import Bulletin, Version


@pytest.fixture
def visitor(settings: object) -> Client:
    settings.ALLOWED_HOSTS = ["testserver", "yuhua.example"]  # type: ignore[attr-defined]
    return Client()


def address(bulletin: Bulletin, version: int | None = None) -> str:
    page = reverse("bulletins:sheet", args=[bulletin.area.code, bulletin.pk])
    return f"{page}?version={version}" if version else page


def today_said() -> str:
    return f"{MORNING.year}年{MORNING.month}月{MORNING.day}日"


def checked(visitor: Client, version: Version) -> str:
    told = visitor.get(reverse("bulletins:check"), {"seal": version.hash[: queries.SEAL]})
    assert told.status_code == 200
    return told.content.decode()


def test_what_the_paper_says(desk: Desk, visitor: Client) -> None:
    bulletin = desk.published()
    told = visitor.get(address(bulletin))
    assert (told.status_code, told["Content-Type"]) == (200, "application/pdf")
    assert "inline" in told["Content-Disposition"] and "1%E7%89%88.pdf" in told["Content-Disposition"]
    version = bulletin.versions.get()
    words = text_of(told.content)
    for said in (
        f"玉华村{MORNING.year}年{MORNING.month}月村情发布稿",
        "安吉县",
        *("一、上期反馈", "二、本月工作", "三、重大事务与财务", "四、回应关切"),
        "本月新装路灯12盏，花了3000元。",
        "这个月没有。",
        f"{today_said()}村监委钱监委过目",
        f"{today_said()}{version.by_name}公布，第1版",
        f"封签{queries.seal(version)}".replace(" ", ""),
        version.hash,
        f"http://testserver/check/?seal={version.hash[:16]}",
    ):
        assert said in words, said
    reader = read(told.content)
    assert all(28 <= mm(piece.x) + 0.1 <= 184 for piece in printed(reader, 0))


def test_the_link_on_it_opens_the_check_of_the_host_where_it_was_printed(desk: Desk, visitor: Client) -> None:
    bulletin = desk.published()
    words = text_of(visitor.get(address(bulletin), headers={"host": "yuhua.example"}).content)
    assert "http://yuhua.example/check/?seal=" in words
    assert "http://testserver" not in words
    assert visitor.get(address(bulletin), headers={"host": "elsewhere.example"}).status_code == 400


def test_a_correction_stands_on_it_in_words(desk: Desk, visitor: Client) -> None:
    bulletin = desk.published()
    corrected(desk, bulletin)
    new, old = text_of(visitor.get(address(bulletin)).content), text_of(visitor.get(address(bulletin, 1)).content)
    assert f"{today_said()}公布12盏，" in new and "改为9盏。原因：核对清单，装的是9盏。" in new and "第2版" in new
    assert "本月新装路灯9盏" in new and "更正" in new
    assert "本月新装路灯12盏" in old and "后来更正过，现在是第2版" in old and "五、更正" not in old


def test_anybody_checks_it(desk: Desk, visitor: Client) -> None:
    bulletin = desk.published()
    assert "是最新的一版" in checked(visitor, bulletin.versions.get())
    corrected(desk, bulletin)
    first, second = bulletin.versions.order_by("number")
    page = checked(visitor, first)
    assert "但这是旧的一版" in page and "改为 9盏" in page and "核对清单，装的是 9 盏" in page
    assert "是最新的一版" in checked(visitor, second)
    page = visitor.get(reverse("bulletins:check"), {"seal": "0000 0000 0000 0000"}).content.decode()
    assert "没有公布过这个封签" in page


def test_what_was_altered_is_neither_confirmed_nor_printed(desk: Desk, visitor: Client) -> None:
    bulletin = desk.published()
    corrected(desk, bulletin)
    assert visitor.get(address(bulletin)).status_code == 200  # and kept
    first, second = bulletin.versions.order_by("number")
    tamper("UPDATE bulletins_version SET changes = '[]' WHERE number = 2")
    assert "后来的版本对不上" in checked(visitor, first)
    assert "对不上：公布以后" in checked(visitor, second)
    refused = visitor.get(address(bulletin))
    assert refused.status_code == 422 and "不能打印" in refused.content.decode()
    tamper("DELETE FROM bulletins_version WHERE number = 2")
    assert "后来的版本对不上" in checked(visitor, first)


@pytest.mark.parametrize("version", ["9", "x", "０", "9" * 4000, "-1"])
def test_a_version_that_is_none(desk: Desk, visitor: Client, version: str) -> None:
    bulletin = desk.published()
    page = reverse("bulletins:sheet", args=[bulletin.area.code, bulletin.pk])
    assert visitor.get(page, {"version": version}).status_code == (404 if version == "9" else 200)


def test_nothing_is_printed_before_it_is_published(desk: Desk, visitor: Client) -> None:
    bulletin = desk.reviewed()
    assert visitor.get(address(bulletin)).status_code == 404
    cadre = as_account(Account.objects.get(pk=desk.here.cadre.account_id))
    with clock.living_at(MORNING):
        assert cadre.get(reverse("bulletins:sheet_to_write", args=[bulletin.pk])).status_code == 404


def test_as_docx_for_those_who_see_the_draft(desk: Desk, visitor: Client) -> None:
    bulletin = desk.published()
    page = reverse("bulletins:sheet_to_write", args=[bulletin.pk])
    cadre = as_account(Account.objects.get(pk=desk.here.cadre.account_id))
    told = cadre.get(page)
    paper = docx.Document(io.BytesIO(told.content))
    assert "一、上期反馈" in [line.text for line in paper.paragraphs]
    assert queries.seal(bulletin.versions.get()) in paper.tables[0].rows[0].cells[1].text
    assert visitor.get(page).status_code == 302


def test_the_paper_is_chinese_whatever_its_reader_chose(desk: Desk, visitor: Client, settings: object) -> None:
    bulletin = desk.published()
    corrected(desk, bulletin)
    chinese = visitor.get(address(bulletin)).content
    visitor.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"  # type: ignore[attr-defined]
    assert visitor.get(address(bulletin)).content == chinese
