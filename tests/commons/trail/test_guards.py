"""The database itself refuses to change what was written, and an altered guard is as bad as none."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from tests.commons.trail.deeds import WHO, make, rename
from xianglin.commons.trail import chain, guards
from xianglin.commons.trail.models import Entry, PublishedHead

pytestmark = pytest.mark.django_db
sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'")
postgres = pytest.mark.skipif("connection.vendor != 'postgresql'")


@pytest.fixture(autouse=True)
def written(db: None) -> None:
    rename(make(7, actor=WHO), actor=WHO, to="m")
    chain.publish_heads()
    assert guards.missing() == []


def refused(call: Callable[[], object]) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        call()
    assert list(chain.verify()) == []


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


TABLES = pytest.mark.parametrize("table", ["trail_entry", "trail_publishedhead"])


@TABLES
@pytest.mark.parametrize("sql", ["UPDATE {} SET hash = ''", "DELETE FROM {}", "DELETE FROM {} WHERE chain = 7"])
def test_nothing_is_changed_or_taken_away(table: str, sql: str) -> None:
    refused(lambda: run(sql.format(table)))


def test_nor_through_the_models() -> None:
    for model in (Entry, PublishedHead):
        refused(lambda model=model: model.objects.update(hash=""))
        refused(lambda model=model: model.objects.filter(chain=7).delete())


@postgres
@TABLES
def test_nor_emptied(table: str) -> None:
    refused(lambda: run(f"TRUNCATE {table}"))


@sqlite
@TABLES
@pytest.mark.parametrize("column", ["hash", "chain"])
def test_nor_replaced(table: str, column: str) -> None:
    """INSERT OR REPLACE runs no delete trigger: by the key, and by the row's own number with another key."""
    row = "id, " if table == "trail_publishedhead" else "rowid, "
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name FROM pragma_table_info('{table}') WHERE name <> 'id'")
        columns = [f'"{name}"' for (name,) in cursor.fetchall()]
    values = [{"hash": "'x'", "chain": "99"}[column] if name == f'"{column}"' else name for name in columns]
    names, told = ", ".join(columns), ", ".join(values)
    refused(lambda: run(f"INSERT OR REPLACE INTO {table} ({row} {names}) SELECT {row} {told} FROM {table}"))
    if column == "hash":
        refused(lambda: run(f"INSERT OR REPLACE INTO {table} ({names}) SELECT {told} FROM {table}"))


def test_a_position_is_taken_once_whatever_the_instant() -> None:
    """The table's key carries the instant too, so it would let a second row in."""
    entry = Entry.objects.get(chain=7, position=2)
    later = Entry(**{f.attname: getattr(entry, f.attname) for f in Entry._meta.concrete_fields})
    later.at = entry.at.replace(year=2099)
    refused(lambda: later.save(force_insert=True))


def test_the_ordinary_way_is_open() -> None:
    make(7, actor=WHO)
    assert list(chain.verify()) == [] and Entry.objects.filter(chain=7).count() == 3


def test_guards_that_are_gone_are_noticed_and_put_back() -> None:
    guards.remove()
    assert guards.missing() == sorted(guard.name for guard in guards.wanted())
    guards.reinstall()
    assert guards.missing() == []
    refused(lambda: Entry.objects.update(position=F("position")))


@sqlite
@TABLES
def test_a_guard_in_name_only_is_noticed_and_put_right(table: str) -> None:
    run(f"DROP TRIGGER {table}_no_update")
    run(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT 1; END")
    assert guards.missing() == [f"{table}_no_update"]
    guards.install()
    assert guards.missing() == []
    refused(lambda: run(f"UPDATE {table} SET hash = ''"))


@postgres
@TABLES
@pytest.mark.parametrize(
    "sql",
    [
        "CREATE OR REPLACE FUNCTION {0}_no_update() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$",
        "ALTER TABLE {0} DISABLE TRIGGER {0}_no_update",
        "CREATE OR REPLACE TRIGGER {0}_no_update BEFORE UPDATE OF via ON {0} "
        "FOR EACH ROW EXECUTE FUNCTION {0}_no_update()",
        "CREATE OR REPLACE TRIGGER {0}_no_update BEFORE UPDATE ON {0} FOR EACH ROW WHEN (false) "
        "EXECUTE FUNCTION {0}_no_update()",
    ],
)
def test_a_guard_in_name_only_is_noticed_and_put_right_there(table: str, sql: str) -> None:
    if table == "trail_publishedhead":
        sql = sql.replace("OF via", "OF chain")
    run(sql.format(table))
    assert guards.missing() == [f"{table}_no_update"]
    guards.install()
    assert guards.missing() == []
    refused(lambda: run(f"UPDATE {table} SET hash = ''"))
