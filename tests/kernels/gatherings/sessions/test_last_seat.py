"""Fifty sign up for the last seat at once: one has it, forty-nine wait; when all before leave, the last has it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from tests.support import prepared
from xianglin.base import registry
from xianglin.commons.deadlines import seeds
from xianglin.commons.trail import guards

from . import last_seat

TOLD = {"seated": 1, "waiting": last_seat.PEOPLE - 1, "taken": 1}
TOLD |= {"left": last_seat.PEOPLE - 1, "the last one's seat": 1}


@pytest.fixture
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "PROGRAMMES", dict(registry.PROGRAMMES))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the test below does it on SQLite")
def test_the_last_seat_on_postgresql(transactional_db: None, own_registry: None) -> None:
    seeds.plant(apps.get_app_config("deadlines"), apps=apps)  # an earlier test may have emptied the database
    try:
        assert last_seat.rush() == TOLD
    finally:
        guards.remove()  # emptying the database afterwards installs them again


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the test above does it on PostgreSQL")
def test_the_last_seat_on_sqlite(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    prepared.put_file(tmp_path, prepared.together(tmp_path_factory))
    env = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
    env |= {"XIANGLIN_DATA": str(tmp_path), "XIANGLIN_DEMO": "1", "XIANGLIN_LOG": "ERROR"}
    done = subprocess.run(
        [sys.executable, last_seat.__file__], env=env, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout.splitlines()[-1]) == TOLD
