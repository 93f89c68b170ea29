"""The search page: what it finds, how it shows it, and what it tells to whom finds nothing."""

import datetime as dt
import logging
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse

from tests.kernels.matters.conftest import ANSWER, MORNING, Village, build_village, receipt_of
from tests.support.cast import as_account
from xianglin.base import clock, logs
from xianglin.base.actor import Actor
from xianglin.commons.access.limits import Limit
from xianglin.commons.access.models import Account
from xianglin.commons.search.declare import REGISTRY, Searchable, Told
from xianglin.commons.search.documents import index
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import Matter
from xianglin.portal import views_search


@pytest.fixture
def here(db: None) -> Iterator[Village]:
    with clock.living_at(MORNING):
        yield build_village()


def on_board(here: Village, title: str, cadre: Actor | None = None, **said: object) -> Matter:
    matter = here.say(**said)
    return actions.triage_matter(matter, actor=cadre or here.cadre, title=title, category="", public=True)


def page(client: Client | None = None, *, status: int = 200, **asked: object) -> str:
    told = (client or Client()).get(f"{reverse('portal:search')}?{urlencode(asked)}")
    assert told.status_code == status
    return str(told.content.decode())


def browser(actor: Actor) -> Client:
    return as_account(Account.objects.get(pk=actor.account_id))


def test_a_hit_says_what_where_when_and_marks_the_word(here: Village) -> None:
    matter = actions.assign_matter(
        on_board(here, "8 组桥头灯不亮"), actor=here.cadre, account_id=here.second.account_id
    )
    actions.answer_matter(matter, actor=here.second, text=ANSWER)
    told = page(q="桥头")
    assert reverse("matters:public", args=[matter.area.code, matter.serial]) in told
    assert "8 组<mark>桥头</mark>灯不亮" in told
    assert "事项" in told and "玉华村" in told and "3 月 10 日" in told and "找到 1 条" in told
    assert "换了<mark>灯头</mark>和线" in page(q="灯头")
    assert "<mark>8 组</mark>" in page(q="8组")


def test_what_is_typed_and_what_is_found_are_shown_as_text(here: Village) -> None:
    on_board(here, "<u>路灯</u> & <i>")
    told = page(q="<script>路灯")
    assert "<script>" not in told and "&lt;script&gt;路灯" in told
    assert "<u>" not in told
    assert "&lt;u&gt;<mark>路灯</mark>&lt;/u&gt; &amp;" in page(q="路灯")


def test_nothing_found_says_what_to_do_next(here: Village) -> None:
    on_board(here, "塔上路灯", cadre=None)
    told = page(q="竹林", area=here.cast.places.beside_village.code)
    assert "没有找到" in told and "到所有地方找" in told and "说一句" in told
    assert reverse("matters:say", args=[here.cast.places.beside_village.code]) in told
    assert "没有找到" in page(q="竹林")
    assert "没有能找的字" in page(q="！？")
    assert "没有找到" not in page()


def test_here_or_in_what_lies_above_or_everywhere(here: Village) -> None:
    at = here.cast.places
    on_board(here, "玉华路灯")
    on_board(here, "鄣吴路灯", cadre=here.beside, place=at.beside_village)
    village = page(q="路灯", area=at.village.code)
    assert "玉华" in village and "鄣吴<mark>" not in village
    assert f"area={at.town.code}" in village and f"area={at.county.code}" in village
    assert f'area={at.province.code}"' not in village
    town = page(q="路灯", area=at.town.code)
    assert "玉华<mark>" in town and "鄣吴<mark>" in town and "找到 2 条" in town
    assert "没有找到" in page(q="路灯", area=at.next_county.code)
    assert "找到 2 条" in page(q="路灯")
    page(q="路灯", area="99", status=404)


def test_only_one_kind(here: Village) -> None:
    on_board(here, "玉华路灯")
    assert "找到 1 条" in page(q="路灯", kind="matters.matter")
    assert "没有找到" in page(q="路灯", kind="bulletins.bulletin")
    assert "找到 1 条" in page(q="路灯", kind="no-such-kind")


