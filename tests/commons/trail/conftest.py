"""A thing that belongs to a county, changed through an action, without any room of the house."""

from collections.abc import Iterator

import pytest
from django.db import connection

from xianglin.base import hooks
from xianglin.commons.trail import guards


@pytest.fixture(autouse=True)
def everybody_may(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rights are another room's matter."""
    monkeypatch.setattr(hooks.authorise, "_plug", lambda actor, action, subject: None)


@pytest.fixture
def transactional_trail(transactional_db: None) -> Iterator[None]:
    """Committed rows; the triggers go for the emptying afterwards, which installs them again."""
    guards.install()
    yield
    guards.remove()


@pytest.fixture
def postgres(transactional_trail: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once: make test-postgres runs this")
