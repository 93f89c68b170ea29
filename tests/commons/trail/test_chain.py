"""Append-only, chained, and telling when somebody touched it all the same."""

import datetime as dt
import hashlib
import logging
from collections.abc import Iterator

import pytest
from django.db import connection

from tests.commons.trail.deeds import WHO, fail, make, rename, try_and_go_on
from xianglin.base import clock
from xianglin.base.refused import Refused
from xianglin.commons.keys.models import PersonKey
from xianglin.commons.trail import chain, guards
from xianglin.commons.trail.models import Entry, Head

pytestmark = pytest.mark.django_db
COUNTY = 7


@pytest.fixture
def five(db: None) -> list[str]:
    row = make(COUNTY, actor=WHO)
    for n in range(4):
        rename(row, actor=WHO, to=f"m{n}")
    make(COUNTY + 1, actor=WHO)
    return [e.hash for e in Entry.objects.filter(chain=COUNTY).order_by("position")]


@pytest.fixture
def unguarded(five: list[str]) -> Iterator[None]:
    """As somebody with the database's own password could do it."""
    guards.remove()
    yield
    guards.install()


def run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_it_tells_who_what_and_from_what_to_what(five: list[str]) -> None:
    entry = Entry.objects.get(chain=COUNTY, position=3)
    assert (entry.action, entry.actor, entry.before, entry.after) == (
        "tests.rename", "system:tests", '{"master":"m0"}', '{"master":"m1"}',
    )  # fmt: skip
    assert list(chain.verify()) == []


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize(
    ("sql", "position", "kind"),
    [
        ("UPDATE trail_entry SET after = '{}' WHERE chain = 7 AND position >= 2", 2, "altered"),
        ("UPDATE trail_entry SET actor = 'account:1' WHERE chain = 7 AND position = 4", 4, "altered"),
        ("UPDATE trail_entry SET algorithm = 'rot13' WHERE chain = 7 AND position = 4", 4, "altered"),
        ("DELETE FROM trail_entry WHERE chain = 7 AND position = 3", 3, "missing"),
        ("DELETE FROM trail_entry WHERE chain = 7 AND position = 1", 1, "missing"),
        ("DELETE FROM trail_entry WHERE chain = 7 AND position > 3", 4, "tail_cut"),
        ("DELETE FROM trail_entry WHERE chain = 7", 1, "tail_cut"),
        ("UPDATE trail_head SET position = 3 WHERE chain = 7", 5, "head_differs"),
        ("DELETE FROM trail_head WHERE chain = 7", 0, "head_differs"),
    ],
)
def test_the_first_thing_wrong_is_named(sql: str, position: int, kind: str) -> None:
    run(sql)
    found = list(chain.verify())
    assert [(b.chain, b.position, b.kind) for b in found] == [(COUNTY, position, kind)]


@pytest.mark.usefixtures("unguarded")
def test_it_names_the_action_and_the_day(five: list[str]) -> None:
    run("UPDATE trail_entry SET after = '{}' WHERE chain = 7 AND position = 2")
    (found,) = chain.verify()
    assert found.action == "tests.rename" and found.at[:10] == clock.today().isoformat()


@pytest.mark.usefixtures("unguarded")
def test_a_tail_cut_with_its_head_lowered_is_told_by_the_published_head(five: list[str]) -> None:
    assert chain.publish_heads() == 2
    run("DELETE FROM trail_entry WHERE chain = 7 AND position > 3")
    run("UPDATE trail_head SET position = 3, hash = %s WHERE chain = 7", five[2])
    assert [(b.position, b.kind) for b in chain.verify()] == [(4, "tail_cut")]


@pytest.mark.usefixtures("unguarded")
def test_a_chain_taken_away_whole_is_told_too() -> None:
    chain.publish_heads()
    run("DELETE FROM trail_entry WHERE chain = 7")
    run("DELETE FROM trail_head WHERE chain = 7")
    assert [(b.chain, b.kind) for b in chain.verify()] == [(COUNTY, "tail_cut")]


@pytest.mark.usefixtures("unguarded")
def test_a_chain_written_anew_differs_from_what_was_published(five: list[str]) -> None:
    chain.publish_heads()
    entry = Entry.objects.get(chain=COUNTY, position=5)
    before = Entry.objects.get(chain=COUNTY, position=4)
    entry.actor = "account:1"
    forged = chain._digest(entry, before.hash)
    run("UPDATE trail_entry SET actor = 'account:1', hash = %s WHERE chain = 7 AND position = 5", forged)
    run("UPDATE trail_head SET hash = %s WHERE chain = 7", forged)
    assert [(b.position, b.kind) for b in chain.verify()] == [(5, "published_differs")]


def test_heads_are_published_once_a_day(five: list[str]) -> None:
    assert chain.publish_heads() == 2
    tomorrow = clock.now() + dt.timedelta(days=1)
    with clock.living_at(tomorrow):
        assert chain.publish_heads() == 2
    assert chain.publish_heads() == 0
    assert Head.objects.count() == 2 and list(chain.verify()) == []


def test_what_failed_leaves_no_line(five: list[str]) -> None:
    row = PersonKey.objects.get(county_id=COUNTY)
    with pytest.raises(Refused):
        fail(row, actor=WHO)
    made = try_and_go_on(COUNTY, actor=WHO, row=row)
    row.refresh_from_db()
    assert row.master == "m3"
    assert not Entry.objects.filter(action="tests.fail").exists()
    rows = Entry.objects.filter(chain=COUNTY, position__gt=5).order_by("position")
    assert [r.action for r in rows] == ["tests.make", "tests.try_and_go_on"]
    assert rows[0].subject == f"keys.PersonKey:{made.pk}"
    assert list(chain.verify()) == []


def test_the_algorithm_is_hashed_with_the_rest(five: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(chain._HASHES, "other", hashlib.sha256)
    entry = Entry.objects.get(chain=COUNTY, position=3)
    entry.algorithm = "other"
    assert chain._digest(entry, five[1]) != five[2]


def test_each_head_is_logged_once_as_it_is_published(five: list[str], caplog: pytest.LogCaptureFixture) -> None:
    """A log that is gathered elsewhere is the copy outside the database."""
    with caplog.at_level(logging.INFO, logger="xianglin.commons.trail.chain"):
        assert (chain.publish_heads(), chain.publish_heads()) == (2, 0)
    told = [f"head of chain {COUNTY} on {clock.today()}: row 5, {five[4]}"]
    assert [line for line in caplog.messages if f"chain {COUNTY} " in line] == told
    assert len(caplog.messages) == 2
