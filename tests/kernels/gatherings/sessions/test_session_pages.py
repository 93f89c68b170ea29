"""One press to sign up; the list; the code at the door. Without JavaScript."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.kernels.gatherings import actions
from xianglin.kernels.gatherings import queries_sessions as queries
from xianglin.kernels.gatherings.models import Gathering, State
from xianglin.kernels.gatherings.rules_sessions import Guest

from .conftest import Garden, at, day, seats_of


def browser(who: Actor) -> Client:
    return as_account(Account.objects.get(pk=who.account_id))


def page(name: str, walk: Gathering, *more: Any) -> str:
    return reverse(f"gatherings:{name}", args=[walk.pk, *more])


def post(client: Client, address: str, **data: Any) -> Any:
    return client.post(address, {"key": uuid.uuid4(), **data})


def test_signed_up_by_one_press_and_left_by_another(garden_here: Garden) -> None:
    walk, client = garden_here.walk(seats=1), browser(garden_here.actor("甲"))
    shown = client.get(page("session", walk)).content.decode()
    assert "还有 1 个座，共 1 个" in shown and "报名" in shown and "办这一场" not in shown
    assert post(client, page("sign_up", walk)).status_code == 302
    assert "您报名了，1 号座" in client.get(page("session", walk)).content.decode()
    second = browser(garden_here.actor("乙"))
    assert "排候补" in second.get(page("session", walk)).content.decode()
    post(second, page("sign_up", walk))
    assert "排第一个" in second.get(page("session", walk)).content.decode()
    post(client, page("leave", walk))
    assert seats_of(walk) == {"乙": 1}
    assert post(client, page("leave", walk)).status_code == 302, "gone already"


def test_too_late_is_said_on_the_page(garden_here: Garden) -> None:
    walk, client = garden_here.walk(), browser(garden_here.actor("甲"))
    with clock.living_at(at(2, 14, 30)):
        answer = post(client, page("sign_up", walk))
    assert answer.status_code == 422 and "报名截止了" in answer.content.decode()


def test_its_holder_does_everything_from_pages(garden_here: Garden) -> None:
    walk, client = garden_here.walk(seats=1), browser(garden_here.clerk)
    assert "办这一场" in client.get(page("session", walk)).content.decode()
    post(client, page("session_deed", walk, "other"), name="陈阿婆", phone="139 8888 7777", by_phone="on")
    post(client, page("session_deed", walk, "seats"), seats="3")
    post(client, page("session_deed", walk, "hours"), hours="2.5")
    moved = {"on": day(3).isoformat(), "at": "09:00", "ends_at": "11:00", "venue": "山上", "reason": "下雨"}
    assert post(client, page("session_deed", walk, "move"), **moved).status_code == 302
    listed = client.get(page("roll", walk)).content.decode()
    assert "陈阿婆" in listed and "13988887777" in listed and "电话里报的" in listed
    assert "改到" in client.get(page("session", walk)).content.decode()
    (row,) = queries.roll(walk)
    with clock.living_at(at(3, 8, 30)):
        assert "<img" in client.get(page("code", walk)).content.decode()
        post(client, page("mark", walk, row.registration.pk), present="yes")
        assert "到了" in client.get(page("roll", walk)).content.decode()
        post(client, page("session_deed", walk, "let-in"), name="老徐")
    with clock.living_at(at(3, 11)):
        post(client, page("session_deed", walk, "end"))
        assert "记 2.5 课时" in client.get(page("roll", walk)).content.decode()
        post(client, page("mark", walk, row.registration.pk), present="no", reason="看错人了")
        assert "改过：看错人了" in client.get(page("roll", walk)).content.decode()
    walk.refresh_from_db()
    assert (walk.state, walk.seats, queries.count_here(walk)) == (State.ENDED, 3, 1)


def test_nothing_typed_is_lost(garden_here: Garden) -> None:
    walk, client = garden_here.walk(), browser(garden_here.clerk)
    moved = {"on": day(500).isoformat(), "at": "09:00", "ends_at": "11:00", "venue": "山上", "reason": "下雨"}
    answer = post(client, page("session_deed", walk, "move"), **moved)
    assert answer.status_code == 422 and "山上" in answer.content.decode()


def test_called_off_the_reason_stands_there(garden_here: Garden) -> None:
    walk, client = garden_here.walk(), browser(garden_here.clerk)
    post(client, page("session_deed", walk, "call-off"), reason="园子封了")
    shown = browser(garden_here.actor("甲")).get(page("session", walk)).content.decode()
    assert "不办了：园子封了" in shown and "sign-up" not in shown


def test_at_the_door(garden_here: Garden) -> None:
    walk, client = garden_here.walk(seats=1), browser(garden_here.actor("甲"))
    address = page("here", walk, walk.code)
    assert Client().get(address).status_code == 302, "to log in, and back"
    assert client.get(page("here", walk, "guessed")).status_code == 404
    assert "现在不能签到" in client.get(address).content.decode()
    with clock.living_at(at(2, 13)):
        assert "我到了" in client.get(address).content.decode()
        assert post(client, address).status_code == 302
        assert "签到了，1 号座" in client.get(address).content.decode()
        late = browser(garden_here.actor("乙"))
        answer = post(late, address)
    assert answer.status_code == 422 and "座位满了" in answer.content.decode()


@pytest.mark.parametrize("name", ["roll", "code"])
def test_the_list_is_not_everybodys(garden_here: Garden, name: str) -> None:
    walk = garden_here.walk()
    assert browser(garden_here.actor("甲")).get(page(name, walk)).status_code == 404
    assert browser(garden_here.clerk).get(page(name, walk)).status_code == 200


def test_who_signs_others_up_sees_whom_but_no_telephone(garden_here: Garden) -> None:
    walk, cadre = garden_here.walk(), browser(garden_here.here.cadre)
    post(cadre, page("session_deed", walk, "other"), name="陈阿婆", phone="13988887777")
    listed = cadre.get(page("roll", walk)).content.decode()
    assert "陈阿婆" in listed and "13988887777" not in listed and "退掉" not in listed


def test_a_session_is_no_conference(garden_here: Garden) -> None:
    walk = garden_here.walk()
    assert browser(garden_here.clerk).get(reverse("gatherings:desk", args=[walk.pk])).status_code == 404
    assert browser(garden_here.clerk).get(reverse("gatherings:deed", args=[walk.pk, "cancel"])).status_code == 404


def test_the_list_asks_no_more_for_more_people(garden_here: Garden) -> None:
    walk, client = garden_here.walk(seats=5), browser(garden_here.clerk)

    def asked(name: str) -> int:
        client.get(page(name, walk))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(name, walk)).status_code == 200
        return len(captured)

    def grow(*names: str) -> None:
        for name in names:
            actions.sign_up_other(walk, actor=garden_here.clerk, guest=Guest(name))

    grow("甲", "乙")
    few = [asked(name) for name in ("roll", "session")]
    grow("丙", "丁", "戊", "己", "庚", "辛")
    assert [asked(name) for name in ("roll", "session")] == few
    assert max(few) <= 20, few


def test_english(garden_here: Garden) -> None:
    walk, client = garden_here.walk(), browser(garden_here.clerk)
    client.cookies["django_language"] = "en"
    assert client.get(page("session", walk)).status_code == 200
    assert walk.on - dt.timedelta(days=2) == day(0)
