"""The demonstration's doors: open in demo mode, closed everywhere else."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from tests.support.cast import SYSTEM, Cast
from xianglin.commons.access import actions, doors, queries
from xianglin.commons.access.models import DemoDoor


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


@pytest.fixture
def door(cast: Cast) -> DemoDoor:
    return doors.put_door("cadre", label="村干部", blurb="玉华村", order=2, account=cast.village_cadre)


def test_one_press_and_one_stands_in_their_shoes(client: Client, demo: None, door: DemoDoor, cast: Cast) -> None:
    assert client.post("/demo/enter/cadre/").status_code == 302
    assert int(client.session["_auth_user_id"]) == cast.village_cadre.pk


def test_from_one_door_to_the_next(client: Client, demo: None, door: DemoDoor, cast: Cast) -> None:
    doors.put_door("clerk", label="镇村务办", order=1, account=cast.town_clerk)
    client.post("/demo/enter/cadre/")
    client.post("/demo/enter/clerk/")
    assert int(client.session["_auth_user_id"]) == cast.town_clerk.pk
    assert queries.devices_of(cast.village_cadre.pk) == []
    assert [one.persona for one in queries.demo_doors()] == ["clerk", "cadre"]


def test_closed_outside_demo_mode(client: Client, settings: Any, door: DemoDoor) -> None:
    settings.DEMO = False
    for persona in ("cadre", "nobody"):
        assert client.post(f"/demo/enter/{persona}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_only_by_post_and_only_real_doors(client: Client, demo: None, door: DemoDoor, cast: Cast) -> None:
    assert client.get("/demo/enter/cadre/").status_code == 405
    assert client.post("/demo/enter/stranger/").status_code == 404
    actions.close_account(cast.village_cadre, actor=SYSTEM)
    assert client.post("/demo/enter/cadre/").status_code == 404


def test_another_room_may_declare_what_a_door_opens(client: Client, demo: None, db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(doors, "OPENERS", dict(doors.OPENERS))

    @doors.opener("t_receipt")
    def open_receipt(request: HttpRequest, door: DemoDoor) -> HttpResponse:
        return HttpResponse(door.opens_with)

    doors.put_door("receipt", label="没登录的村民", opens="t_receipt", opens_with="AB-12")
    assert client.post("/demo/enter/receipt/").content == b"AB-12"
    doors.put_door("receipt", label="没登录的村民", opens="t_unknown")
    assert client.post("/demo/enter/receipt/").status_code == 404
