"""Staff log in by password and authenticator; nothing opens between the two."""

import base64
import datetime as dt
import re
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.contrib.sessions.models import Session
from django.test import Client, RequestFactory

from tests.support.cast import SYSTEM, Cast
from xianglin.base import clock
from xianglin.commons.access import actions, browsers, factors, limits, queries
from xianglin.commons.access.models import Account, RecoveryCode, SecondFactor, Tally
from xianglin.commons.trail.models import Entry

PASSWORD = "山核桃-三斤半-2026"
LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def clerk(cast: Cast) -> Account:
    return actions.accept_invitation(cast.town_clerk, actor=SYSTEM, password=PASSWORD)


@pytest.fixture
def enrolled(clerk: Account) -> Account:
    factors.enrol(clerk)
    assert factors.confirm(clerk, code_of(clerk)) is not None
    SecondFactor.objects.update(last_step=0)  # as if it had been long ago
    return clerk


def code_of(account: Account, steps: int = 0) -> str:
    secret = SecondFactor.objects.get(account=account).secret.open()
    return TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(int(time.time()) + 30 * steps).decode()


def first(client: Client, account: Account, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/login/password/", {"username": account.username, "password": password, **more})


def second(client: Client, code: str, **more: Any) -> Any:
    return client.post("/login/second/", {"code": code, **more})


def inside(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_password_then_authenticator(client: Client, enrolled: Account) -> None:
    assert first(client, enrolled)["Location"] == "/login/second/"
    assert not inside(client)
    assert client.get("/access/devices/").status_code == 302
    assert second(client, code_of(enrolled)).status_code == 302
    assert inside(client)
    assert client.session.get_expiry_age() <= 8 * 3600
    assert client.get("/access/devices/").status_code == 200


def test_the_first_time_ties_an_authenticator(client: Client, clerk: Account) -> None:
    onward = "/login/second/new/?next=%2Faccess%2Fdevices%2F"
    assert first(client, clerk, next="/access/devices/")["Location"] == onward
    page = client.get("/login/second/new/").content.decode()
    secret = SecondFactor.objects.get(account=clerk).secret
    assert str(secret.open())[:4] in page
    assert str(secret.open()) not in str(SecondFactor.objects.values_list("secret").query)
    assert client.post("/login/second/new/", {"code": "000000"}).status_code == 422
    assert not inside(client)
    shown = client.post("/login/second/new/", {"code": code_of(clerk), "next": "/access/devices/"})
    codes = re.findall(r"<code>([0-9a-z]{4}(?:-[0-9a-z]{4}){2})</code>", shown.content.decode())
    assert len(codes) == 10
    assert 'href="/access/devices/"' in shown.content.decode()
    assert inside(client)


def test_enrolling_again_needs_a_new_invitation(client: Client, enrolled: Account) -> None:
    first(client, enrolled)
    assert client.get("/login/second/new/")["Location"] == "/login/password/"


def test_the_second_step_needs_the_first(client: Client, enrolled: Account) -> None:
    assert client.get("/login/second/")["Location"] == "/login/password/"
    second(client, code_of(enrolled))
    assert not inside(client)


def test_the_second_step_waits_ten_minutes(client: Client, enrolled: Account) -> None:
    first(client, enrolled)
    session = client.session
    pk, since, typed = session["access_pending"]
    session["access_pending"] = [pk, since - 601, typed]
    session.save()
    second(client, code_of(enrolled))
    assert not inside(client)


def test_a_code_works_once(client: Client, enrolled: Account) -> None:
    code = code_of(enrolled)
    first(client, enrolled)
    second(client, code)
    client.post("/logout/")
    first(client, enrolled)
    assert second(client, code).status_code == 422
    assert not inside(client)


@pytest.mark.parametrize(("steps", "right"), [(-3, False), (-1, True), (1, True), (3, False)])
def test_a_clock_may_be_half_a_minute_off(client: Client, enrolled: Account, steps: int, right: bool) -> None:
    first(client, enrolled)
    second(client, code_of(enrolled, steps))
    assert inside(client) is right


def test_a_recovery_code_works_once(client: Client, clerk: Account) -> None:
    factors.enrol(clerk)
    codes = factors.confirm(clerk, code_of(clerk)) or []
    for attempt, expected in [(codes[3].upper(), True), (codes[3], False), (codes[4].replace("-", ""), True)]:
        visitor = Client()
        first(visitor, clerk)
        second(visitor, attempt)
        assert inside(visitor) is expected
    assert not RecoveryCode.objects.filter(code_hash__in=codes).exists()


@pytest.mark.parametrize(("name", "password"), [("zw-chen", "不对的密码"), ("nobody-at-all", PASSWORD)])
def test_a_wrong_password_and_an_unknown_name_look_the_same(
    client: Client, enrolled: Account, name: str, password: str
) -> None:
    shown = client.post("/login/password/", {"username": name, "password": password})
    assert shown.status_code == 422
    assert "用户名或密码不对" in shown.content.decode()
    assert Entry.objects.get(action="access.login_failed").after == '{"by":"password"}'


@pytest.mark.parametrize("name", ["zw-chen", "nobody-at-all"])
def test_five_wrong_passwords_lock(client: Client, enrolled: Account, name: str) -> None:
    for _try in range(5):
        client.post("/login/password/", {"username": name, "password": "不对"})
    shown = client.post("/login/password/", {"username": name, "password": PASSWORD})
    assert "锁住" in shown.content.decode()
    assert "access_pending" not in client.session
    assert not Tally.objects.filter(key__contains=name).exists()


def test_the_lock_is_for_that_address_and_ends(client: Client, enrolled: Account) -> None:
    for _try in range(6):
        first(client, enrolled, "不对")
    assert first(Client(REMOTE_ADDR="10.9.9.9"), enrolled).status_code == 302
    Tally.objects.update(until=LONG_AGO)
    assert first(client, enrolled).status_code == 302


def test_one_name_from_many_addresses_locks_too(client: Client, enrolled: Account) -> None:
    for n in range(limits.NAME.times):
        first(Client(REMOTE_ADDR=f"10.0.0.{n}"), enrolled, "不对")
    assert "锁住" in first(client, enrolled).content.decode()


def test_a_lock_ends_with_a_new_password(client: Client, enrolled: Account) -> None:
    """What county staff tell somebody who is locked out (请县系统管理员重新开通) must help them."""
    for n in range(limits.NAME.times):
        first(Client(REMOTE_ADDR=f"2001:db8:0:{n:x}::1"), enrolled, "不对")
    for _try in range(limits.NAME_FROM_ADDRESS.times):
        first(client, enrolled, "不对")
    first(client, enrolled)
    assert not inside(client)
    again = actions.accept_invitation(actions.invite(enrolled, actor=SYSTEM), actor=SYSTEM, password=PASSWORD + "!")
    assert first(client, again, PASSWORD + "!")["Location"] == "/login/second/new/"


def test_a_locked_second_step_ends_with_a_new_password(client: Client, enrolled: Account) -> None:
    first(client, enrolled)
    for _try in range(limits.FACTOR.times + 1):
        shown = second(client, "000000")
    assert "请过 15 分钟再试" in shown.content.decode()
    again = actions.accept_invitation(actions.invite(enrolled, actor=SYSTEM), actor=SYSTEM, password=PASSWORD)
    first(client, again)
    client.get("/login/second/new/")
    client.post("/login/second/new/", {"code": code_of(again)})
    assert inside(client)


@pytest.mark.parametrize(
    ("left", "told"),
    [(30, "1 分钟"), (61, "2 分钟"), (3000, "50 分钟"), (3601, "2 小时"), (20 * 3600, "20 小时")],
)
def test_the_lock_tells_how_long_it_lasts(client: Client, enrolled: Account, left: int, told: str) -> None:
    for n in range(limits.NAME.times):
        first(Client(REMOTE_ADDR=f"10.0.0.{n}"), enrolled, "不对")
    Tally.objects.update(until=clock.real_now() + dt.timedelta(seconds=left))
    assert f"请过 {told}再试" in first(client, enrolled).content.decode()


def test_one_network_counts_as_one_address(enrolled: Account) -> None:
    for n in range(limits.NAME_FROM_ADDRESS.times):
        first(Client(REMOTE_ADDR=f"2001:db8:0:7::{n:x}"), enrolled, "不对")
    assert "锁住" in first(Client(REMOTE_ADDR="2001:db8:0:7:ffff::1"), enrolled).content.decode()
    assert first(Client(REMOTE_ADDR="2001:db8:0:8::1"), enrolled).status_code == 302


def test_strangers_do_not_lock_the_owner_out_of_their_own_browser(client: Client, enrolled: Account) -> None:
    first(client, enrolled)
    second(client, code_of(enrolled))
    client.post("/logout/")
    assert client.cookies["known_browser"]["httponly"]
    for n in range(limits.NAME.times):
        first(Client(REMOTE_ADDR=f"10.0.0.{n}"), enrolled, "不对")
    assert "锁住" in first(Client(REMOTE_ADDR="10.0.1.1"), enrolled).content.decode()
    assert first(client, enrolled)["Location"] == "/login/second/"
    for n in range(limits.NAME.times):  # nor does the browser open more tries than strangers have
        client.defaults["REMOTE_ADDR"] = f"10.0.2.{n}"
        first(client, enrolled, "不对")
    client.defaults["REMOTE_ADDR"] = "10.0.3.1"
    assert "锁住" in first(client, enrolled).content.decode()


def test_a_known_browser_is_known_to_its_accounts_only(client: Client, cast: Cast, enrolled: Account) -> None:
    first(client, enrolled)
    second(client, code_of(enrolled))
    request = RequestFactory().get("/login/")
    request.COOKIES = {"known_browser": client.cookies["known_browser"].value}
    assert browsers.known_to(request, username=enrolled.username)
    assert not browsers.known_to(request, username=cast.town_inspector.username)
    request.COOKIES = {"known_browser": f"made-up-{cast.town_inspector.pk}"}
    assert not browsers.known_to(request, username=cast.town_inspector.username)


def test_a_town_hall_logging_in_at_once_is_not_locked(clerk: Account) -> None:
    for _n in range(limits.ADDRESS.times + 1):
        assert first(Client(), clerk).status_code == 302


def test_many_names_from_one_address_lock(client: Client, enrolled: Account) -> None:
    for n in range(limits.ADDRESS.times):
        client.post("/login/password/", {"username": f"name-{n}", "password": "不对"})
    assert "锁住" in first(client, enrolled).content.decode()


def test_five_wrong_authenticator_codes_lock(client: Client, enrolled: Account) -> None:
    first(client, enrolled)
    for _try in range(5):
        second(client, "000000")
    assert "锁住" in second(client, code_of(enrolled)).content.decode()
    assert not inside(client)


def test_a_closed_account_stays_out_and_is_put_out(client: Client, enrolled: Account) -> None:
    first(client, enrolled)
    second(client, code_of(enrolled))
    actions.close_account(enrolled, actor=SYSTEM)
    assert client.get("/access/devices/")["Location"].startswith("/login/")
    assert first(client, enrolled).status_code == 422


def test_a_session_ends_after_eight_idle_hours(client: Client, enrolled: Account) -> None:
    first(client, enrolled)
    second(client, code_of(enrolled))
    key = client.session.session_key
    Session.objects.filter(session_key=key).update(expire_date=LONG_AGO)
    assert client.get("/access/devices/")["Location"] == "/login/?next=%2Faccess%2Fdevices%2F"


def test_using_it_keeps_it_open(client: Client, enrolled: Account) -> None:
    first(client, enrolled)
    second(client, code_of(enrolled))
    session = client.session
    session["access_seen"] = int(time.time()) - 3600
    session.save()
    soon = dt.datetime.now(tz=dt.UTC) + dt.timedelta(minutes=1)
    Session.objects.filter(session_key=session.session_key).update(expire_date=soon)
    client.get("/access/devices/")
    assert Session.objects.get(session_key=session.session_key).expire_date > soon + dt.timedelta(hours=7)


def test_the_session_key_changes_at_both_steps(client: Client, enrolled: Account) -> None:
    client.get("/login/password/")
    session = client.session
    session["planted"] = 1
    session.save()
    keys = {session.session_key}
    first(client, enrolled)
    keys.add(client.session.session_key)
    second(client, code_of(enrolled))
    keys.add(client.session.session_key)
    assert len(keys) == 3


def test_an_invitation_sets_the_password_once(client: Client, cast: Cast) -> None:
    account = actions.invite(cast.town_inspector, actor=SYSTEM)
    link = queries.invitation(account)
    assert "顾正明" in client.get(link).content.decode()
    for password, again in [("短", "短"), (PASSWORD, "别的"), ("8" * 12, "8" * 12)]:
        assert client.post(link, {"password": password, "again": again}).status_code == 422
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD})["Location"] == "/login/password/"
    assert client.get(link).status_code == 404
    assert first(client, account)["Location"] == "/login/second/new/"


