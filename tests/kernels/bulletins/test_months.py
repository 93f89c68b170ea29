"""Which village published and which did not: by code, from the month in which the programme was switched on."""

import datetime as dt

from tests.kernels.bulletins.conftest import REPORT, Desk
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.programmes.briefing import months
from xianglin.ui.marks import CORRECTED, NOT_SENT


def words(desk: Desk, today: dt.date) -> dict[str, list[str]]:
    grid = months.grid(desk.here.cast.places.town, REPORT, today)
    return {
        village.name: ["、".join(str(mark.word) for mark in cell.marks) for cell in cells]
        for village, cells in grid.rows
    }


def test_the_month_that_runs_is_not_yet_missing(desk: Desk) -> None:
    desk.published()
    told = words(desk, clock.today())
    assert list(told) == ["鄣吴村", "玉华村"], "by code"
    assert told["玉华村"] == [""] * 11 + ["发了"]
    assert told["鄣吴村"] == [""] * 11 + ["还没备会"]


def test_a_month_that_is_over_is_missing_also_at_the_turn_of_the_year(desk: Desk) -> None:
    desk.published()
    began = clock.today()
    told = words(desk, dt.date(began.year + 1, 1, 31))
    since = 13 - began.month
    assert told["玉华村"][-1 - since :] == ["发了"] + [str(NOT_SENT.word)] * (since - 1) + ["还没备会"]
    assert told["鄣吴村"].count(str(NOT_SENT.word)) == since


def test_the_towns_page_counts_and_opens(desk: Desk) -> None:
    bulletin = desk.published()
    page = as_account(desk.here.cast.town_inspector).get("/reports/").content.decode()
    assert "谁发了，谁没发" in page and f"/bulletins/{bulletin.pk}/" in page
    assert str(CORRECTED.word) in page