def test_twenty_a_page_and_the_next_ones_behind_them(here: Village) -> None:
    kind = Searchable("tests.note", "话", Account.objects.all, lambda row: told[row.pk], ())
    told = {
        nth: Told(f"路灯 {nth:03d} 号", "", f"/{nth}/", MORNING - dt.timedelta(hours=nth), here.place)
        for nth in range(130)
    }
    index(kind, [Account(pk=nth) for nth in told])
    client, seen = Client(), []
    address = f"{reverse('portal:search')}?{urlencode({'q': '路灯', 'area': here.place.code})}"
    first = client.get(address).content.decode()
    assert "找到 99+ 条" in first
    while address:
        answer = client.get(address)
        seen += [document.url for document, *_ in answer.context["rows"]]
        assert len(answer.context["rows"]) <= 20
        address = answer.context["more_url"] and answer.context["more_url"]
        assert "offset" not in address and "page=" not in address
    assert seen == [f"/{nth}/" for nth in range(130)]
    assert "tests.note" not in REGISTRY, "a kind that no room declares (any more) is shown without its name"
    for nonsense in ("x", "-1", "9" * 40, "１"):
        assert "路灯" in page(q="路灯", after=nonsense)


def test_one_character_says_that_titles_are_searched(here: Village) -> None:
    on_board(here, "水池没有盖子")
    told = page(q="水")
    assert "<mark>水</mark>池没有盖子" in told and "一个字只在标题里找" in told
    assert "一个字只在标题里找" in page(q="井")
    assert "一个字只在标题里找" not in page(q="水池")


def test_what_is_no_longer_public_is_found_by_nobody(here: Village) -> None:
    matter = on_board(here, "桥头灯不亮")
    actions.withdraw_matter(matter, actor=receipt_of(matter))
    for client in (Client(), browser(here.cadre), browser(here.clerk)):
        assert "没有找到" in page(client, q="桥头")


def test_the_villages_page_and_the_desk_lead_to_it(here: Village) -> None:
    at = here.cast.places
    board = Client().get(reverse("portal:village", args=[at.village.code])).content.decode()
    assert f'action="{reverse("portal:search")}"' in board and f'name="area" value="{at.village.code}"' in board
    desk = browser(here.clerk).get(reverse("portal:today")).content.decode()
    assert 'id="top-q"' in desk and f'name="area" value="{at.town.code}"' in desk
    assert "desk" in page(browser(here.clerk), q="路灯") and 'class="phone"' in page(q="路灯")


def test_in_english_too(here: Village) -> None:
    on_board(here, "桥头灯不亮")
    client = Client()
    client.cookies["django_language"] = "en"
    assert 'lang="en"' in page(client, q="桥头") and "<mark>桥头</mark>" in page(client, q="桥头")


def test_the_words_are_in_no_log(here: Village, caplog: pytest.LogCaptureFixture) -> None:
    on_board(here, "桥头灯不亮")
    with caplog.at_level(logging.DEBUG):
        page(q="桥头灯")
        page(q="低保", area="99", status=404)
    lines = [record for record in caplog.records if record.name != "django.db.backends"]
    assert any("/search/" in record.getMessage() for record in lines)
    assert not [line for line in lines if "桥头" in line.getMessage() or "低保" in line.getMessage()]
    assert not [line for line in lines if "%E" in line.getMessage()]
    told = logs.without_secrets('"GET /search/?q=%E4%BD%8E%E4%BF%9D&area=330523 HTTP/1.1"')  # as a server writes it
    assert "%E4" not in told and "area=330523" in told


def test_who_is_not_logged_in_searches_so_often_and_no_more(here: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views_search, "SEARCHING", Limit("search", 3, 600))
    on_board(here, "桥头灯不亮")
    client = Client()
    for _nth in range(3):
        assert "找到 1 条" in page(client, q="桥头")
    told = page(client, q="桥头", status=429)
    assert "搜得太快了" in told and 'value="桥头"' in told and "<mark>" not in told
    assert page(client), "the empty page counts for nothing"
    assert "找到 1 条" in page(browser(here.cadre), q="桥头")
