"""What every test stands on."""

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase
from playwright.sync_api import Browser

from tests.support.browser import open_browser
from xianglin.commons.trail import guards

_emptied = TransactionTestCase._fixture_teardown


def _empty_with_guards_off(self: TransactionTestCase) -> None:
    """Emptying a test database deletes from the trail, which its triggers refuse; post_migrate puts them back."""
    guards.remove()
    _emptied(self)
    guards.install()


@pytest.fixture(autouse=True, scope="session")
def _guards_let_tests_empty_the_database() -> None:
    TransactionTestCase._fixture_teardown = _empty_with_guards_off  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for a whole worker: a second one at once in a process is more than Playwright allows."""
    with open_browser() as started:
        yield started
