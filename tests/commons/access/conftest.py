"""The cast once per module; what a test changes is undone after it."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.cast import Cast, build_cast
from xianglin.base import hooks


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """A hash that takes long is right in the world and wasted in tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


class Box:
    """Stands where the notices room plugs in: what would have been sent."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    def tell(self, notice: str, **told: Any) -> None:
        self.sent.append({"notice": notice, **told})

    @property
    def code(self) -> str:
        return str(self.sent[-1]["variables"]["code"])


@pytest.fixture
def box() -> Iterator[Box]:
    put = Box()
    earlier = hooks.tell._plug
    hooks.tell.plug(put.tell)
    yield put
    hooks.tell._plug = earlier
