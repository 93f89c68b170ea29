"""Two callers at the same instant: a code, a counter and a step of the authenticator are each used once."""

import base64
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import connection

from tests.support.cast import SYSTEM, build_places, by_password
from xianglin.base.refused import Refused
from xianglin.commons.access import actions, codes, factors, limits
from xianglin.commons.access.models import LoginCode, SecondFactor
from xianglin.commons.trail import guards

from .conftest import Box

CALLERS = 8


@pytest.fixture(autouse=True)
def committed(transactional_db: None) -> Iterator[None]:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory has no concurrent writers; make test-postgres runs this")
    yield
    guards.remove()  # emptying the database afterwards installs them again


def at_once(call: Callable[[], Any]) -> list[Any]:
    barrier = threading.Barrier(CALLERS)

    def one(_n: int) -> Any:
        barrier.wait(timeout=20)
        try:
            return call()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(one, range(CALLERS)))


def test_a_counter_counts_everyone() -> None:
    limit = limits.Limit("t", CALLERS - 3, 60)
    assert sorted(at_once(lambda: limits.count(limit, "x"))) == [False] * 3 + [True] * (CALLERS - 3)


def test_a_login_code_is_used_once(box: Box) -> None:
    challenge = codes.send("13800000001", "here")
    told = at_once(lambda: codes.check([challenge], "13800000001", box.code))
    assert told.count(None) == 1


def test_a_phone_that_many_places_ask_codes_for_gets_as_many_as_are_allowed(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "CODE_BY_STRANGERS", limits.Limit("code-strangers", CALLERS - 3, 3600))
    places = iter(range(CALLERS))
    told = at_once(lambda: codes.send("13800000001", f"place-{next(places)}"))
    assert told.count("access.codes_to_phone") == 3
    assert len(box.sent) == LoginCode.objects.count() == CALLERS - 3


def test_guessing_at_once_has_five_tries(box: Box) -> None:
    challenge = codes.send("13800000001", "here")
    wrong = f"{(int(box.code) + 1) % 1_000_000:06d}"
    told = at_once(lambda: codes.check([challenge], "13800000001", wrong))
    assert told.count("access.code_wrong") == codes.TRIES
    assert LoginCode.objects.get().tries == codes.TRIES


def test_an_authenticator_code_is_used_once() -> None:
    account = actions.open_phone_account(None, actor=SYSTEM, phone="13800000001")
    secret = base64.b32decode(factors.enrol(account))
    now = int(time.time())
    totp = TOTP(secret, 6, SHA1(), 30)
    assert factors.confirm(account, totp.generate(now - 30).decode()) is not None
    assert at_once(lambda: factors.use(account, totp.generate(now).decode())).count(True) == 1
    assert SecondFactor.objects.get().last_step == now // 30


def test_a_grant_given_at_once_is_one_and_ends_as_one() -> None:
    places = build_places()
    account = by_password("zw-once", "同时", places.town)

    def give() -> str:
        return actions.grant(places.town, actor=SYSTEM, account=account, role="town_clerk").role

    told = at_once(give)
    assert (told.count("town_clerk"), told.count("access.already_granted")) == (1, CALLERS - 1)
    [given] = account.grants.all()
    told = at_once(lambda: actions.end_grant(given, actor=SYSTEM).pk)
    assert (told.count(given.pk), told.count("access.already_ended")) == (1, CALLERS - 1)
    assert give() == "town_clerk"


def test_a_phone_has_one_account() -> None:
    def open_it() -> str:
        return actions.open_phone_account(None, actor=SYSTEM, phone="13800000001").username[:6]

    told = at_once(open_it)
    assert (told.count("phone-"), told.count("access.phone_taken")) == (1, CALLERS - 1)
