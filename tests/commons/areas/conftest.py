"""A few real places, with two villages of one name, taken in through the one door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from xianglin.base import hooks
from xianglin.base.action import Entry
from xianglin.base.actor import Actor, system
from xianglin.commons.areas import queries
from xianglin.commons.areas.imports import import_areas
from xianglin.commons.areas.lists import AreaRow
from xianglin.commons.areas.models import Area

PLACES = [
    AreaRow("33", "浙江省"),
    AreaRow("3305", "湖州市", "33"),
    AreaRow("330523", "安吉县", "3305"),
    AreaRow("330523103", "鄣吴镇", "330523"),
    AreaRow("330523103200", "鄣吴村委会", "330523103"),
    AreaRow("330523103202", "玉华村委会", "330523103"),
    AreaRow("3306", "绍兴市", "33"),
    AreaRow("330681", "诸暨市", "3306"),
    AreaRow("330681120", "陈宅镇", "330681"),
    AreaRow("330681120237", "开化村委会", "330681120"),
    AreaRow("3307", "金华市", "33"),
    AreaRow("330702", "婺城区", "3307"),
    AreaRow("330702105", "蒋堂镇", "330702"),
    AreaRow("330702105201", "开化村委会", "330702105"),
    AreaRow("3308", "衢州市", "33"),
    AreaRow("330824", "开化县", "3308"),
]
ACTOR = system("areas", via="command")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "registry: fetches a package from the npm registry")


@pytest.fixture(autouse=True)
def hooks_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about areas: who may do what is shown with access, the chain with trail."""
    for hook in (hooks.authorise, hooks.claim_key, hooks.keep_result, hooks.write_trail):
        monkeypatch.setattr(hook, "_plug", lambda *_: None)


@pytest.fixture
def trail(monkeypatch: pytest.MonkeyPatch) -> list[Entry]:
    written: list[Entry] = []
    monkeypatch.setattr(hooks.write_trail, "_plug", written.extend)
    return written


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What access was asked about: the action's name and the subject or place."""
    questions: list[tuple[str, Any]] = []

    def note(_: Actor, name: str, subject: Any) -> None:
        questions.append((name, subject))

    monkeypatch.setattr(hooks.authorise, "_plug", note)
    return questions


@pytest.fixture
def actor() -> Actor:
    return ACTOR


@pytest.fixture
def places(db: None, hooks_stand_in: None) -> Iterator[dict[str, Area]]:
    import_areas(PLACES, actor=ACTOR, source="test")
    yield {area.code: area for area in Area.objects.all()}


@pytest.fixture
def anji(places: dict[str, Area]) -> Area:
    return queries.area_by_code("330523")
