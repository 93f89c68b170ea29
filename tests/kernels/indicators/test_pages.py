"""数字: what each reader sees of which place, and what a figure opens."""

import csv
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests.kernels.matters.conftest import Village, at
from tests.support.cast import SYSTEM, as_account
from xianglin.base import clock
from xianglin.commons.areas import actions as areas
from xianglin.commons.areas.actions import switch_programme
from xianglin.commons.areas.lists import AreaRow
from xianglin.kernels.matters import actions

RAISED = "/figures/briefing.matters_raised/"
VILLAGE, BESIDE, TOWN, COUNTY = "330523103202", "330523103200", "330523103", "330523"


def page(client: Client, address: str, status: int = 200) -> str:
    told = client.get(address)
    assert told.status_code == status, address
    return str(told.content.decode())


def download(client: Client, address: str) -> bytes:
    told: Any = client.get(address)
    assert told.status_code == 200 and "attachment" in told["Content-Disposition"]
    return b"".join(told.streaming_content)


def triaged(here: Village, title: str, **said: Any) -> Any:
    return actions.triage_matter(here.say(**said), actor=here.cadre, title=title, category="", public=True)


def test_a_figure_opens_what_it_counted(here: Village) -> None:
    triaged(here, "桥头灯不亮")
    here.say(place=here.cast.places.beside_village)
    cadre = as_account(here.cast.village_cadre)
    shown = page(cadre, "/figures/")
    assert "玉华村的数字" in shown and "村民提的事" in shown and "按收到的那天算" in shown
    assert f'{RAISED}?area={VILLAGE}&amp;month=2026-03"><b>1</b>' in shown
    opened = page(cadre, f"{RAISED}?area={VILLAGE}&month=2026-03")
    assert "玉华001　桥头灯不亮" in opened and "/matters/" in opened and "鄣吴村" not in opened
    assert "这个月没有" in page(cadre, f"{RAISED}?area={VILLAGE}&month=2026-02")


def test_the_months_line_has_its_table(here: Village) -> None:
    with clock.living_at(at("2026-01-05")):
        here.say()
    here.say()
    shown = page(as_account(here.cast.village_cadre), "/figures/")
    assert '<polyline points="' in shown
    assert shown.index("<td>2026-03</td>") < shown.index("<td>2026-01</td>") < shown.index("<td>2025-04</td>")
    assert "<td>2025-03</td>" not in shown


def test_from_county_to_village_within_reach(here: Village) -> None:
    here.say()
    clerk, officer = as_account(here.cast.town_clerk), as_account(here.cast.county_officer)
    for client, start, below in ((officer, COUNTY, TOWN), (clerk, TOWN, VILLAGE)):
        assert f"?area={below}&amp;month=2026-03" in page(client, "/figures/")
        assert f"area={below}" in page(client, f"{RAISED}?area={start}")
    assert f"?area={COUNTY}&amp;" not in page(clerk, f"/figures/?area={VILLAGE}"), (
        "up to their own place and no further"
    )
    for code in (COUNTY, "330522105", "000000"):
        page(clerk, f"/figures/?area={code}", 404)
    page(as_account(here.cast.village_cadre), f"/figures/?area={BESIDE}", 404)
    page(as_account(here.cast.village_cadre), f"{RAISED}?area={TOWN}", 404)
    page(as_account(here.cast.county_admin), "/figures/", 404)
    page(clerk, "/figures/briefing.no_such/", 404)


def test_a_department_opens_only_what_was_given_to_it(here: Village) -> None:
    theirs = triaged(here, "低保怎么办")
    actions.assign_matter(theirs, actor=here.cadre, department="civil_affairs")
    triaged(here, "桥头灯不亮")
    opened = page(as_account(here.cast.county_officer), RAISED)
    assert ">2</b>" in opened, "the number stays whole"
    assert "低保怎么办" in opened and "桥头灯不亮" not in opened and "另有 1 条不归您看" in opened
    said = download(as_account(here.cast.county_officer), "/figures/briefing.matters_raised/sheet/csv/").decode()
    assert "低保怎么办" in said and "桥头灯不亮" not in said


def test_what_a_county_has_off_is_not_there(here: Village) -> None:
    switch_programme(here.cast.places.county, "briefing", actor=SYSTEM, on=False)
    with clock.living_at(at("2026-03-11")):
        clerk = as_account(here.cast.town_clerk)
        assert "这里还没有数字" in page(clerk, "/figures/")
        page(clerk, RAISED, 404)


@pytest.mark.parametrize("month", ["2030-01", "x", "2026-03-03"])
def test_a_month_that_is_none_shows_the_present_one(here: Village, month: str) -> None:
    shown = page(as_account(here.cast.village_cadre), f"/figures/?month={month}")
    assert "2026-03" in shown and "下个月" not in shown
    page(as_account(here.cast.village_cadre), f"{RAISED}?from=2026-13-01~5", 404)


def test_sheets_say_the_same(here: Village) -> None:
    triaged(here, "=1+1 灯不亮")
    clerk = as_account(here.cast.town_clerk)
    book = load_workbook(io.BytesIO(download(clerk, f"/figures/sheet/xlsx/?area={TOWN}&month=2026-03")))
    rows = [[cell.value for cell in row] for row in book.active.rows]
    assert rows[0][:4] == ["代码", "指标", "单位", "地方"] and rows[0][-2] == "2026-03"
    assert rows[1][:4] == ["briefing.matters_raised", "村民提的事", "件", "鄣吴镇"] and rows[1][-2] == "1"
    said = download(clerk, f"/figures/sheet/csv/?area={TOWN}&month=2026-03")
    assert said.startswith(b"\xef\xbb\xbf")
    assert [row[:4] for row in csv.reader(io.StringIO(said.decode("utf-8-sig")))] == [row[:4] for row in rows]
    records = list(csv.reader(io.StringIO(download(clerk, f"{RAISED}sheet/csv/").decode("utf-8-sig"))))
    assert records[1] == ["2026-03-10", "玉华村", "玉华001　=1+1 灯不亮"]
    assert clerk.get("/figures/sheet/pdf/").status_code == 404


def test_no_page_asks_more_for_more_places_and_records(here: Village) -> None:
    clerk = as_account(here.cast.town_clerk)

    def asked() -> list[int]:
        counts = []
        for address in ("/figures/", RAISED):
            with CaptureQueriesContext(connection) as queries:
                page(clerk, address)
            counts.append(len(queries))
        return counts

    here.say()
    asked()  # what is read once per process
    few = asked()
    more = [AreaRow(f"3305231033{n:02d}", f"新{n}村") for n in range(1, 31)]
    areas.import_list(None, more, actor=SYSTEM, source="tests")
    for village in list(here.cast.places.town.children.all())[:20]:
        here.say(place=village)
    assert asked() == few
    assert max(few) <= 20, few
