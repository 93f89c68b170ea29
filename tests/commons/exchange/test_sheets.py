"""Awkward sheets, as towns really hand them in."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commons.exchange.conftest import HEADERS, WORDS
from xianglin.base.refused import Refused
from xianglin.commons.exchange import headers, sheets


def cut(path: Path, **wanted: str) -> headers.Headed:
    return headers.cut(sheets.read(path), WORDS, wanted)


def test_merged_title_rows_stand_above_the_header(workbook: Callable[..., Path], said: list[Any]) -> None:
    path = workbook(
        ["试县群众意见汇总表（2026 年 5 月）"],
        ["填报单位：试镇", None, None, "单位：条"],
        [],
        HEADERS,
        said,
        touch=lambda sheet: sheet.merge_cells("A1:D1"),
    )
    found = cut(path)
    assert found.headers == HEADERS
    assert [(row.number, row.cells[2]) for row in found.rows] == [(5, "路灯不亮")]


def test_empty_rows_are_passed_over_and_numbers_are_excels(workbook: Callable[..., Path], said: list[Any]) -> None:
    found = cut(workbook(HEADERS, said, [], ["", " ", None], ["2", "李", "话", None]))
    assert [row.number for row in found.rows] == [2, 5]


def test_numbers_and_dates_become_text_as_people_read_it(workbook: Callable[..., Path]) -> None:
    row = [188006, 1.5, True, dt.datetime(2026, 5, 8, 9, 30), dt.date(2026, 5, 8), "😀 好", None]
    found = cut(workbook([*HEADERS, "a", "b", "c"], row))
    assert found.rows[0].cells == [
        "188006", "1.5", "TRUE", "2026-05-08 09:30:00", "2026-05-08", "😀 好", "",
    ]  # fmt: skip


def test_a_cell_of_thirty_thousand_characters(workbook: Callable[..., Path]) -> None:
    found = cut(workbook(HEADERS, ["1", "王", "话" * 30_000, None]))
    assert len(found.rows[0].cells[2]) == 30_000


def test_a_number_that_lost_its_last_digits_is_noticed(workbook: Callable[..., Path]) -> None:
    found = cut(workbook(HEADERS, [330523200001010000, "王", "话", None]))
    assert found.rows[0].rounded == (0,)


def test_a_value_merged_downwards_is_meant_for_each_row(workbook: Callable[..., Path]) -> None:
    path = workbook(
        [*HEADERS, "村"],
        ["1", "王", "话", None, "试村"],
        ["2", "李", "话", None, None],
        ["3", "张", "话", None, "别村"],
        touch=lambda sheet: sheet.merge_cells("E2:E3"),
    )
    assert [row.cells[4] for row in cut(path).rows] == ["试村", "试村", "别村"]


def test_empty_cells_merged_outside_of_what_is_filled(workbook: Callable[..., Path], said: list[Any]) -> None:
    found = cut(workbook(HEADERS, said, ["2", "李", "话", None], touch=lambda sheet: sheet.merge_cells("H2:H9")))
    assert [row.number for row in found.rows] == [2, 3]


def test_formula_cells_are_noticed(workbook: Callable[..., Path]) -> None:
    found = cut(workbook(HEADERS, ["1", "王", '=CONCATENATE("a","b")', None], ["2", "李", "话", "=TODAY()"]))
    assert [row.formulas for row in found.rows] == [(2,), (3,)]


def test_a_sheet_of_one_cell_has_no_rows(workbook: Callable[..., Path]) -> None:
    with pytest.raises(Refused) as refused:
        cut(workbook(["编号"]))
    assert refused.value.code == "exchange.no_rows"


def test_the_sheet_that_knows_most_headers_is_taken(workbook: Callable[..., Path], said: list[Any]) -> None:
    def more(sheet: Any) -> None:
        second = sheet.parent.create_sheet("明细")
        second.append(HEADERS)
        second.append(said)
        hidden = sheet.parent.create_sheet("旧的")
        hidden.append([*HEADERS, "序号"])
        hidden.append(said)
        hidden.sheet_state = "hidden"

    assert cut(workbook(["说明"], ["请填第二张表"], touch=more)).name == "明细"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_however_encoded_and_cut(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "表.csv"
    lines = [HEADERS, ["1", "王阿姨", '"路灯不亮,\n三天了;"', "2026/5/8 9:30"], ["2", "李", "=1+1", ""]]
    path.write_bytes("\n".join(delimiter.join(line) for line in lines).encode(encoding))
    found = cut(path)
    assert found.headers == HEADERS
    assert found.rows[0].cells[2] == "路灯不亮,\n三天了;"
    assert found.rows[1].cells[2] == "=1+1"
    assert found.rows[1].formulas == ()


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_bytes(bytes(range(256)) * 10)
    with pytest.raises(Refused) as refused:
        sheets.read(path)
    assert refused.value.code == "exchange.encoding"


def test_headers_by_alias_however_spaced_and_unknown_ones_kept(workbook: Callable[..., Path]) -> None:
    found = cut(workbook(["留言编号", " 留言 详情", "备注", "备注", None], ["1", "话", "a", "b", "c"]))
    assert found.headers == ["留言编号", "留言 详情", "备注", "备注 (2)", "第5列"]
    assert headers.guess(found.headers, WORDS, {}) == {"留言编号": "number", "留言 详情": "words"}


def test_a_map_wins_over_the_aliases() -> None:
    wanted = headers.parse(["备注=说了什么", "内容="], WORDS)
    assert wanted == {"备注": "words", "内容": ""}
    assert headers.guess(["编号", "备注", "内容"], WORDS, wanted) == {"备注": "words", "编号": "number"}


@pytest.mark.parametrize("pair", ["备注", "=编号", "备注=没有的"])
def test_a_map_that_cannot_be_read_names_the_fields(pair: str) -> None:
    with pytest.raises(Refused, match="说了什么") as refused:
        headers.parse([pair] if "=" in pair else [f"{pair}=错"], WORDS)
    assert refused.value.code == "exchange.bad_map"
