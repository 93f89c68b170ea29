"""What every test stands on."""

import pytest
from django.test import TransactionTestCase

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
