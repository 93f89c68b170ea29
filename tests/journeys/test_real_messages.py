"""The main job on real input: 4,326 messages come in through the page, fifty are answered and settled, pages only.

The stage (a private test county with two people in its receiving post) is set through actions; from then on nobody
calls one: the clerk hands in the sheet, prints receipts, a colleague answers, and each author speaks with a receipt.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from python_calamine import CalamineWorkbook

from tests.support.browser import DESK

from .site import Visitor, Walks, running

OUTSIDE = Path(os.environ.get("XIANGLIN_OUTSIDE", Path(__file__).resolve().parents[3] / "shared" / "data"))
SHEET = OUTSIDE / "messages" / "hot-issues-4326.xlsx"
COUNTY = "330599"
FIFTY = 50

pytestmark = [
    pytest.mark.browser,
    pytest.mark.outside,
    pytest.mark.xdist_group("real-messages"),
    pytest.mark.skipif(not SHEET.exists(), reason=f"the real messages are not here: {SHEET}"),
]

STAGE = f"""
import django; django.setup()
from xianglin.base.actor import system
from xianglin.commons.access import actions as access
from xianglin.commons.access.doors import put_door
from xianglin.commons.areas.imports import import_areas
from xianglin.commons.areas.lists import AreaRow
from xianglin.commons.areas.models import Area
from xianglin.config import prepare
from xianglin.demo import play
from xianglin.kernels.matters.actions import set_duty
prepare.database()
play.play_once()
stage = system("test", via="command")
import_areas([AreaRow("{COUNTY}", "试验县", "3305")], actor=system("areas", "command"), source="test")
county = Area.objects.get(code="{COUNTY}")
who = dict()
for key, name in (("receiver", "收件的人"), ("handler", "经办的人")):
    who[key] = access.open_account(county, actor=stage, username=key, display_name=name)
    access.grant(county, actor=stage, account=who[key], role="county_clerk")
    put_door(key, label=name, order=90, account=who[key])
from xianglin.base.actor import Actor
me = Actor("account", str(who["receiver"].pk), "收件的人")
set_duty(county, actor=me, category="", account_id=who["handler"].pk)
"""


@pytest.fixture(scope="module")
def real_walks(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walks]:
    folder = tmp_path_factory.mktemp("real")
    env = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    env |= {"XIANGLIN_DATA": str(folder / "var"), "XIANGLIN_DEMO": "1", "XIANGLIN_LOG": "WARNING"}
    env["DJANGO_SETTINGS_MODULE"] = "xianglin.config.settings"
    subprocess.run([sys.executable, "-c", STAGE], env=env, check=True, timeout=120)
    with running(folder) as site:
        yield Walks(browser, site)


@dataclass(frozen=True)
class Receipt:
    slip: str
    code: str


def test_real_messages_come_in_and_fifty_are_settled(real_walks: Walks, tmp_path: Path) -> None:
    with real_walks.door("receiver", DESK) as clerk, real_walks.visitor() as villager:
        hand_in(clerk, villager)
        receipts = print_receipts(clerk, tmp_path)
        clerk.go(f"/exchange/opinions/?area={COUNTY}")
        again = hand_in_again(clerk)
    assert "0 行可以导入" in again
    assert "4326 行以前导入过" in again

    with real_walks.door("handler", DESK) as handler:
        answered = [answer_first(handler) for _each in range(FIFTY)]
    assert len(set(answered)) == FIFTY
    for slip in answered:
        with real_walks.visitor() as author:
            settle(author, receipts[slip])


def hand_in(clerk: Visitor, villager: Visitor) -> None:
    """Hand in the sheet, see the dry run, import; a villager reads the village page all the while.

    How long it took is printed, not asserted: `benchmarks/import_opinions.py` measures it.
    """
    clerk.go(f"/exchange/opinions/?area={COUNTY}")
    began = time.monotonic()
    submit(clerk)
    clerk.page.get_by_text("4326 行可以导入").wait_for(timeout=60_000)
    print(f"\ndry run of 4,326 rows by page: {time.monotonic() - began:.1f} s")
    clerk.press("导入 4326 条")
    taken = []
    began = time.monotonic()
    while not clerk.page.get_by_text("导入完了").is_visible():
        asked = time.monotonic()
        answer = villager.page.request.get(f"{villager.site}/v/330523103202/")
        taken.append(time.monotonic() - asked)
        assert answer.ok
        assert time.monotonic() - began < 400
        clerk.page.wait_for_timeout(200)
    clerk.sees("新增 4326 条，0 条以前导入过，0 条没有导入")
    seconds = time.monotonic() - began
    print(f"imported by page in {seconds:.1f} s; village page {len(taken)} times, {max(taken):.3f} s at worst")


def submit(clerk) -> None:  # type: ignore[no-untyped-def]
    clerk.page.get_by_label("表格文件").set_input_files(SHEET)
    clerk.press("交上去看看")


def hand_in_again(clerk: Visitor) -> str:
    submit(clerk)
    line = clerk.page.get_by_text("行以前导入过")
    line.wait_for(timeout=60_000)
    return str(line.inner_text())


def print_receipts(clerk: Visitor, folder: Path) -> dict[str, Receipt]:
    clerk.go("/matters/receipts/")
    with clerk.page.expect_download() as download:
        clerk.press("做好回执，下载表格")
    path = folder / "receipts.xlsx"
    download.value.save_as(path)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]
    return {str(row[1]): Receipt(str(row[1]), str(row[4])) for row in rows}


def answer_first(handler: Visitor) -> str:
    """The most urgent of 今日, answered; its number."""
    handler.go("/today/")
    first = handler.page.locator(".wait > li", has=handler.page.get_by_role("link", name="答复")).first
    slip = first.locator(".row-s").inner_text().split()[-1]
    first.get_by_role("link", name="答复").click()
    handler.page.get_by_label("答复", exact=True).fill("已到现场看过，当天处理好，请您再看看。")
    handler.press("答复")
    handler.sees("答复发出去了")
    return str(slip)


def settle(author: Visitor, receipt: Receipt) -> None:
    author.go("/r/")
    author.page.get_by_label("回执码").fill(receipt.code)
    author.press("看回音")
    author.sees("已到现场看过")
    author.press("办好了")
    author.sees("谢谢您，记下了")