def test_an_invitation_ends_what_was_before(client: Client, enrolled: Account) -> None:
    first(client, enrolled)
    second(client, code_of(enrolled))
    link = queries.invitation(actions.invite(enrolled, actor=SYSTEM))
    assert client.get("/access/devices/").status_code == 302
    assert first(client, enrolled).status_code == 422
    assert not SecondFactor.objects.exists()
    assert Client().get(link).status_code == 200


def test_a_half_finished_log_in_ends_with_its_password(client: Client, enrolled: Account) -> None:
    """Whoever knew the old password stands at the second step; after an invitation it is no step to anywhere."""
    code = code_of(enrolled)
    thief, late = Client(), Client()
    assert first(thief, enrolled)["Location"] == first(late, enrolled)["Location"] == "/login/second/"
    invited = actions.invite(enrolled, actor=SYSTEM)
    assert thief.get("/login/second/new/")["Location"] == "/login/password/"
    assert second(thief, code)["Location"] == "/login/password/"
    assert not SecondFactor.objects.exists()
    actions.accept_invitation(invited, actor=SYSTEM, password=PASSWORD + "!")
    assert late.get("/login/second/new/")["Location"] == "/login/password/"
    assert not SecondFactor.objects.exists()
    assert not inside(thief)


def test_a_half_finished_first_log_in_ends_too(client: Client, clerk: Account) -> None:
    first(client, clerk)
    client.get("/login/second/new/")
    known = code_of(clerk)
    actions.invite(clerk, actor=SYSTEM)
    client.post("/login/second/new/", {"code": known})
    assert not inside(client)
    assert not SecondFactor.objects.exists()


def test_what_was_tied_with_the_old_password_is_gone_with_the_new_one(cast: Cast) -> None:
    invited = actions.invite(cast.town_clerk, actor=SYSTEM)
    factors.enrol(invited)  # a request that was under way when the invitation was written
    assert factors.confirm(invited, code_of(invited)) is not None
    actions.accept_invitation(invited, actor=SYSTEM, password=PASSWORD)
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()


@pytest.mark.parametrize("link", ["/login/invited/x/y/", "/login/invited/MQ/made-up/", "/login/invited/////"])
def test_a_made_up_invitation(client: Client, cast: Cast, link: str) -> None:
    assert client.get(link).status_code == 404


def test_a_password_is_never_trailed(enrolled: Account) -> None:
    line = Entry.objects.get(action="access.accept_invitation")
    assert '"password":"set"' in line.after
    assert enrolled.password not in line.after
    assert PASSWORD not in line.after


def test_a_phone_account_has_no_password(client: Client, cast: Cast) -> None:
    Account.objects.filter(pk=cast.village_cadre.pk).update(password=Account(password="").password)
    for password in ("", " ", "!"):
        client.post("/login/password/", {"username": cast.village_cadre.username, "password": password})
        assert not inside(client)
        assert "access_pending" not in client.session
