"""Who may enter which page, who the frame names, one's devices, one's posts."""

import datetime as dt
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, include, path

from tests.support.cast import PHONES, SINCE, SYSTEM, Cast, actor_of, as_account
from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.base.pages import seen_by
from xianglin.base.registry import MenuItem
from xianglin.commons.access import actions, jobs, middleware, queries, rules
from xianglin.commons.access.models import Device, LoginCode, Tally

from .conftest import Box

AUDIENCES = {
    "everyone": ("everyone",),
    "receipt": ("receipt",),
    "account": ("account",),
    "staff": ("staff",),
    "demo": ("demo",),
    "system": ("system",),
    "clerks": ("town_clerk", "village_cadre"),
}


def _page(audience: tuple[str, ...]) -> Any:
    @seen_by(*audience)
    def view(request: HttpRequest) -> HttpResponse:
        who = request.who
        return HttpResponse(f"{request.actor.ref}|{who.name}|{who.place}|{who.audience}" if who else "nobody")

    return view


def unmarked(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


urlpatterns = [
    *(path(f"t/{name}/", _page(audience), name=name) for name, audience in AUDIENCES.items()),
    path("t/unmarked/", unmarked),
    path("", include("xianglin.config.urls")),
]
handler403 = "xianglin.ui.errors.forbidden"
handler404 = "xianglin.ui.errors.not_found"


@pytest.fixture
def pages() -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__):
        yield


@pytest.mark.parametrize(
    ("who", "opens"),
    [
        # everyone, receipt, account, staff, demo, system, clerks
        ("nobody", [200, 200, 302, 302, 404, 404, 302]),
        ("villager", [200, 200, 200, 404, 404, 404, 404]),
        ("village_cadre", [200, 200, 200, 200, 404, 404, 200]),
        ("county_admin", [200, 200, 200, 200, 404, 404, 404]),
    ],
)
def test_who_may_enter(pages: None, cast: Cast, settings: Any, who: str, opens: list[int]) -> None:
    settings.DEMO = False
    client = Client() if who == "nobody" else as_account(getattr(cast, who))
    assert [client.get(f"/t/{name}/").status_code for name in AUDIENCES] == opens
    assert client.get("/t/unmarked/").status_code == 403


def test_demo_pages_open_in_demo_mode(pages: None, db: None, client: Client, settings: Any) -> None:
    settings.DEMO = True
    assert client.get("/t/demo/").status_code == 200


def test_nobody_is_led_to_log_in_and_back(pages: None, db: None, client: Client) -> None:
    assert client.get("/t/account/?a=1")["Location"] == "/login/?next=%2Ft%2Faccount%2F%3Fa%3D1"
    assert client.post("/t/account/")["Location"] == "/login/"
    piece = client.get("/t/account/", headers={"HX-Request": "true"})
    assert piece["HX-Redirect"].startswith("/login/")


def test_the_frame_names_the_reader(pages: None, cast: Cast) -> None:
    told = as_account(cast.town_clerk).get("/t/everyone/").content.decode()
    assert told == f"account:{cast.town_clerk.pk}|陈晓雯|鄣吴镇|staff"
    assert as_account(cast.villager).get("/t/everyone/").content.decode().endswith("|玉华村|villager")
    assert Client().get("/t/everyone/").content.decode() == "nobody"


