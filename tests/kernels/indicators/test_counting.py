"""A value is what its records are: by month and place, at the edges of both."""

import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.kernels.indicators.conftest import counting
from tests.kernels.matters.conftest import Village, at
from xianglin.base import clock
from xianglin.base.months import month_before, months_to, next_month
from xianglin.base.refused import Refused
from xianglin.kernels.indicators import declare, queries, rules
from xianglin.programmes.briefing import measures as briefing

JAN, FEB, MARCH = (dt.date(2026, month, 1) for month in (1, 2, 3))


def said_on(here: Village, *moments: str, place: str = "village") -> None:
    for moment in moments:
        with clock.living_at(at(*moment.split(" "))):
            here.say(place=getattr(here.cast.places, place))


def test_a_months_edges_are_midnight_here(here: Village) -> None:
    said_on(here, "2026-01-31 23:59", "2026-02-01 00:00", "2026-02-28 23:59", "2026-03-01 00:00")
    measure, village = counting(), here.place
    assert queries.series(measure, village, [JAN, FEB, MARCH]) == [1, 2, 1]
    assert [queries.total(measure, village, month) for month in (JAN, FEB, MARCH)] == [1, 2, 1]
    assert queries.total(measure, village, None) == 4
    days = [record.on.day for record in queries.page(measure, queries.rows_of(measure, village, FEB)).records]
    assert days == [28, 1], "newest first"


def test_levels_roll_up_and_other_places_stay_out(here: Village) -> None:
    at_ = here.cast.places
    said_on(here, "2026-03-02 09:00", "2026-03-03 09:00")
    said_on(here, "2026-03-02 09:00", place="beside_village")
    said_on(here, "2026-03-02 09:00", place="far_village")
    said_on(here, "2026-03-02 09:00", place="town")
    measure = counting()
    wanted = {"village": 2, "beside_village": 1, "town": 4, "county": 4, "next_county": 1, "province": 5}
    assert {name: queries.total(measure, getattr(at_, name), MARCH) for name in wanted} == wanted
    assert queries.total(measure, None, MARCH) == 5
    assert queries.by_place(measure, at_.town, MARCH) == {at_.village.pk: 2, at_.beside_village.pk: 1}
    assert queries.by_place(measure, at_.county, MARCH) == {at_.town.pk: 4}


def test_a_stock_counts_all_up_to_the_months_end(here: Village) -> None:
    said_on(here, "2025-11-02 09:00", "2026-01-31 23:59", "2026-03-05 09:00")
    measure = counting(period="so_far")
    assert queries.series(measure, here.place, [JAN, FEB, MARCH]) == [2, 2, 3]
    assert queries.total(measure, here.place, FEB) == 2
    assert queries.rows_of(measure, here.place, FEB).count() == 2


def test_a_sum_has_the_records_with_their_amounts(here: Village) -> None:
    said_on(here, "2026-03-02 09:00", "2026-03-03 09:00", "2026-03-04 09:00")
    measure = counting(amount="serial")
    assert queries.total(measure, here.place, MARCH) == 1 + 2 + 3
    assert queries.series(measure, here.place, [FEB, MARCH]) == [0, 6]
    assert sum(row.serial for row in queries.rows_of(measure, here.place, MARCH)) == 6


def test_pages_hold_every_record_once(here: Village) -> None:
    said_on(here, *["2026-03-02 09:00"] * 60, *["2026-03-03 09:00"] * 50)  # many of one instant
    measure, seen, after = counting(), list[str](), ""
    while True:
        page = queries.page(measure, queries.rows_of(measure, here.place, MARCH), after)
        seen += [str(record.label) for record in page.records]
        after = page.after
        if not after:
            break
        assert len(page.records) == queries.PAGE
    assert len(seen) == len(set(seen)) == queries.total(measure, here.place, MARCH) == 110


def test_months_cost_one_query(here: Village) -> None:
    said_on(here, "2026-01-31 23:59", "2026-03-03 09:00")
    with CaptureQueriesContext(connection) as asked:
        queries.series(counting(), here.cast.places.county, months_to(MARCH))
        queries.by_place(counting(), here.cast.places.county, MARCH)
    assert len(asked) == 2


@pytest.mark.parametrize("typed", ["", "2026", "2026-13", "2026-3", "2026-03-01", "今年三月", "2026-+3"])
def test_a_month_that_is_none(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        rules.month_named(typed)
    assert refused.value.code == "indicators.month"


def test_months_run_over_the_year() -> None:
    assert months_to(dt.date(2026, 2, 10), 3) == [dt.date(2025, 12, 1), JAN, FEB]
    assert next_month(dt.date(2025, 12, 1)) == JAN and month_before(JAN) == dt.date(2025, 12, 1)


@pytest.mark.parametrize("wrong", [{"code": "briefing.matters_raised"}, {"out_of": "briefing.nothing"}])
def test_a_wrong_declaration_stops_the_start(wrong: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    kept = dict(declare.REGISTRY)
    monkeypatch.setattr(briefing, "MEASURES", (*briefing.MEASURES, counting(**wrong)))
    with pytest.raises(ImproperlyConfigured):
        declare.collect()
    declare.REGISTRY.clear()
    declare.REGISTRY.update(kept)
