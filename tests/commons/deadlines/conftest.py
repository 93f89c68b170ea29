"""A thing with a clock that no room has, and the calendar of the years 2016-2026 without a database."""

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import isolate_apps

from xianglin.commons.deadlines import actions, almanacs, seeds
from xianglin.commons.deadlines.models import Clocked, DeadlineRule
from xianglin.engine.workdays import Calendar

with isolate_apps("xianglin.commons.deadlines"):

    class Chore(Clocked):
        """In an isolated registry, so that other tests and the migration check never see it."""

        county_id = models.BigIntegerField(null=True)
        town_id = models.BigIntegerField(null=True)
        done = models.BooleanField(default=False)

        class Meta:
            app_label = "deadlines"

        @classmethod
        def open_clocks(cls) -> "models.QuerySet[Any]":
            return super().open_clocks().filter(done=False)


COUNTY, TOWN = 3, 4
MONTH, TWO_WEEKS, PLAIN, OWN = "test.month", "test.workdays", "test.plain", "test.own"


def rule(code: str, version: int, amount: int, unit: str, **more: Any) -> DeadlineRule:
    facts = {"label": "发布会上提的事", "basis": "《村情发布会制度》第 6 条", "roll": "next_workday"}
    facts |= {"from_on": date(2016, 1, 1), **more}
    return DeadlineRule(code=code, version=version, amount=amount, unit=unit, **facts)


RULES = (
    rule(MONTH, 1, 1, "month"),
    rule(TWO_WEEKS, 1, 10, "workday"),
    rule(PLAIN, 1, 7, "day", roll="none"),
    rule(OWN, 1, 30, "day"),
    rule(OWN, 2, 20, "day", from_on=date(2026, 7, 1)),
    rule(OWN, 3, 15, "day", area_id=COUNTY),
    rule(OWN, 4, 5, "day", area_id=TOWN, from_on=date(2026, 7, 1), to_on=date(2026, 12, 31)),
)


def almanac_of(rows: list[dict[str, str]], version: int = 1) -> almanacs.Almanac:
    days = {date.fromisoformat(row["date"]): row for row in rows}
    kinds = {kind: frozenset(day for day, row in days.items() if row["kind"] == kind) for kind in ("holiday", "makeup")}
    calendar = Calendar(str(version), frozenset(day.year for day in days), kinds["holiday"], kinds["makeup"])
    rules = {r.code: [other for other in RULES if other.code == r.code] for r in RULES}
    return almanacs.Almanac(calendar, version, 1, {day: row["name"] for day, row in days.items()}, rules)


def china_rows() -> list[dict[str, str]]:
    with seeds.CHINA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def china() -> almanacs.Almanac:
    return almanac_of(china_rows())


@pytest.fixture
def almanac(china: almanacs.Almanac, monkeypatch: pytest.MonkeyPatch) -> almanacs.Almanac:
    """The stored calendar as every clock finds it, without asking the database."""
    monkeypatch.setattr(almanacs, "current", lambda: china)
    return china


@pytest.fixture
def chores(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Chore]]:
    """The table of `Chore`, and only its clocks to be counted again."""
    seeds.plant(apps.get_app_config("deadlines"), apps=apps)
    DeadlineRule.objects.bulk_create(r for r in RULES if r.area_id is None)
    seeds.note_rules()
    monkeypatch.setattr(actions, "clocked_models", lambda: [Chore])
    with connection.schema_editor() as editor:
        editor.create_model(Chore)
    yield Chore
    with connection.schema_editor() as editor:
        editor.delete_model(Chore)
