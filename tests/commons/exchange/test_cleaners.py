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
