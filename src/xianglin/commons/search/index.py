"""The index itself, as each database has it: FTS5 on SQLite, a GIN index over a tsvector on PostgreSQL.

Both hold sets of terms without positions; a phrase is looked for among the stored terms of what has all of them.
PostgreSQL keeps its index by itself. On SQLite triggers do, so that whatever empties the table empties the index;
they are looked after at every start, because SQLite loses them silently when Django rebuilds a table.
"""

from typing import Any

from django.db import connection, transaction

TABLE = "search_document"
TERMS = "search_terms"  # a virtual table on SQLite, an index on PostgreSQL

# An era is 2 ** 20 seconds, twelve days: an id without its last 40 bits. On PostgreSQL every term is written with its
# era, so that each list in the index is short and nothing is skipped to put two of them together.
ERA_BITS = 40
_ERA = "(id >> 40)::text || '~'"
VECTOR = f"array_to_tsvector(string_to_array({_ERA} || replace(terms, ' ', ' ' || {_ERA}), ' '))"

_FORGET = "INSERT INTO search_terms (search_terms, rowid, terms) VALUES ('delete', OLD.id, OLD.terms);"
_TAKE = "INSERT INTO search_terms (rowid, terms) VALUES (NEW.id, NEW.terms);"
_SQLITE = {
    f"{TABLE}_{what}": f"CREATE TRIGGER {TABLE}_{what} AFTER {moment} ON {TABLE} FOR EACH ROW BEGIN {does} END"
    for what, moment, does in (
        ("taken", "INSERT", _TAKE),
        ("forgotten", "DELETE", _FORGET),
        ("changed", "UPDATE OF id, terms", f"{_FORGET} {_TAKE}"),
    )
}


def missing() -> list[str]:
    """What of the index is not there; on SQLite the triggers word by word."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT 1 FROM pg_index WHERE indexrelid = to_regclass(%s) AND indisvalid", [TERMS])
            return [] if cursor.fetchone() else [TERMS]
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = %s AND type = 'trigger'", [TABLE])
        there = dict(cursor.fetchall())
    return sorted(name for name, sql in _SQLITE.items() if there.get(name) != sql)


def install() -> None:
    """Put triggers that are missing or altered; what was written without them is taken in anew."""
    wrong = missing()
    if not wrong or connection.vendor == "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for name in wrong:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(_SQLITE[name])
        cursor.execute("INSERT INTO search_terms (search_terms) VALUES ('delete-all')")
        cursor.execute("INSERT INTO search_terms (rowid, terms) SELECT id, terms FROM search_document")


def reinstall(**_: Any) -> None:
    """After migrate; where the tables were just taken down there is nothing to keep."""
    if TABLE in connection.introspection.table_names():
        install()
