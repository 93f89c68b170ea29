"""Every measure says what it counts, and is nothing but its records: asked of all that the demonstration did."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.urls import Resolver404, resolve

from xianglin.base import clock
from xianglin.base.measure import Measure
from xianglin.base.months import months_to
from xianglin.base.registry import PROGRAMMES
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import programmes_on
from xianglin.commons.people.models import Household
from xianglin.demo import day, play, relaying, yuhua, yuhua_doors
from xianglin.demo import yuhua_meeting as story
from xianglin.kernels.indicators import queries
from xianglin.kernels.indicators.declare import REGISTRY

MEASURES = pytest.mark.parametrize("measure", REGISTRY.values(), ids=list(REGISTRY))
HOUSEHOLDS = 386  # of 玉华村, as reported
SETTLED_LATE = 2  # 上坞高处水压 answered after 41 days, 护林补贴 again after its round ran out
SHORTEST_DEFINITION = 15  # characters: less says neither what nor from which day


@pytest.fixture
def played(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.DATA = tmp_path
    monkeypatch.setattr(clock, "_offset_days", day.offset)
    play.play_once()
    yield


@MEASURES
def test_is_documented(measure: Measure) -> None:
    assert measure.programme in PROGRAMMES and measure.code.count(".") == 1
    assert str(measure.name) and str(measure.unit)
    assert len(str(measure.definition)) >= SHORTEST_DEFINITION
    assert measure.period in ("month", "so_far")
    assert not measure.out_of or REGISTRY[measure.out_of].unit == measure.unit


def test_names_are_told_apart() -> None:
    assert [name for name, count in Counter(str(m.name) for m in REGISTRY.values()).items() if count > 1] == []


def test_the_demonstration(played: None) -> None:
    """One play for all."""
    each_is_what_its_records_are()
    the_demonstrations_figures_are_what_was_told_of_it()


def each_is_what_its_records_are() -> None:
    """By place, by month and so far."""
    months, places = months_to(clock.today()), [None, *Area.objects.all()]
    counted = 0
    for measure in REGISTRY.values():
        everywhere = replace(measure, near=lambda rows, first, end: rows)
        for area in places:
            on = area is None or measure.programme in programmes_on(area, clock.today())
            for month in [None, *months] if on else [None]:  # where it is not on, nothing was ever counted
                records = _records(measure, area, month)
                counted += len(records)
                told = _sum(measure, queries.rows_of(measure, area, month)) if measure.amount else len(records)
                assert queries.total(measure, area, month) == told, (measure.code, area, month)
                assert on or not records, (measure.code, area)
                assert queries.total(everywhere, area, month) == told, f"{measure.code}: its near leaves out"
                assert all(_leads_somewhere(record.url) and str(record.label) for record in records)
            if area is not None and on:
                series = queries.series(measure, area, months)
                assert series == [queries.total(measure, area, month) for month in months], (measure.code, area)
            if measure.out_of:
                whole = {row.pk for row in queries.rows_of(REGISTRY[measure.out_of], area, months[-1])}
                assert {row.pk for row in queries.rows_of(measure, area, months[-1])} <= whole, "a part of the whole"
    assert counted > 100


def _records(measure: Measure, area: Area | None, month: Any) -> list[Any]:
    rows, found, after = queries.rows_of(measure, area, month), list[Any](), ""
    while True:
        page = queries.page(measure, rows, after)
        found += page.records
        after = page.after
        if not after:
            return found


def _sum(measure: Measure, rows: Any) -> int:
    return sum(getattr(row, measure.amount) for row in rows)


def _leads_somewhere(url: str) -> bool:
    try:
        return bool(resolve(url))
    except Resolver404:
        return False


def the_demonstrations_figures_are_what_was_told_of_it() -> None:
    """Counted by hand from the story's own lines."""
    told = [*yuhua.OPINIONS, *yuhua.SINCE, *yuhua.BESIDES, *relaying.BROUGHT_BACK]
    asked = [one for meeting in (story.MAY_MEETING, story.JUNE_MEETING) for one in meeting.asked]
    deeds = [[verb for _when, verb, _text in one.done] for one in (*told, *asked)]
    accused = sum("quarantine" in verbs for verbs in deeds)
    settled = sum(verbs[-1:] == ["settled"] for verbs in deeds) + len(yuhua.GATHERED)
    settled += sum(max(1, len(one.parts)) for one in asked if one.content)
    settled += len(story.BESIDE_LAMPS)
    assert accused and settled

    def value(name: str) -> int:
        return queries.total(REGISTRY[f"briefing.{name}"], None, None)

    assert value("matters_raised") == len(told) + len(yuhua.GATHERED) + len(asked) + len(story.BESIDE_LAMPS) - accused
    assert value("tasks_settled_in_time") == settled - SETTLED_LATE
    may = queries.total(
        REGISTRY["briefing.households_heard"], Area.objects.get(code=yuhua.VILLAGE), dt.date(2022, 5, 1)
    )
    assert may == Household.objects.count() == len(list(yuhua_doors.lines())) == HOUSEHOLDS, (
        "before the first conference"
    )
    assert (value("reports_published"), value("reports_corrected"), value("conferences")) == (3, 1, 2)
