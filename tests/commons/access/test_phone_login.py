"""Villagers and village cadres log in by a code sent to their phone."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests.support.cast import PHONES, SYSTEM, Cast
from xianglin.base import clock
from xianglin.commons.access import actions, limits, phones
from xianglin.commons.access.models import Account, Device, LoginCode, Tally
from xianglin.commons.trail.models import Entry

from .conftest import Box

PHONE, STRANGER = PHONES["villager"], "13900000009"


def ask(client: Client, phone: str = PHONE, **more: Any) -> Any:
    return client.post("/login/", {"phone": phone, "next": "", **more})


def answer(client: Client, code: str, phone: str = PHONE, **more: Any) -> Any:
    return client.post("/login/code/", {"phone": phone, "code": code, **more})


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def inside(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_code_lets_in(client: Client, cast: Cast, box: Box) -> None:
    shown = ask(client, "+86 138-0000-0001")
    assert shown.status_code == 200
    assert "138****0001" in shown.content.decode()
    assert (box.sent[0]["notice"], box.sent[0]["phone"]) == ("access.login_code", PHONE)
    assert len(box.code) == 6
    assert box.code.isdigit()
    landed = answer(client, box.code)
    assert landed.status_code == 302
    assert int(client.session["_auth_user_id"]) == cast.villager.pk
    assert 89 * 86_400 < client.session.get_expiry_age() <= 90 * 86_400
    assert Device.objects.get().account == cast.villager


def test_a_cadres_session_is_shorter(client: Client, cast: Cast, box: Box) -> None:
    ask(client, PHONES["village_cadre"])
    answer(client, box.code, PHONES["village_cadre"])
    assert client.session.get_expiry_age() <= 7 * 86_400


def test_a_code_typed_on_a_chinese_keyboard_works(client: Client, cast: Cast, box: Box) -> None:
    ask(client)
    full_width = "".join(chr(ord(digit) + 0xFEE0) for digit in box.code)
    answer(client, f" {full_width[:3]} {full_width[3:]}")
    assert inside(client)


def test_a_wrong_code_does_not(client: Client, cast: Cast, box: Box) -> None:
    ask(client)
    shown = answer(client, wrong(box.code))
    assert shown.status_code == 422
    assert "验证码不对" in shown.content.decode()
    assert not inside(client)
    answer(client, box.code)
    assert inside(client)


def test_the_sixth_try_fails_even_if_right(client: Client, cast: Cast, box: Box) -> None:
    ask(client)
    for _try in range(5):
        answer(client, wrong(box.code))
    shown = answer(client, box.code)
    assert "作废" in shown.content.decode()
    assert not inside(client)


def test_an_expired_code_does_not(client: Client, cast: Cast, box: Box) -> None:
    ask(client)
    LoginCode.objects.update(expires_at=LoginCode.objects.get().sent_at)
    assert "已过期" in answer(client, box.code).content.decode()
    assert not inside(client)


def test_a_code_lives_five_minutes(client: Client, cast: Cast, box: Box) -> None:
    ask(client)
    row = LoginCode.objects.get()
    assert row.expires_at - row.sent_at == dt.timedelta(minutes=5)


def test_a_code_works_once(client: Client, cast: Cast, box: Box) -> None:
    ask(client)
    answer(client, box.code)
    client.post("/logout/")
    answer(client, box.code)
    assert not inside(client)


def test_a_code_works_only_in_the_browser_that_asked(client: Client, cast: Cast, box: Box) -> None:
    ask(client)
    other = Client()
    answer(other, box.code)
    assert not inside(other)


def test_a_code_works_only_for_its_phone(client: Client, cast: Cast, box: Box) -> None:
    ask(client, STRANGER)
    answer(client, box.code, PHONE)
    assert not inside(client)


@pytest.mark.parametrize("which", [0, 1])
def test_a_second_code_comes_after_a_minute_and_either_works(client: Client, cast: Cast, box: Box, which: int) -> None:
    """Messages may arrive late and in another order; which one somebody holds they cannot tell."""
    ask(client)
    assert "等一分钟" in ask(client).content.decode()
    assert len(box.sent) == 1
    a_minute_later()
    ask(client)
    answer(client, wrong(box.code))
    answer(client, box.sent[which]["variables"]["code"])
    assert inside(client)


def a_minute_later() -> None:
    soon = clock.real_now() + dt.timedelta(seconds=61)
    Tally.objects.filter(until__lte=soon).update(until=clock.real_now())


def from_elsewhere(n: int) -> Client:
    return Client(REMOTE_ADDR=f"2001:db8:0:{n:x}::1")


def test_a_stranger_who_asks_ends_no_code_of_the_owners(client: Client, cast: Cast, box: Box) -> None:
    ask(client)
    owners = box.code
    stranger = from_elsewhere(1)
    assert ask(stranger).status_code == 200
    strangers = box.code
    answer(stranger, owners)  # it opens only where it was asked for
    assert not inside(stranger)
    answer(client, strangers) if strangers != owners else None
    assert not inside(client)
    answer(client, owners)
    assert inside(client)


def test_a_stranger_uses_up_nothing_of_the_owners_minute_hour_or_day(client: Client, cast: Cast, box: Box) -> None:
    stranger = from_elsewhere(1)
    for _n in range(12):
        ask(stranger)
        a_minute_later()
    assert len(box.sent) == limits.CODE_PER_PHONE.times
    ask(stranger)
    assert ask(client).status_code == 200
    answer(client, box.code)
    assert inside(client)


def test_many_strangers_send_one_phone_only_so_many(client: Client, cast: Cast, box: Box) -> None:
    for n in range(limits.CODE_BY_STRANGERS.times + 3):
        shown = ask(from_elsewhere(n))
    assert len(box.sent) == limits.CODE_BY_STRANGERS.times
    assert "请过 60 分钟再试" in shown.content.decode()
    for n in range(limits.CODE_BY_STRANGERS_A_DAY.times):
        limits.forget(limits.CODE_BY_STRANGERS, phones.index_of(PHONE))
        shown = ask(from_elsewhere(100 + n))
    assert len(box.sent) == limits.CODE_BY_STRANGERS_A_DAY.times
    assert "请过 24 小时再试" in shown.content.decode()
    assert ask(from_elsewhere(1), STRANGER).status_code == 200


def test_many_strangers_do_not_keep_the_owner_out_of_their_own_browser(client: Client, cast: Cast, box: Box) -> None:
    ask(client)
    answer(client, box.code)
    client.post("/logout/")
    a_minute_later()
    for n in range(limits.CODE_BY_STRANGERS.times + 1):
        ask(from_elsewhere(n))
    assert ask(from_elsewhere(999)).status_code == 422
    client.defaults["REMOTE_ADDR"] = "10.7.7.7"  # a phone's address changes all the time
    assert ask(client).status_code == 200
    answer(client, box.code)
    assert inside(client)
    assert PHONE not in client.cookies["known_browser"].value


def test_so_many_codes_an_hour_in_all(client: Client, cast: Cast, box: Box, settings: Any) -> None:
    ask(client)
    answer(client, box.code)
    client.post("/logout/")
    a_minute_later()
    settings.ACCESS_CODES_PER_HOUR = 4
    for n in range(6):
        shown = ask(from_elsewhere(n), f"137{n:08d}")
    assert len(box.sent) == 4
    assert shown.status_code == 422
    assert "请过 60 分钟再试；急事请直接打" in shown.content.decode()
    assert ask(client).status_code == 200  # who came in here before is not kept out by it


def test_too_many_codes_to_one_phone(client: Client, cast: Cast, box: Box) -> None:
    for _n in range(6):
        shown = ask(client)
        a_minute_later()
    assert len(box.sent) == 5
    assert "次数太多了。请过 60 分钟再试" in shown.content.decode()
    assert shown.status_code == 422


def test_too_many_codes_from_one_address(client: Client, cast: Cast, box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CODE_PER_ADDRESS", limits.Limit("code-address", 3, 3600))
    for n in range(5):
        ask(client, f"137{n:08d}")
    assert len(box.sent) == 3
    ask(Client(REMOTE_ADDR="10.1.2.3"), STRANGER)
    assert len(box.sent) == 4


def test_an_unknown_phone_gets_the_same_answer_and_an_account(client: Client, cast: Cast, box: Box) -> None:
    known, unknown = ask(Client()), ask(client, STRANGER)
    assert _without_phone(known, PHONE) == _without_phone(unknown, STRANGER)
    answer(client, box.code, STRANGER)
    account = Account.objects.get(phone_index=phones.index_of(STRANGER))
    assert int(client.session["_auth_user_id"]) == account.pk
    assert account.display_name == "139****0009"
    assert not account.grants.exists()


def _without_phone(page: Any, phone: str) -> list[str]:
    text = page.content.decode().replace(phone, "PHONE").replace(phones.mask(phone), "MASK")
    return [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_closed_account_stays_out(client: Client, cast: Cast, box: Box) -> None:
    actions.close_account(cast.villager, actor=SYSTEM)
    ask(client)
    assert "已经停用" in answer(client, box.code).content.decode()
    assert not inside(client)


def test_neither_code_nor_phone_is_stored_or_trailed_in_clear(client: Client, cast: Cast, box: Box) -> None:
    ask(client)
    answer(client, wrong(box.code))
    answer(client, box.code)
    rows = [list(model.objects.values()) for model in (LoginCode, Tally, Entry, Account)]
    stored = json.dumps([*rows, dict(client.session)], default=str)
    assert PHONE not in stored
    # Standing alone: within a hash or after a second's point, six digits are somebody else's.
    assert not re.search(rf"(?<![0-9A-Za-z.]){box.code}(?![0-9A-Za-z])", stored)
    assert cast.villager.phone is not None
    assert cast.villager.phone.open() == PHONE


def test_logging_in_failing_and_out_are_trailed(client: Client, cast: Cast, box: Box) -> None:
    ask(client)
    answer(client, wrong(box.code))
    answer(client, box.code)
    client.post("/logout/")
    lines = Entry.objects.filter(action__startswith="access.log").order_by("at")
    county = cast.places.county.pk
    me = f"access.Account:{cast.villager.pk}"
    assert [(e.action, e.chain, e.subject, e.after) for e in lines] == [
        ("access.login_failed", county, me, '{"by":"phone"}'),
        ("access.logged_in", county, me, '{"by":"phone"}'),
        ("access.logged_out", county, me, '{"by":"phone"}'),
    ]
    assert lines[0].actor == "nobody"
    assert lines[1].actor == f"account:{cast.villager.pk}"
    assert lines[1].origin


@pytest.mark.parametrize("written", ["138 0000 0001", "１３８０００００００１", "+8613800000001", "0086-13800000001"])
def test_a_phone_however_it_is_written(written: str) -> None:
    assert phones.parse(written) == PHONE


@pytest.mark.parametrize("written", ["1380000000", "12800000001", "057212345678", "138000000011", "手机"])
def test_what_is_no_mobile_number(written: str, client: Client, db: None, box: Box) -> None:
    with pytest.raises(ValidationError):
        phones.parse(written)
    assert ask(client, written).status_code == 422
    assert box.sent == []


@pytest.mark.parametrize(
    ("wanted", "lands"),
    [
        ("/access/devices/", "/access/devices/"),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        ("javascript:alert(1)", None),
        ("\\\\evil.example", None),
    ],
)
def test_next_leads_only_to_our_own_pages(client: Client, cast: Cast, box: Box, wanted: str, lands: str | None) -> None:
    ask(client)
    location = answer(client, box.code, next=wanted)["Location"]
    assert location == lands if lands else "evil" not in location and location.startswith("/")
