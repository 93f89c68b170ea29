"""An installation of its own for real processes: SQLite in a folder, or a database on the tests' server."""

import json
import os
import secrets
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.support import prepared

ROOT = Path(__file__).resolve().parents[3]
PREAMBLE = """
import json, os, sys, threading, datetime as dt
import django; django.setup()
from tests.commons.jobs import victims
from xianglin.commons.jobs import enqueue, leases, models, scheduler, worker
"""


class Installation:
    """A database of its own, and Python processes that work on it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.env = {
            **os.environ,
            "XIANGLIN_DATA": str(folder),
            "DATABASE_URL": url,
            "VICTIM_FOLDER": str(folder),
            "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]),
        }
        self.env["DJANGO_SETTINGS_MODULE"] = (
            "xianglin.config.settings"  # not the tests own: another process, another folder
        )

    def start(self, code: str, **env: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", PREAMBLE + textwrap.dedent(code)]
        return subprocess.Popen(command, env={**self.env, **env}, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def run(self, code: str, expect: int = 0, **env: str) -> Any:
        """What the code printed as JSON on its last line."""
        process = self.start(code, **env)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == expect, said
        return json.loads(said.splitlines()[-1]) if said.strip() else None


@contextmanager
def empty_installation(folder: Path, template: str = "") -> Iterator[Installation]:
    """One that nobody has prepared: not a table, but for those of the template."""
    server = os.environ.get("DATABASE_URL", "")
    name = f"jobs_{secrets.token_hex(4)}"
    url = urlunsplit(urlsplit(server)._replace(path=f"/{name}")) if server else ""
    _on(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    yield Installation(folder, url)
    _on(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def migrated_installation(folder: Path, shared: Path) -> Iterator[Installation]:
    """One whose database is up to date, and empty."""
    if server := os.environ.get("DATABASE_URL", ""):
        with empty_installation(folder, prepared.template(server, shared)) as made:
            yield made
    else:
        prepared.put_file(folder, shared)
        yield Installation(folder, "")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("installation")
    with migrated_installation(folder, prepared.together(tmp_path_factory)) as made:
        yield made


def _on(server: str, statement: str) -> None:
    if server:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(statement.encode())
