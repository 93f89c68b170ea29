import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client

from xianglin.base import hooks
from xianglin.base.registry import MenuItem
from xianglin.ui import views

INLINE = re.compile(r"<[^>]*\sstyle=|<style|<script(?![^>]*\ssrc=)|<[^>]*\son[a-z]+=", re.IGNORECASE)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", ["normal", "elder", "max"])
def test_components_in_every_size_and_language(visitor, language, size):
    visitor.cookies.load({"django_language": language, "size": size})
    answer = visitor.get("/components/")
    assert answer.status_code == 200
    assert not INLINE.search(answer.text)
    ids = re.findall(r'\sid="([^"]+)"', answer.text)
    assert sorted(ids) == sorted(set(ids))


def test_every_use_of_the_sprite_has_its_shape(visitor):
    shapes = Path(finders.find("ui/shapes.svg")).read_text(encoding="utf-8")
    used = set(re.findall(r'shapes[^"]*\.svg#([\w-]+)"', visitor.get("/components/").text))
    assert used
    assert all(f'id="{name}"' in shapes for name in used)


def test_every_view_says_who_may_see_it():
    for view in (views.size, views.language, views.components, views.healthz):
        assert view.seen_by == ("everyone",)


def test_the_size_is_remembered_and_the_page_returned_to(visitor):
    answer = visitor.post("/size/", {"size": "elder max", "next": "/components/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/components/?a=1")
    page = visitor.get("/components/")
    assert '<html lang="zh-CN" data-size="elder max"' in page.text
    # what the switch offers next is the normal size
    assert re.search(r'name="size" value="">标准字<', page.text)


def test_an_unknown_size_is_the_normal_one(visitor):
    visitor.post("/size/", {"size": "huge"})
    assert 'data-size="" data-room' in visitor.get("/components/").text


def test_the_language_is_remembered(visitor):
    visitor.post("/language/", {"language": "en", "next": "/components/"})
    assert '<html lang="en"' in visitor.get("/components/").text
    visitor.post("/language/", {"language": "xx"})
    assert '<html lang="zh-CN"' in visitor.get("/components/").text


@pytest.mark.parametrize(
    "away", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
@pytest.mark.parametrize("switch", ["/size/", "/language/"])
def test_a_switch_never_leads_away(visitor, switch, away):
    assert visitor.post(switch, {"next": away})["Location"] == "/"


def test_switches_need_a_post_and_no_token():
    strict = Client(enforce_csrf_checks=True)
    assert strict.get("/size/").status_code == 405
    assert strict.post("/size/", {"size": "elder"}).status_code == 302


@pytest.mark.django_db
def test_healthz_says_well(visitor):
    answer = visitor.get("/healthz/")
    report = json.loads(answer.content)
    assert answer.status_code == 200
    assert report["database"] is True
    assert report["migrations_pending"] == 0
    assert report["jobs_pending"] == 0
    assert report["problems"] == []
    assert report["version"]


@pytest.mark.django_db
def test_healthz_names_pending_migrations(visitor, monkeypatch):
    monkeypatch.setattr("xianglin.ui.health._pending_migrations", lambda: 2)
    answer = visitor.get("/healthz/")
    assert answer.status_code == 503
    assert "xianglin run" in answer.json()["problems"][0]


def _down(*args, **kwargs):
    raise OperationalError("down")


def test_healthz_says_when_the_database_is_away(visitor, monkeypatch):
    monkeypatch.setattr(connection, "cursor", _down)
    answer = visitor.get("/healthz/")
    assert answer.status_code == 503
    assert answer.json()["database"] is False
    assert "数据库" in answer.json()["problems"][0]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/odd/", 400, "这个地址读不懂"),
        ("/denied/", 403, "这一页不给您看"),
        ("/nowhere/", 404, "没有找到这一页"),
        ("/broken/", 500, "出错了，不是您的错"),
    ],
)
def test_error_pages_show_without_a_database(visitor, address, status, words):
    # No database mark: a query would fail the test.
    visitor.cookies["sessionid"] = "a" * 32
    answer = visitor.get(address)
    assert answer.status_code == status
    assert words in answer.text
    assert not INLINE.search(answer.text)


def test_a_foreign_host_gets_its_page_too(visitor):
    answer = visitor.get("/components/", headers={"Host": "evil.example", "Referer": "http://evil.example/x"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.text


def test_the_500_page_tells_the_requests_id(visitor):
    answer = visitor.get("/broken/", headers={"X-Request-ID": "phone-me-42"})
    assert "phone-me-42" in answer.text


def test_the_500_page_survives_its_own_failure(visitor, monkeypatch):
    monkeypatch.setattr("xianglin.ui.errors.render_to_string", _down)
    answer = visitor.get("/broken/", headers={"X-Request-ID": "phone-me-42"})
    assert answer.status_code == 500
    assert "phone-me-42" in answer.text


def test_a_stale_form_is_explained():
    answer = Client(enforce_csrf_checks=True).post("/form/")
    assert answer.status_code == 403
    assert "放得太久" in answer.text


@pytest.fixture
def menu(monkeypatch):
    items = [
        MenuItem("late", "后面的", "ui:components", "list", order=2),
        MenuItem("first", "前面的", "tests-staff", "day", order=1, badge=lambda request: 5),
        MenuItem("programme", "导师帮带", "ui:healthz", "people", order=3, programme="mentoring", tab=False),
        MenuItem("villager", "本村", "ui:components", "home", audience="villager"),
    ]
    monkeypatch.setattr("xianglin.ui.context.MENU", {item.key: item for item in items})


def test_the_menu_is_ordered_and_ones_own(visitor, menu, monkeypatch):
    monkeypatch.setattr(hooks.may_see_menu, "_plug", lambda request, item: True)
    text = visitor.get("/staff/").text
    assert text.index("前面的") < text.index("后面的") < text.index("导师帮带")
    assert "本村" not in text
    assert re.search(r'href="/staff/" aria-current="page">', text)
    assert text.count('<span class="n">5') == 2  # side bar and tabs
    assert text.count("导师帮带") == 1  # not among the tabs
    assert "沈一禾" in text
    assert "交给监委会了" in text


def test_no_menu_without_somebody_who_decides_it(visitor, menu, monkeypatch):
    monkeypatch.setattr(hooks.may_see_menu, "_plug", None)
    assert "前面的" not in visitor.get("/staff/").text


def test_what_may_not_be_seen_is_not_in_the_menu(visitor, menu, monkeypatch):
    monkeypatch.setattr(hooks.may_see_menu, "_plug", lambda request, item: item.key != "first")
    assert "前面的" not in visitor.get("/staff/").text


def test_the_demo_says_so(visitor, settings):
    settings.DEMO = True
    assert "为虚构" in visitor.get("/components/").text
    settings.DEMO = False
    assert "为虚构" not in visitor.get("/components/").text


def test_the_footer_names_the_sponsor(visitor, settings):
    settings.XIANGLIN_SPONSOR = "某县农业农村局"
    assert "某县农业农村局" in visitor.get("/nowhere/").text


@pytest.mark.parametrize(("address", "status"), [("/denied/", 403), ("/nowhere/", 404), ("/odd/", 400)])
def test_htmx_gets_an_error_beside_the_page(visitor, address, status):
    answer = visitor.get(address, headers={"HX-Request": "true"})
    assert answer.status_code == status
    assert answer["HX-Retarget"] == "#spot"
    assert "<html" not in answer.text
