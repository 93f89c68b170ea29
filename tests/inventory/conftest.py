"""The cast at work, and one matter in each place and standing that rights distinguish."""

from typing import Any

import pytest

from tests.kernels.matters.conftest import MORNING, Village, build_village
from xianglin.base import clock


@pytest.fixture(autouse=True)
def quick(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["testserver"]


@pytest.fixture
def here(db: None) -> Village:
    with clock.living_at(MORNING):
        return build_village()
