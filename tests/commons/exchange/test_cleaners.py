"""Cells as people fill them."""

import datetime as dt
from typing import Any

import pytest

from xianglin.base.clock import SHANGHAI
from xianglin.base.refused import Refused
from xianglin.commons.exchange import cleaners

NINE = dt.datetime(2026, 5, 8, 9, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "cell",
    ["2026/5/8 9:30", "2026-05-08 09:30:00", "2026年5月8日 9时30分", "2026.5.8 9:30", "46150.3958333333"],
)
def test_a_moment(cell: str) -> None:
    assert cleaners.moment(cell) == NINE


@pytest.mark.parametrize("cell", ["2026-05-08", "2026年5月8日", " 2026/05/08 ", "46150", "2026-05-08T23:59:59"])
def test_a_day(cell: str) -> None:
    assert cleaners.day(cell) == dt.date(2026, 5, 8)


@pytest.mark.parametrize("cell", ["5月8日", "昨天", "2026-13-01", "2026-02-30", "12", "99999", "2026-05-08 25:00"])
def test_no_date(cell: str) -> None:
    with pytest.raises(Refused, match="2026-07-21"):
        cleaners.moment(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "0001-01-01", "0001-01-01 00:00:00", "0001/1/1 0:00:00", "0001-01-01T00:00:00.000Z", "0000-00-00",
        "0000-00-00 00:00:00", "1900-01-01 00:00:00.000", "1900/1/0 0:00", "1899-12-30",
    ],
)  # fmt: skip
def test_what_a_program_writes_for_no_date_is_empty(cell: str) -> None:
    assert cleaners.moment(cell) is None


@pytest.mark.parametrize("cell", ["0001-01-02", "0026-05-08", "1899-12-29", "2101-01-01", "9999-12-31 23:59:59"])
def test_no_year_that_anybody_means(cell: str) -> None:
    with pytest.raises(Refused, match="年份不对") as refused:
        cleaners.moment(cell)
    assert refused.value.code == "exchange.impossible_year"


@pytest.mark.parametrize(
    ("clean", "cell", "value"),
    [
        (cleaners.moment, " ", None),
        (cleaners.day, "", None),
        (cleaners.whole_number, "1,200", 1200),
        (cleaners.whole_number, "", None),
        (cleaners.text(4), " 路灯 ", "路灯"),
        (cleaners.one_of({"男": "m", "女": "f"}), "女", "f"),
        (cleaners.one_of({"男": "m"}), "", ""),
    ],
)
def test_what_is_taken(clean: Any, cell: str, value: Any) -> None:
    assert clean(cell) == value


@pytest.mark.parametrize(
    ("clean", "cell"),
    [(cleaners.whole_number, "十二"), (cleaners.text(2), "三个字"), (cleaners.one_of({"男": "m"}), "女")],
)
def test_what_is_refused(clean: Any, cell: str) -> None:
    with pytest.raises(Refused):
        clean(cell)