def test_a_visitor_costs_no_query_and_a_member_three(pages: None, cast: Cast, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        Client().get("/t/everyone/")
    client = as_account(cast.town_clerk)
    client.get("/t/everyone/")
    with django_assert_num_queries(3):  # session, account, grants
        client.get("/t/clerks/")


def test_every_address_says_who_may_see_it(db: None) -> None:
    missing = [f"{name}" for name, view in _views(get_resolver()) if not getattr(view, "seen_by", ())]
    assert missing == []


def _views(resolver: Any, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _views(entry, prefix + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.pattern), entry.callback


@pytest.mark.parametrize(
    ("proxies", "header", "seen"),
    [
        (0, "1.2.3.4", "9.9.9.9"),
        (1, "1.2.3.4, 5.6.7.8", "5.6.7.8"),
        (2, "6.6.6.6, 1.2.3.4, 5.6.7.8", "1.2.3.4"),
        (1, "", "9.9.9.9"),
        (2, "1.2.3.4", "9.9.9.9"),
    ],
)
def test_a_forwarded_address_is_believed_only_from_our_own_proxies(
    settings: Any, proxies: int, header: str, seen: str
) -> None:
    settings.ACCESS_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="9.9.9.9", headers={"X-Forwarded-For": header})
    assert middleware.remote_address(request) == seen


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("9.9.9.9", "9.9.9.9"),
        ("9.9.9.9:54321", "9.9.9.9"),
        ("::ffff:9.9.9.9", "9.9.9.9"),
        ("2001:db8:0:7::1", "2001:db8:0:7::/64"),
        ("2001:db8:0:7:ffff:ffff:ffff:ffff", "2001:db8:0:7::/64"),
        ("[2001:db8:0:7::1]:443", "2001:db8:0:7::/64"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_who_can_choose_their_address_freely_is_one(address: str, seen: str) -> None:
    assert middleware.network(address) == seen


DAY = 86_400


@pytest.mark.parametrize(
    ("who", "by", "stood", "stays"),
    [
        ("villager", "phone", 80 * DAY, True),
        ("villager", "phone", 91 * DAY, False),
        ("village_cadre", "phone", 6 * DAY, True),
        ("village_cadre", "phone", 8 * DAY, False),
        ("town_clerk", "password", 7 * 3600, True),
        ("town_clerk", "password", 9 * 3600, False),
    ],
)
def test_who_stood_idle_too_long_logs_in_again(
    pages: None, cast: Cast, who: str, by: str, stood: int, stays: bool
) -> None:
    client = idle_for(as_account(getattr(cast, who)), by, stood)
    assert client.get("/t/account/").status_code == (200 if stays else 302)
    assert ("_auth_user_id" in client.session) is stays


def idle_for(client: Client, by: str, seconds: int) -> Client:
    session = client.session
    session.update({"access_by": by, "access_seen": int(time.time()) - seconds})
    session.set_expiry(90 * DAY)
    session.save()
    return client


def test_a_villagers_long_session_does_not_become_a_cadres(pages: None, cast: Cast) -> None:
    """Whenever the grant begins: what the account may do today says how long it may stand."""
    tomorrow = clock.today() + dt.timedelta(days=1)
    actions.grant(cast.places.village, actor=SYSTEM, account=cast.villager, role="village_cadre", from_on=tomorrow)
    used, left = (idle_for(as_account(cast.villager), "phone", n * DAY) for n in (1, 10))
    assert used.get("/t/account/").status_code == 200
    assert used.session.get_expiry_age() > 80 * DAY
    idle_for(used, "phone", DAY)
    with clock.living_at(clock.now() + dt.timedelta(days=1)):
        assert used.get("/t/clerks/").status_code == 200
        assert used.session.get_expiry_age() <= 7 * DAY
        assert left.get("/t/clerks/").status_code == 302


def test_menu_entries_show_where_their_page_opens(pages: None, cast: Cast) -> None:
    def shown(account: Any, item: MenuItem) -> bool:
        request = RequestFactory().get("/")
        request.actor, request.session = actor_of(account), {}
        return bool(hooks.may_see_menu(request, item))

    staff, clerks = MenuItem("s", "s", "staff", "me"), MenuItem("c", "c", "clerks", "me")
    assert [shown(cast.villager, staff), shown(cast.county_admin, staff)] == [False, True]
    assert [shown(cast.county_admin, clerks), shown(cast.town_clerk, clerks)] == [False, True]
    for_clerks = MenuItem("r", "r", "staff", "me", roles=("town_clerk",))
    assert [shown(cast.county_admin, for_clerks), shown(cast.town_clerk, for_clerks)] == [False, True]
    assert not shown(cast.town_clerk, MenuItem("x", "x", "no:such", "me"))
    assert not shown(cast.town_clerk, MenuItem("p", "p", "staff", "me", programme="briefing"))


def test_several_posts_and_the_one_worked_under(pages: None, cast: Cast) -> None:
    second = actions.grant(
        cast.places.far_town, actor=SYSTEM, account=cast.town_clerk, role="town_clerk", from_on=SINCE
    )
    foreign = cast.town_inspector.grants.get()
    client = as_account(cast.town_clerk)
    assert "鄣吴镇" in client.get("/t/staff/").content.decode()
    page = client.get("/access/devices/").content.decode()
    assert [f'value="{grant.pk}"' in page for grant in cast.town_clerk.grants.all()] == [True, True]
    assert "泗安镇 镇村务办" in page
    chosen = {"grant": second.pk, "next": "/t/staff/"}
    assert client.post("/access/working/", chosen)["Location"] == "/t/staff/"
    assert "泗安镇" in client.get("/t/staff/").content.decode()
    assert client.post("/access/working/", {"grant": foreign.pk}).status_code == 404
    actions.end_grant(second, actor=SYSTEM)
    assert "鄣吴镇" in client.get("/t/staff/").content.decode()


def test_home_area(cast: Cast) -> None:
    assert queries.home_area(actor_of(cast.county_officer)) == cast.places.county
    assert queries.home_area(actor_of(cast.villager)) == cast.places.village
    assert queries.home_area(Actor("receipt", "x")) is None


def test_devices_are_listed_and_ended_from_elsewhere(cast: Cast, box: Box) -> None:
    agents = ("Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0", "Mozilla/5.0 (Windows NT 10.0)")
    phone, desk = (Client(headers={"User-Agent": agent}) for agent in agents)
    for client in (phone, desk):
        Tally.objects.all().delete()
        client.post("/login/", {"phone": PHONES["villager"]})
        client.post("/login/code/", {"phone": PHONES["villager"], "code": box.code})
    page = desk.get("/access/devices/").content.decode()
    assert "安卓手机（微信里）" in page
    assert "Windows" in page
    there = Device.objects.get(label__contains="安卓")
    assert as_account(cast.village_cadre).post(f"/access/devices/{there.pk}/end/").status_code == 404
    assert desk.post(f"/access/devices/{there.pk}/end/").status_code == 302
    assert phone.get("/access/devices/").status_code == 302
    assert desk.get("/access/devices/").status_code == 200


def test_logging_out_is_a_post(cast: Cast) -> None:
    client = as_account(cast.villager)
    assert client.get("/logout/").status_code == 405
    assert "_auth_user_id" in client.session
    client.post("/logout/")
    assert "_auth_user_id" not in client.session


def test_the_night_sweeps_what_ran_out(cast: Cast, box: Box) -> None:
    client = Client()
    client.post("/login/", {"phone": PHONES["villager"]})
    client.post("/login/code/", {"phone": PHONES["villager"], "code": box.code})
    jobs.sweep.func()
    assert (Device.objects.count(), LoginCode.objects.count(), Tally.objects.count() > 0) == (1, 1, True)
    client.session.flush()
    LoginCode.objects.update(sent_at="2020-01-01T00:00Z")
    Tally.objects.update(until="2020-01-01T00:00Z")
    jobs.sweep.func()
    assert (Device.objects.count(), LoginCode.objects.count(), Tally.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("where", ["/login/", "/login/password/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_are_in_the_frame(db: None, client: Client, where: str, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.get(where)
    assert page.status_code == 200
    assert '<main id="main">' in page.content.decode()
    assert f'lang="{"en" if language == "en" else "zh-CN"}"' in page.content.decode()


def test_subjects_of_no_place() -> None:
    assert rules.place_of(SimpleNamespace(kind="x")) is None
