"""Database triggers that keep the trail and its published heads append-only, on both engines; and whatever table a room
above asks to be kept so (``keep_append_only``).

Looked after at every start (SQLite rebuilds tables and drops them silently) and compared, word by word, by ``doctor``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

_REFUSAL = "this table is append-only"
_TAKEN = {  # the guarded tables, each with what finds the row whose place a new one would take
    "trail_entry": 'SELECT 1 FROM trail_entry WHERE chain = NEW.chain AND "position" = NEW."position"',
    "trail_publishedhead": 'SELECT 1 FROM trail_publishedhead WHERE chain = NEW.chain AND "on" = NEW."on"',
}


def keep_append_only(table: str, taken: str) -> None:
    """Guard a room's own table too; called in its ``ready()``. ``taken``: SQL that finds the row whose place a new one
    (``NEW``) would take."""
    _TAKEN[table] = taken


@dataclass(frozen=True)
class Guard:
    """One trigger as it must be; on PostgreSQL with its function, whose body the trigger's own text does not show."""

    name: str
    table: str
    sql: str
    function: str = ""
    body: str = ""


def _sqlite() -> Iterator[Guard]:
    for table, taken in _TAKEN.items():
        # INSERT OR REPLACE deletes without a delete trigger: by any unique key, and by the row's own number.
        second = f"WHEN EXISTS ({taken} OR rowid = NEW.rowid) "
        for what, verb, when in (("update", "UPDATE", ""), ("delete", "DELETE", ""), ("second", "INSERT", second)):
            name = f"{table}_no_{what}"
            does = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
            yield Guard(name, table, f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW {when}{does}")


def _postgres() -> Iterator[Guard]:
    refuse = f"RAISE EXCEPTION '{_REFUSAL}';"
    for table in _TAKEN:
        for verb, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
            yield _on_postgres(table, verb, f"{verb.upper()} ON {table} FOR EACH {each}", refuse)
    # The key of entries carries the instant, for partitions, so it would let a second row have the same position.
    second = f"IF EXISTS ({_TAKEN['trail_entry']}) THEN {refuse} END IF; RETURN NEW;"
    yield _on_postgres("trail_entry", "second", "INSERT ON trail_entry FOR EACH ROW", second)


def _on_postgres(table: str, what: str, moment: str, does: str) -> Guard:
    name = f"{table}_no_{what}"
    sql = f"CREATE TRIGGER {name} BEFORE {moment} EXECUTE FUNCTION {name}()"
    return Guard(name, table, sql, name, f"BEGIN {does} END")


def wanted() -> tuple[Guard, ...]:
    return tuple(_postgres() if connection.vendor == "postgresql" else _sqlite())


def install() -> None:
    """Put what is missing or altered; a start that finds all in order writes nothing."""
    wrong = missing()
    with transaction.atomic(), connection.cursor() as cursor:
        for guard in wanted():
            if guard.name in wrong:
                _drop(cursor, guard)
                if guard.function:
                    made = f"CREATE OR REPLACE FUNCTION {guard.function}() RETURNS trigger LANGUAGE plpgsql"
                    cursor.execute(f"{made} AS $${guard.body}$$")
                cursor.execute(guard.sql)


def remove() -> None:
    """Only for emptying a test database."""
    with connection.cursor() as cursor:
        for guard in wanted():
            _drop(cursor, guard)


def missing() -> list[str]:
    """Triggers that are not there word by word, or switched off."""
    there = _on_server() if connection.vendor == "postgresql" else _in_file()
    return sorted(guard.name for guard in wanted() if there.get(guard.name) != (guard.sql, guard.body))


def _on_server() -> dict[str, tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, pg_get_triggerdef(t.oid, true), prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = tgfoid "
            "WHERE tgrelid IN (SELECT to_regclass(name) FROM unnest(%s::text[]) name) AND tgenabled IN ('O', 'A')",
            [list(_TAKEN)],
        )
        return {name: (sql, body) for name, sql, body in cursor.fetchall()}


def _in_file() -> dict[str, tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return {name: (sql, "") for name, sql in cursor.fetchall()}


def _drop(cursor: Any, guard: Guard) -> None:
    on = f" ON {guard.table}" if connection.vendor == "postgresql" else ""
    cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}{on}")


def reinstall(**_: Any) -> None:
    """After migrate; where the tables were just taken down there is nothing to guard."""
    if set(_TAKEN) <= set(connection.introspection.table_names()):
        install()
