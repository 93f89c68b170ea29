"""A county with a village, and a throw-away table: words that people said."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from xianglin.base.actor import Actor, system
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange import cleaners, staging, tables
from xianglin.commons.exchange.models import Imported
from xianglin.commons.exchange.tables import Column, ImportRow, ImportTable

CLERK = system("test", via="command")
HEADERS = ["编号", "谁说的", "说了什么", "哪天说的"]
MADE = "test.made"


def _apply(row: ImportRow, *, area: Area, actor: Actor) -> Imported:
    made = Imported.objects.create(
        table=MADE, county_id=area.county_id, identity=row["number"] or row.identity, result_ref=row["words"][:50]
    )
    if "【拒收】" in row["words"]:
        raise Refused("test.refused", "这句话收不了，请换个说法。")
    return made


WORDS = ImportTable(
    key="test_words",
    label="群众的话",
    columns=(
        Column("number", "编号", ("留言编号", "序号"), required=True),
        Column("who", "谁说的", ("留言用户", "姓名"), clean=cleaners.text(20)),
        Column("words", "说了什么", ("留言详情", "内容"), required=True, clean=cleaners.text(10_000)),
        Column("at", "哪天说的", ("留言时间", "日期"), clean=cleaners.moment),
    ),
    identity=("number",),
    action="exchange.stage",  # any account and the system may
    apply=_apply,
    content=("words",),
)


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> ImportTable:
    monkeypatch.setitem(tables.TABLES, WORDS.key, WORDS)
    return WORDS


@pytest.fixture
def village(db: None) -> Area:
    above: Area | None = None
    names = [
        ("99", "试省"),
        ("9901", "试市"),
        ("990101", "试县"),
        ("990101001", "试镇"),
        ("990101001001", "试村"),
    ]
    for level, (code, name) in enumerate(names, start=1):
        area = Area(code=code, name=name, official_name=name, level=level, parent=above, initials="s", pinyin="shi")
        if above:
            area.take_ancestors_of(above)
        area.save()
        setattr(area, area.column, area.pk)
        area.save()
        above = area
    assert above is not None
    return above


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write rows into an XLSX file; `touch` may spoil the sheet before it is saved."""

    def write(*rows: list[Any], name: str = "表.xlsx", touch: Callable[[Any], None] | None = None) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        for row in rows:
            sheet.append(row)
        if touch:
            touch(sheet)
        book.save(path := tmp_path / name)
        return path

    return write


@pytest.fixture
def said() -> list[Any]:
    return ["1", "王阿姨", "路灯不亮", dt.datetime(2026, 5, 8, 9, 30)]


def made() -> dict[str, str]:
    return dict(Imported.objects.filter(table=MADE).values_list("identity", "result_ref"))


@pytest.fixture(autouse=True)
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "PAUSE_SECONDS", 0)
