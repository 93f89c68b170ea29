"""Matters on certain days in certain villages, and a measure that counts them."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.kernels.matters.conftest import MORNING, Village, build_village
from xianglin.base import clock
from xianglin.base.actor import system
from xianglin.base.measure import Measure, Record
from xianglin.commons.areas.actions import switch_programme
from xianglin.kernels.matters.models import Matter


@pytest.fixture
def here(db: None, settings: Any) -> Iterator[Village]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with clock.living_at(MORNING):
        built = build_village()
        switch_programme(built.cast.places.county, "briefing", actor=system("tests"), on=True)
        yield built


def counting(**other: Any) -> Measure:
    told: dict[str, Any] = {
        "code": "briefing.tests",
        "name": "说的事",
        "unit": "件",
        "definition": "都算",
        "rows": lambda: Matter.objects.select_related("area"),
        "dated": "received_at",
        "record": lambda row: Record(row.slip, row.area.name, row.received_at.astimezone(clock.SHANGHAI).date()),
    }
    return Measure(**{**told, **other})
