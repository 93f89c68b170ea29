"""SQLite: ``VACUUM INTO`` reads one instant while others go on writing, and leaves out what lies in freed pages."""

import os
import sqlite3
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from django.db import connection

from . import archive
from .archive import Box, Copied, Opened, Tables

MEMBER = "database.sqlite3"


def copy(box: Box, beside: Path, left_out: tuple[str, ...], questions: Mapping[str, str]) -> Copied:
    """Copy the database into the archive; the questions are put to the copy."""
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=beside) as folder:  # 0700
        file = Path(folder) / "copy"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        with closing(sqlite3.connect(file)) as copied:
            copied.execute("PRAGMA secure_delete = ON")
            for table in left_out:
                copied.execute(f'DELETE FROM "{table}"')  # noqa: S608 - our own names
            copied.commit()
            asked = {name: [list(row) for row in copied.execute(q)] for name, q in questions.items()}
            told = Copied(_tables(copied), asked)
        with file.open("rb") as source:
            box.copy(MEMBER, source)
    return told


def _tables(opened: sqlite3.Connection) -> Tables:
    # Not virtual ones: what they hold lies in tables of their own, and some cannot be counted.
    named = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND sql NOT LIKE 'CREATE VIRTUAL %' ORDER BY name"
    )
    names = [name for (name,) in opened.execute(named)]
    counted = {name: opened.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
    return {name: {"rows": rows} for name, rows in counted.items()}


def is_empty() -> bool:
    return not _file().exists() or _file().stat().st_size == 0


def restore(opened: Opened, aside: Path, draft: Path) -> None:
    """Put the archive's database in place; what was there is moved ``aside``. ``draft``: a folder on the same disk."""
    file = draft / "database"
    opened.unpack(MEMBER, file)
    with closing(sqlite3.connect(file)) as copied:
        if copied.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise archive.damaged()
        if _tables(copied) != opened.manifest.tables:
            raise archive.damaged()
    connection.close()
    if not is_empty():
        _require_nobody_in()
        aside.mkdir(mode=0o700, exist_ok=True)
        _file().rename(aside / _file().name)
    os.replace(file, _file())


def _require_nobody_in() -> None:
    """Leaving WAL needs the file for oneself, and puts all that was written into the one file that is moved."""
    with closing(sqlite3.connect(_file(), timeout=1)) as opened:
        try:
            opened.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            raise archive.in_use() from error
        except sqlite3.DatabaseError:
            pass  # no database: it is moved as it lies


def _file() -> Path:
    return Path(connection.settings_dict["NAME"])
