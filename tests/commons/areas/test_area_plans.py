"""How the databases read "in this area": by an index on one column, whatever the level. -s shows them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from xianglin.base.actor import Actor
from xianglin.commons.areas import queries
from xianglin.commons.areas.imports import import_areas
from xianglin.commons.areas.lists import AreaRow
from xianglin.commons.areas.models import Area, InArea, Level

pytestmark = pytest.mark.django_db(transaction=True)

with isolate_apps("xianglin.commons.areas"):

    class Thing(InArea):
        """A row that is listed by area and day, as matters are."""

        day = models.IntegerField()

        class Meta:
            app_label = "areas"
            indexes = [
                models.Index(fields=["county_id", "day"], name="thing_county"),
                models.Index(fields=["village_id", "day"], name="thing_village"),
            ]


@pytest.fixture
def country(transactional_db: None, actor: Actor) -> Iterator[None]:
    """4 cities, 20 counties, 200 towns, 4,000 villages and 8,000 things."""
    rows = [AreaRow("33", "甲省")]
    rows += [AreaRow(f"33{city:02}", f"市{city}市") for city in range(1, 5)]
    rows += [AreaRow(f"33{c:02}{n:02}", f"县{c}{n}县") for c in range(1, 5) for n in range(1, 6)]
    rows += [AreaRow(f"{row.code}{n:03}", f"镇{n}镇") for row in rows[5:] for n in range(1, 11)]
    rows += [AreaRow(f"{row.code}{n:03}", f"村{n}村") for row in rows[25:] for n in range(1, 21)]
    import_areas(rows, actor=actor, source="test")
    with connection.schema_editor() as editor:
        editor.create_model(Thing)
    things = []
    for number, village in enumerate(Area.objects.filter(level=Level.VILLAGE)):
        for day in (number % 365, number % 100):
            thing = Thing(day=day)
            thing.place_in(village)
            things.append(thing)
    Thing.objects.bulk_create(things)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Thing)


def plan(title: str, rows: models.QuerySet[models.Model]) -> str:
    explained = rows.explain()
    print(f"\n[{connection.vendor}] {title}\n{explained}")
    return explained


def test_plans(country: None) -> None:
    areas = Area.objects.current()
    county, town = queries.area_by_code("330203"), queries.area_by_code("330203004")
    village = queries.area_by_code("330203004005")
    shown = {
        "villages of a county": (
            queries.in_area(areas, county).filter(level=Level.VILLAGE).order_by("code")[:50],
            "area_in_county",
        ),
        "children of a town": (queries.children(town)[:50], "area_children"),
        "things of a county by day": (
            queries.in_area(Thing.objects.all(), county).order_by("day")[:50],
            "thing_county",
        ),
        "things of a village by day": (
            queries.in_area(Thing.objects.all(), village).order_by("day")[:50],
            "thing_village",
        ),
        "areas whose code begins": (areas.filter(code__begins="330203004"), "areas_area_code"),
        "areas whose name begins": (areas.filter(name__begins="村11"), "areas_area_name"),
        "areas by pinyin": (areas.filter(pinyin__begins="xian2"), "areas_area_pinyin"),
    }
    for title, (rows, index) in shown.items():
        explained = plan(title, rows)
        assert index in explained, (title, explained)
        assert "SCAN" not in explained and "Seq Scan" not in explained, (title, explained)
