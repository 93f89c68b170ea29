"""What every test stands on."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from playwright.sync_api import Browser

from tests.support import prepared
from tests.support.browser import open_browser
from xianglin.commons.trail import guards

_emptied = TransactionTestCase._fixture_teardown


def _empty_with_guards_off(self: TransactionTestCase) -> None:
    """Emptying a test database deletes from the trail, which its triggers refuse; post_migrate puts them back."""
    guards.remove()
    _emptied(self)
    guards.install()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys first: they are the longest groups, and at the end one worker would walk them while others wait."""
    items.sort(key=lambda item: "journeys" not in item.path.parts)


@pytest.fixture(autouse=True, scope="session")
def _guards_let_tests_empty_the_database() -> None:
    TransactionTestCase._fixture_teardown = _empty_with_guards_off  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Each worker's test database begins as a copy of a migrated one."""
    own, shared = connection.settings_dict, prepared.together(tmp_path_factory)
    if connection.vendor == "postgresql":
        own["TEST"]["TEMPLATE"] = prepared.template(os.environ["DATABASE_URL"], shared)
        return

    def fill(connection: Any, **told: Any) -> None:
        if connection.is_in_memory_db():
            connection_created.disconnect(fill)
            prepared.fill(connection.connection, shared)

    connection_created.connect(fill, weak=False)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for a whole worker: a second one at once in a process is more than Playwright allows."""
    with open_browser() as started:
        yield started


@pytest.fixture
def stored(tmp_path: Path, settings: Any) -> Callable[[], list[Path]]:
    """A storage of the test's own; answers whatever lies in it now."""
    folder = tmp_path / "storage"
    own = {**settings.STORAGES["default"], "OPTIONS": {"location": str(folder)}}
    settings.STORAGES = {**settings.STORAGES, "default": own}
    return lambda: sorted(path for path in folder.rglob("*") if path.is_file())
