"""Two officers at the same instant: somebody is in a register once, and where they stand is one row."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from tests.kernels.matters.conftest import build_village
from tests.programmes.mentoring.conftest import Town, build_town
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Account, Grant
from xianglin.commons.trail import guards
from xianglin.programmes.mentoring.levels import actions as levels
from xianglin.programmes.mentoring.levels.models import Reading, Standing
from xianglin.programmes.mentoring.levels.rules import Level
from xianglin.programmes.mentoring.registers.models import Mentor

CALLERS = 6


@pytest.fixture
def busy(transactional_db: None) -> Iterator[Town]:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory has no concurrent writers; make test-postgres runs this")
    yield build_town(build_village())
    guards.remove()  # emptying the database afterwards installs them again


def at_once(call: Callable[[], Any]) -> list[str]:
    barrier = threading.Barrier(CALLERS)

    def one(_n: int) -> str:
        barrier.wait(timeout=20)
        try:
            call()
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(one, range(CALLERS)))


def test_one_telephone_is_enrolled_once(busy: Town) -> None:
    told = at_once(lambda: busy.enrol_mentor("方桂英", "13900000041"))
    assert told.count("") == 1
    assert set(told) - {""} <= {"mentoring.already_listed", "access.phone_taken", "access.already_granted"}
    account = Account.objects.get(display_name="方桂英")
    assert Mentor.objects.filter(account=account).count() == Grant.objects.filter(account=account).count() == 1


def test_readings_add_up_and_the_standing_is_one(busy: Town) -> None:
    policy = Level(busy.ability("政策法规").pk, 2)
    told = at_once(lambda: levels.note_levels(busy.cadre, actor=busy.officer, view="organisation", levels=[policy]))
    assert told == [""] * CALLERS
    assert Reading.objects.filter(ability_id=policy.ability_id).count() == CALLERS
    assert Standing.objects.get(ability_id=policy.ability_id).current == 2
