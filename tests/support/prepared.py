"""What many tests begin with, made once in a run and copied: a migrated database, and the demonstration played.

Migrating takes a core ten seconds and the story more, copying a tenth of one. What is migrated holds what `migrate`
leaves and nothing else.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
FILE = "xianglin.sqlite3"
TEMPLATE = "xianglin_migrated"


def together(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of this run share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def alone(folder: Path, name: str) -> Iterator[None]:
    """One worker at a time."""
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made_once(folder: Path, name: str, make: Callable[[Path], None]) -> Path:
    """A folder of that name, made by whichever worker comes first; one that was broken off is made anew."""
    kept, half = folder / name, folder / f"{name}-half"
    with alone(folder, name):
        if not kept.exists():
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            make(half)
            half.rename(kept)
    return kept


def put_file(folder: Path, shared: Path) -> None:
    """Lay a migrated SQLite file into an installation's folder."""
    kept = made_once(shared, "migrated", lambda half: _migrate(half, ""))
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(kept / FILE, folder / FILE)


def fill(memory: sqlite3.Connection, shared: Path) -> None:
    """The same into a database in memory."""
    kept = made_once(shared, "migrated", lambda half: _migrate(half, ""))
    with closing(sqlite3.connect(kept / FILE)) as source:
        source.backup(memory)


def played(shared: Path, env: dict[str, str], today: str = "") -> Path:
    """The demonstration's data folder on SQLite, for copying."""

    def make(half: Path) -> None:
        put_file(half, shared)
        play({**env, "XIANGLIN_DATA": str(half), "DATABASE_URL": ""}, today)

    return made_once(shared, f"played-{today or 'story'}", make)


def play(env: dict[str, str], today: str = "") -> None:
    command = [sys.executable, "-m", "xianglin.cli", "demo", *(["--today", today] if today else [])]
    subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True)


def template(server: str, shared: Path) -> str:
    """The name of a migrated PostgreSQL on the tests' server, which others are created from."""
    url = urlunsplit(urlsplit(server)._replace(path=f"/{TEMPLATE}"))

    def make(half: Path) -> None:
        with psycopg.connect(server, autocommit=True) as line:
            line.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
            line.execute(f"CREATE DATABASE {TEMPLATE}")
        _migrate(half, url)

    made_once(shared, "template", make)
    return TEMPLATE


def _migrate(folder: Path, url: str) -> None:
    env = {**os.environ, "XIANGLIN_DATA": str(folder), "DATABASE_URL": url, "XIANGLIN_LOG": "WARNING"}
    env |= {"DJANGO_SETTINGS_MODULE": "xianglin.config.settings", "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=env, cwd=ROOT, check=True)
    if not url:
        with closing(sqlite3.connect(folder / FILE)) as file:
            file.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
