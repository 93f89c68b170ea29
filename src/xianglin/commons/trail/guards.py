"""Database triggers that keep the trail append-only, on both engines.

Re-installed after every migration (SQLite rebuilds tables and drops them silently) and checked by ``doctor``.
"""

from typing import Any

from django.db import connection

_SQLITE = {
    f"trail_entry_no_{verb}": (
        f"CREATE TRIGGER IF NOT EXISTS trail_entry_no_{verb} BEFORE {verb.upper()} ON trail_entry "
        "BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END"
    )
    for verb in ("update", "delete")
}
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$
"""
_POSTGRES = {
    f"trail_entry_no_{verb}": (
        f"CREATE OR REPLACE TRIGGER trail_entry_no_{verb} BEFORE {verb.upper()} ON trail_entry "
        f"FOR EACH {'STATEMENT' if verb == 'truncate' else 'ROW'} EXECUTE FUNCTION trail_refuse()"
    )
    for verb in ("update", "delete", "truncate")
}


def install() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for sql in _wanted().values():
            cursor.execute(sql)


def remove() -> None:
    """Only for emptying a test database."""
    on = " ON trail_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _wanted():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing() -> list[str]:
    """Triggers that should be there and are not."""
    source = (
        "SELECT tgname FROM pg_trigger WHERE tgname LIKE 'trail_entry_no_%%' AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(source, [])
        there = {row[0] for row in cursor.fetchall()}
    return sorted(set(_wanted()) - there)


def _wanted() -> dict[str, str]:
    return _POSTGRES if connection.vendor == "postgresql" else _SQLITE


def reinstall(**_: Any) -> None:
    install()
