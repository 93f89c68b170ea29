"""PostgreSQL: every table by COPY within one snapshot; a restore makes the tables by our own migrations.

No program besides the server is needed, and no pg_dump of the server's version (docs/decisions/backup-by-copy.md).
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from . import archive
from .archive import Box, Copied, Opened, Tables

_CHUNK = 1 << 20


def copy(box: Box, left_out: tuple[str, ...], questions: Mapping[str, str]) -> Copied:
    """Copy all tables; the questions are answered within the same snapshot."""
    tables: Tables = {}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for table in _ours():
            columns = _columns(cursor, table)
            with box.member(_member(table)) as write:
                rows = 0 if table in left_out else _copy_out(cursor, table, columns, write)
            tables[table] = {"rows": rows, "columns": columns, "sequences": _sequences(cursor, table)}
        return Copied(tables, {name: _asked(cursor, question) for name, question in questions.items()})


def _asked(cursor: Any, question: str) -> list[list[Any]]:
    cursor.execute(question)
    return [list(row) for row in cursor.fetchall()]


def _ours() -> list[str]:
    """Every model's table that is there, also of models that migrations make by hand."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        there = connection.introspection.table_names(cursor)
    return sorted({*tables, MigrationRecorder.Migration._meta.db_table} & {*there})


def _member(table: str) -> str:
    return f"tables/{table}.copy"


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
        "AND attgenerated = '' ORDER BY attnum",
        [_quoted(table)],
    )
    return [name for (name,) in cursor.fetchall()]


def _sequences(cursor: Any, table: str) -> dict[str, int]:
    """The last number that each of a table's columns gave out: no row may ever have an erased one's number."""
    cursor.execute(
        "SELECT attname, pg_sequence_last_value(pg_get_serial_sequence(%s, attname)::regclass) FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
        "AND pg_get_serial_sequence(%s, attname) IS NOT NULL",
        [_quoted(table)] * 3,
    )
    return {column: last for column, last in cursor.fetchall() if last is not None}


def _copy_out(cursor: Any, table: str, columns: list[str], write: Callable[[bytes], object]) -> int:
    with cursor.copy(f"COPY {_quoted(table)} ({_listed(columns)}) TO STDOUT") as pieces:
        for piece in pieces:
            write(bytes(piece))
    return int(cursor.rowcount)


def is_empty() -> bool:
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def restore(opened: Opened) -> None:
    """Make the archive's tables and fill them. What was there of ours is dropped."""
    manifest = opened.manifest
    with transaction.atomic(), connection.cursor() as cursor:
        _require_nobody_in(cursor)
        there = {*connection.introspection.table_names(cursor)} & {*_ours(), *manifest.tables}
        if there:
            cursor.execute(f"DROP TABLE {_listed(sorted(there))} CASCADE")
    executor = MigrationExecutor(connection)
    executor.migrate(_ends(executor, manifest.migrations))  # no signal: no guards yet, nothing planted
    # References are checked at the transaction's end, so that no order of tables is needed.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {_listed(sorted(manifest.tables))}")
        for table, told in manifest.tables.items():
            if _copy_in(cursor, opened, table, told["columns"]) != told["rows"]:
                raise archive.damaged()
            for column, last in told["sequences"].items():
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [_quoted(table), column, last])


def _require_nobody_in(cursor: Any) -> None:
    """A running site would write into what is half restored."""
    cursor.execute(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    if cursor.fetchone()[0]:
        raise archive.in_use()


def _ends(executor: MigrationExecutor, applied: list[list[str]]) -> list[tuple[str, str]]:
    """Each app's last migration that the archive had: going there and no further makes its tables."""
    there = {(app, name) for app, name in applied}
    nodes = executor.loader.graph.node_map
    return sorted(
        key
        for key in there
        if key in nodes and not any(c.key in there and c.key[0] == key[0] for c in nodes[key].children)
    )


def _copy_in(cursor: Any, opened: Opened, table: str, columns: list[str]) -> int:
    statement = f"COPY {_quoted(table)} ({_listed(columns)}) FROM STDIN"
    with opened.open(_member(table)) as source, cursor.copy(statement) as into:
        while piece := source.read(_CHUNK):
            into.write(piece)
    return int(cursor.rowcount)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _listed(names: list[str]) -> str:
    return ", ".join(map(_quoted, names))
