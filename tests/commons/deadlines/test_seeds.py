"""Data that ship with the package, and what `doctor` says about them."""

import dataclasses
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xianglin.base import clock
from xianglin.base.refused import Refused
from xianglin.commons.deadlines import almanacs, doctor, seeds
from xianglin.commons.deadlines.models import CalendarDay, CalendarVersion, DeadlineRule, Recomputation

pytestmark = pytest.mark.django_db
SEED = seeds.RuleSeed(
    "test.letter",
    1,
    "来信",
    15,
    "day",
    "next_workday",
    "《信访工作条例》第 22 条",
    "国务院",
    date(2022, 5, 1),
)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    def set_day(day: date) -> None:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=clock.SHANGHAI)
        monkeypatch.setattr(clock, "now", lambda: noon)

    return set_day


def plant() -> None:
    seeds.plant(apps.get_app_config("deadlines"), apps=apps)


def test_the_calendar_is_there_after_migrate() -> None:
    plant()
    almanac = almanacs.current()
    assert CalendarDay.objects.count() == 267
    assert almanac.calendar.years == frozenset(range(2016, 2027))
    assert almanac.names[date(2026, 6, 19)] == "端午节"


def test_planting_again_changes_nothing() -> None:
    plant()
    before = almanacs.current()
    plant()
    assert CalendarVersion.objects.count() == 1
    assert almanacs.current() is before, "kept for the process"


def test_one_query_while_nothing_changes() -> None:
    plant()
    almanacs.current()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        almanacs.current()
    assert len(queries) == 1


def test_a_countys_own_calendar_survives_the_next_migrate(tmp_path: Path) -> None:
    plant()
    file = tmp_path / "2027.csv"
    file.write_text("date,kind,name,source\n2027-01-01,holiday,元旦,试\n", encoding="utf-8")
    assert seeds.load_calendar(file) is True
    assert seeds.load_calendar(file) is False
    plant()
    assert almanacs.current().calendar_version == 2
    assert 2027 in almanacs.current().calendar.years
    assert CalendarDay.objects.filter(date__year=2026).exists()


def test_a_packaged_file_that_changes_nothing_never_undoes_a_later_correction(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The county was quicker than the package, and found a mistake afterwards."""
    plant()
    own, packaged = tmp_path / "own.csv", tmp_path / "packaged.csv"
    year = "2027-01-01,holiday,元旦,通知\n"
    own.write_text(f"date,kind,name,source\n{year}", encoding="utf-8")
    seeds.load_calendar(own)
    packaged.write_text(seeds.CHINA.read_text(encoding="utf-8") + year, encoding="utf-8")
    monkeypatch.setattr(seeds, "CHINA", packaged)
    plant()
    assert CalendarVersion.objects.count() == 2, "nothing to count again"
    own.write_text(f"date,kind,name,source\n{year}2027-02-08,holiday,春节,更正\n", encoding="utf-8")
    seeds.load_calendar(own)
    plant()
    assert CalendarDay.objects.filter(date__year=2027).count() == 2


@pytest.mark.parametrize(
    "line",
    [
        "2027-01-02,holiday,元旦,试",
        "2027-01-04,makeup,元旦,试",
        "2027-01-04,off,元旦,试",
        "1月4日,holiday,元旦,试",
    ],
)
def test_a_calendar_with_a_mistake_is_refused_whole(tmp_path: Path, line: str) -> None:
    plant()
    file = tmp_path / "2027.csv"
    file.write_text(f"date,kind,name,source\n2027-01-01,holiday,元旦,试\n{line}\n", encoding="utf-8")
    with pytest.raises(Refused, match="第 3 行") as refused:
        seeds.load_calendar(file)
    assert refused.value.code == "deadlines.bad_calendar"
    assert almanacs.current().calendar_version == 1


def test_rules_are_stored_once_and_never_change_their_period() -> None:
    plant()
    assert seeds.load_rules([SEED]) is True
    assert seeds.load_rules([SEED]) is False
    assert seeds.load_rules([dataclasses.replace(SEED, label="群众来信")]) is True
    with pytest.raises(ImproperlyConfigured, match="another version"):
        seeds.load_rules([dataclasses.replace(SEED, amount=60)])
    assert seeds.load_rules([dataclasses.replace(SEED, version=2, amount=60)]) is True
    assert list(DeadlineRule.objects.filter(code="test.letter").values_list("label", "amount")) == [
        ("群众来信", 15),
        ("来信", 60),
    ]
    assert almanacs.current().rule_for("test.letter", date(2026, 7, 1), []).amount == 60


def test_without_data_it_says_what_to_do() -> None:
    CalendarVersion.objects.all().delete()
    with pytest.raises(Refused) as refused:
        almanacs.current()
    assert refused.value.code == "deadlines.no_calendar"
    assert doctor.checks() == [str(refused.value)]


def test_doctor_asks_for_next_years_calendar_from_november_on(on: Callable[[date], None]) -> None:
    plant()
    on(date(2026, 10, 31))
    assert doctor.checks() == []
    on(date(2026, 11, 1))
    assert [finding[:6] for finding in doctor.checks()] == ["2027 年"]
    on(date(2027, 2, 1))
    assert [finding[:6] for finding in doctor.checks()] == ["2027 年"]


def test_doctor_sees_a_recomputation_that_stands_still(on: Callable[[date], None]) -> None:
    plant()
    on(date(2026, 7, 1))
    almanac = almanacs.current()
    Recomputation.objects.create(
        calendar_version=almanac.calendar_version,
        rules_version=almanac.rules_version,
        seen=400,
        started_at=clock.now() - timedelta(hours=2),
    )
    assert ["400" in finding for finding in doctor.checks()] == [True]
