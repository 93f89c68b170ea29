"""Two writers at the same instant, where the database has two."""

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from tests.commons.trail.deeds import WHO, both, make
from xianglin.base import hooks
from xianglin.commons.keys.models import PersonKey
from xianglin.commons.trail import chain
from xianglin.commons.trail.models import Entry

pytestmark = pytest.mark.usefixtures("postgres")


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    barrier = threading.Barrier(len(calls))

    def one(call: Callable[[], Any]) -> Any:
        barrier.wait(timeout=20)
        try:
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [f.result(timeout=30) for f in [pool.submit(one, call) for call in calls]]


def test_one_key_makes_one_thing() -> None:
    for _again in range(5):
        key = uuid.uuid4()
        made = at_once(*[lambda key=key: make(1, actor=WHO, key=key).pk] * 6)
        assert len(set(made)) == 1
    assert (PersonKey.objects.count(), Entry.objects.count()) == (5, 5)


def test_two_counties_named_in_opposite_orders_never_wait_for_each_other_for_ever() -> None:
    """Each has rows of its own, so that only the heads of the two chains can stand in the way."""
    mine = [make(1, actor=WHO), make(2, actor=WHO)]
    theirs = [make(2, actor=WHO), make(1, actor=WHO)]

    def often(rows: list[PersonKey], name: str) -> Callable[[], None]:
        def run() -> None:
            for n in range(25):
                both(rows[0], actor=WHO, second=rows[1], to=f"{name}{n}")

        return run

    at_once(often(mine, "a"), often(theirs, "b"))
    assert Entry.objects.filter(action="tests.rename").count() == 100
    assert list(chain.verify()) == []


def test_a_chain_grows_without_gaps_under_many_writers() -> None:
    assert hooks.write_trail.plugged
    at_once(*[lambda: [make(1, actor=WHO) for _n in range(10)]] * 6)
    positions = list(Entry.objects.filter(chain=1).order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, 61))
    assert list(chain.verify()) == []
