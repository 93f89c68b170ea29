"""Both of a pair at the same instant: two words make one confirmed record, and what is taken back hides no silence."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from tests.kernels.matters.conftest import MORNING, build_village
from tests.programmes.mentoring.conftest import build_town
from tests.programmes.mentoring.pairs.conftest import BEGAN, build_pair, sign
from tests.programmes.mentoring.records.conftest import Pair, confirmed, write
from xianglin.base import clock
from xianglin.commons.trail import guards
from xianglin.programmes.mentoring.records import actions
from xianglin.programmes.mentoring.records.models import Record, State


@pytest.fixture
def busy(transactional_db: None) -> Iterator[Pair]:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory has no concurrent writers; make test-postgres runs this")
    with clock.living_at(MORNING):
        pair = build_pair(build_town(build_village()))
        sign(pair)
        yield pair
    guards.remove()  # emptying the database afterwards installs them again


def at_once(deeds: Sequence[Callable[[], Any]]) -> None:
    barrier = threading.Barrier(len(deeds))

    def one(deed: Callable[[], Any]) -> None:
        try:
            with clock.living_at(MORNING):
                barrier.wait(timeout=20)
                deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        list(pool.map(one, deeds))


def test_both_confirm(busy: Pair) -> None:
    record = write(busy, busy.officer)
    both = (busy.mentor, busy.cadre)
    at_once([lambda who=who: actions.confirm_record(record, actor=who, edition=1) for who in both])  # type: ignore[misc]
    assert Record.objects.get().state == State.CONFIRMED


def test_all_are_taken_back(busy: Pair) -> None:
    days = [dt.date(2026, 3, day) for day in (4, 5, 6, 7)]
    records = [confirmed(busy, on=day) for day in days]
    assert busy.pairing.contact_on == days[-1]
    take_back = actions.withdraw_record
    at_once([lambda one=one: take_back(one, actor=busy.mentor, reason="错了") for one in records])  # type: ignore[misc]
    assert busy.pairing.contact_on == BEGAN
