"""The stored calendar, against the arrangements as the eleven notices and two amendments state them."""

from collections import Counter
from datetime import date, timedelta

import pytest

from xianglin.engine.workdays import Calendar

# year: (days off, first-last; weekends among them included), (weekend days worked)
NOTICES = {
    2016: ("0101 0207-0213 0404 0501-0502 0609-0611 0915-0917 1001-1007", "0206 0214 0612 0918 1008 1009"),
    2017: ("0101-0102 0127-0202 0402-0404 0501 0528-0530 1001-1008", "0122 0204 0401 0527 0930"),
    2018: (
        "0101 0215-0221 0405-0407 0429-0501 0618 0924 1001-1007 1230-1231",
        "0211 0224 0408 0428 0929 0930 1229",
    ),
    2019: ("0101 0204-0210 0405 0501-0504 0607 0913 1001-1007", "0202 0203 0428 0505 0929 1012"),
    2020: ("0101 0124-0202 0404-0406 0501-0505 0625-0627 1001-1008", "0119 0426 0509 0628 0927 1010"),
    2021: (
        "0101-0103 0211-0217 0403-0405 0501-0505 0612-0614 0919-0921 1001-1007",
        "0207 0220 0425 0508 0918 0926 1009",
    ),
    2022: (
        "0101-0103 0131-0206 0403-0405 0430-0504 0603-0605 0910-0912 1001-1007 1231",
        "0129 0130 0402 0424 0507 1008 1009",
    ),
    2023: ("0101-0102 0121-0127 0405 0429-0503 0622-0624 0929-1006", "0128 0129 0423 0506 0625 1007 1008"),
    2024: (
        "0101 0210-0217 0404-0406 0501-0505 0610 0915-0917 1001-1007",
        "0204 0218 0407 0428 0511 0914 0929 1012",
    ),
    2025: ("0101 0128-0204 0404-0406 0501-0505 0531-0602 1001-1008", "0126 0208 0427 0928 1011"),
    2026: (
        "0101-0103 0215-0223 0404-0406 0501-0505 0619-0621 0925-0927 1001-1007",
        "0104 0214 0228 0509 0920 1010",
    ),
}  # fmt: skip


def days_of(year: int, spans: str) -> set[date]:
    days = set[date]()
    for span in spans.split():
        first, last = (date(year, int(end[:2]), int(end[2:])) for end in (span[:4], span[-4:]))
        days |= {first + timedelta(n) for n in range((last - first).days + 1)}
    return days


@pytest.mark.parametrize("year", NOTICES)
def test_year_is_as_its_notice_says(year: int, china: Calendar) -> None:
    off, worked = (days_of(year, spans) for spans in NOTICES[year])
    assert {day for day in china.holidays if day.year == year} == {day for day in off if day.weekday() < 5}
    assert {day for day in china.makeup if day.year == year} == worked


def test_known_years_are_2016_to_2026(china_rows: list[dict[str, str]]) -> None:
    assert {row["date"][:4] for row in china_rows} == {str(year) for year in range(2016, 2027)}


def test_counts_per_year(china_rows: list[dict[str, str]]) -> None:
    counts = Counter((int(row["date"][:4]), row["kind"]) for row in china_rows)
    assert [counts[year, "holiday"] for year in NOTICES] == [17, 16, 18, 17, 19, 18, 18, 18, 19, 18, 19]
    assert [counts[year, "makeup"] for year in NOTICES] == [6, 5, 7, 6, 6, 7, 7, 7, 8, 5, 6]
    assert counts.total() == len(china_rows) == 267


def test_a_holiday_is_a_weekday_and_a_makeup_day_lies_on_a_weekend(china_rows: list[dict[str, str]]) -> None:
    for row in china_rows:
        weekend = date.fromisoformat(row["date"]).weekday() > 4
        assert weekend == {"holiday": False, "makeup": True}[row["kind"]], row


def test_rows_are_in_order_named_and_sourced(china_rows: list[dict[str, str]]) -> None:
    assert [row["date"] for row in china_rows] == sorted({row["date"] for row in china_rows})
    names = {row["name"] for row in china_rows}
    assert names == {"元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"}
    sources = {row["date"]: row["source"] for row in china_rows}
    assert sources["2024-02-04"] == "国办发明电〔2023〕7号"
    assert sources["2018-12-31"] == "国办发明电〔2018〕15号"  # arranged by the next year's notice
    assert sources["2019-05-05"] == "国办发明电〔2019〕3号"
    assert sources["2020-01-31"] == "国办发明电〔2020〕1号"
