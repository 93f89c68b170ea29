"""A handed-in sheet: checked, applied in small batches, never twice, and forgotten in the end."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import DataError, IntegrityError

from tests.commons.exchange.conftest import CLERK, HEADERS, WORDS, made
from xianglin.base import clock
from xianglin.base.actor import NOBODY, Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange import actions, cleaners, exports, headers, jobs, queries, staging
from xianglin.commons.exchange.models import Batch, Imported, StagedRow
from xianglin.commons.exchange.tables import TABLES, Column, ImportRow

Write = Callable[..., Path]
pytestmark = pytest.mark.django_db


def rows(count: int, first: int = 1) -> list[list[Any]]:
    return [[str(n), f"村民{n}", f"第 {n} 句话", "2026-05-08"] for n in range(first, first + count)]


def stage(path: Path, area: Area, **mapping: str) -> Batch:
    return staging.stage_file(path, WORDS, area, CLERK, mapping)


def errors(batch: Batch) -> dict[int, list[list[str]]]:
    return {row.number: [error[:2] for error in row.errors] for row in batch.rows.order_by("number") if row.errors}


def codes(batch: Batch) -> dict[int, list[tuple[str, str]]]:
    return {row.number: [(e[0], e[2]) for e in row.errors] for row in batch.rows.order_by("number") if row.errors}


BAD = [
    ["1", "王阿姨", "路灯不亮", "2026-05-08"],
    ["", "李", "没有编号", None],
    ["3", "名" * 21, "名字太长", "昨天"],
    ["1", "王阿姨", "又是一", None],
    ["5", "张", None, None],
    ["6", "赵", '="a"&"b"', None],
    [330523200001010000, "钱", "号码", None],
    ["8", "孙", "好的", dt.date(2026, 5, 9)],
]


def test_a_dry_run_puts_each_error_beside_its_row(workbook: Write, village: Area) -> None:
    batch = stage(workbook(HEADERS, *BAD), village)
    assert (batch.state, batch.ok, batch.bad) == ("checked", 2, 6)
    assert errors(batch) == {
        3: [["number", "没有填"]],
        4: [["who", "太长了（21 字），最多 20 字，请删短一些"], ["at", "日期看不懂，请写成 2026-07-21 这样"]],
        5: [["number", "和第 2 行是同一条"]],
        6: [["words", "没有填"]],
        7: [["words", "是公式，请粘贴为数值"]],
        8: [["number", "号码太长，Excel 已经改了末尾几位，请把这列设成文本再填"]],
    }
    assert codes(batch) == {
        3: [("number", "exchange.required")],
        4: [("who", "exchange.too_long"), ("at", "exchange.not_a_date")],
        5: [("number", "exchange.same_row")],
        6: [("words", "exchange.required")],
        7: [("words", "exchange.formula")],
        8: [("number", "exchange.rounded")],
    }
    assert made() == {}, "a dry run makes nothing"


def test_bad_rows_never_stop_good_ones(workbook: Write, village: Area) -> None:
    batch = stage(workbook(HEADERS, *BAD), village)
    counts = staging.apply_batch(batch, CLERK)
    assert (counts.created, counts.unchanged, counts.rejected) == (2, 0, 6)
    assert made() == {"1": "路灯不亮", "8": "好的"}


def test_unless_asked(workbook: Write, village: Area) -> None:
    batch = stage(workbook(HEADERS, *BAD), village)
    with pytest.raises(Refused) as refused:
        staging.apply_batch(batch, CLERK, strict=True)
    assert (refused.value.code, refused.value.data) == ("exchange.bad_rows", {"bad": 6})
    assert made() == {}


def test_a_second_import_creates_none(workbook: Write, village: Area) -> None:
    path = workbook(HEADERS, *rows(120))
    first = staging.apply_batch(stage(path, village), CLERK)
    again = stage(path, village)
    assert (again.ok, again.unchanged) == (0, 120)
    second = staging.apply_batch(again, CLERK)
    assert (first.created, second.created, second.unchanged) == (120, 0, 120)
    assert len(made()) == 120


def test_staged_twice_before_either_is_applied_creates_once(workbook: Write, village: Area) -> None:
    path = workbook(HEADERS, *rows(5))
    one, other = stage(path, village), stage(path, village)
    staging.apply_batch(one, CLERK)
    counts = staging.apply_batch(other, CLERK)
    assert (counts.created, counts.unchanged) == (0, 5)


def test_pressed_twice_it_is_applied_once(workbook: Write, village: Area) -> None:
    batch = stage(workbook(HEADERS, *rows(5)), village)
    first = staging.apply_batch(batch, CLERK)
    second = staging.apply_batch(batch, CLERK)
    assert (second.created, second.unchanged) == (first.created, first.unchanged) == (5, 0)
    assert len(made()) == 5


@pytest.mark.parametrize("batches", [0, 1, 2])
def test_killed_after_any_batch_it_goes_on(
    workbook: Write, village: Area, monkeypatch: pytest.MonkeyPatch, batches: int
) -> None:
    batch = stage(workbook(HEADERS, *rows(130)), village)
    real, left = actions._apply, [batches * 50 + 20]

    def killed(*args: Any) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        real(*args)

    monkeypatch.setattr(actions, "_apply", killed)
    with pytest.raises(KeyboardInterrupt):
        staging.apply_batch(batch, CLERK)
    assert len(made()) == batches * 50, "the batch that was cut is undone whole"
    monkeypatch.setattr(actions, "_apply", real)
    assert staging.apply_batch(batch, CLERK).created == 130
    assert sorted(made(), key=int) == [str(n) for n in range(1, 131)]


def test_a_row_that_the_action_refuses_leaves_nothing_behind(workbook: Write, village: Area) -> None:
    batch = stage(workbook(HEADERS, ["1", "王", "【拒收】", None], ["2", "李", "好的", None]), village)
    counts = staging.apply_batch(batch, CLERK)
    assert (counts.created, counts.rejected) == (1, 1)
    assert made() == {"2": "好的"}
    assert not Imported.objects.filter(table=WORDS.key, result_ref="").exists()
    assert errors(batch) == {2: [["", "这句话收不了，请换个说法。"]]}


def test_a_known_number_that_says_something_else_is_told_beside_its_row(workbook: Write, village: Area) -> None:
    staging.apply_batch(stage(workbook(HEADERS, *rows(2)), village), CLERK)
    other = [["1", "村民1", "第 1 句话！！ ", None], ["2", "村民2", "化粪池满了", None]]
    batch = stage(workbook(HEADERS, *other), village)
    assert (batch.ok, batch.unchanged, batch.bad) == (0, 0, 2)
    assert codes(batch) == {2: [("number", "exchange.changed")], 3: [("number", "exchange.changed")]}
    again = stage(workbook(HEADERS, ["1", "别的名字", " 第 1 句话", "2026-06-01"]), village)
    assert (again.unchanged, again.bad) == (1, 0), "the same words, however spaced, are the same thing"


def test_a_number_that_came_in_meanwhile_with_other_words_is_rejected(workbook: Write, village: Area) -> None:
    one, other = (
        stage(workbook(HEADERS, *rows(2)), village),
        stage(workbook(HEADERS, ["2", "李", "别的", None]), village),
    )
    staging.apply_batch(one, CLERK)
    counts = staging.apply_batch(other, CLERK)
    assert (counts.created, counts.unchanged, counts.rejected) == (0, 0, 1)
    other.refresh_from_db()
    assert codes(other) == {2: [("number", "exchange.changed")]}
    assert made()["2"] == "第 2 句话"


def test_of_two_alike_the_good_one_comes_in(workbook: Write, village: Area) -> None:
    path = workbook(HEADERS, ["1", "王", "路灯", "昨天"], ["1", "王", "路灯", "2026-05-08"], ["1", "王", "路灯", None])
    batch = stage(path, village)
    assert (batch.ok, batch.bad) == (1, 2)
    assert errors(batch)[4] == [["number", "和第 3 行是同一条"]]
    assert staging.apply_batch(batch, CLERK).created == 1


def test_an_empty_date_of_a_program_stops_nothing(workbook: Write, village: Area) -> None:
    path = workbook(HEADERS, ["1", "王", "话", "0001-01-01"], ["2", "李", "话", "0021-05-08"], ["3", "张", "话", None])
    batch = stage(path, village)
    assert codes(batch) == {3: [("at", "exchange.impossible_year")]}
    assert staging.apply_batch(batch, CLERK).created == 2


@pytest.mark.parametrize(
    "fault",
    [DataError("too long"), IntegrityError("a constraint"), OverflowError("out of range"), ValueError("no text")],
)
def test_a_row_that_does_not_fit_takes_no_other_with_it(
    workbook: Write,
    village: Area,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
) -> None:
    def apply(row: ImportRow, **where: Any) -> Any:
        made = WORDS.apply(row, **where)
        if row["number"] == "2":
            raise fault
        return made

    monkeypatch.setitem(TABLES, WORDS.key, dataclasses.replace(WORDS, apply=apply))
    batch = stage(workbook(HEADERS, *rows(3)), village)
    counts = staging.apply_batch(batch, CLERK)
    assert (counts.created, counts.rejected) == (2, 1)
    assert set(made()) == {"1", "3"}
    assert codes(batch) == {3: [("", "exchange.unfit")]}
    assert type(fault).__name__ in caplog.text
    assert str(fault) not in caplog.text, "an error's words may quote a cell"


def test_a_fault_of_ours_stops_the_job_and_its_owner_can_end_the_batch(
    workbook: Write, village: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    def apply(row: ImportRow, **where: Any) -> Any:
        if row["number"] == "60":
            raise AttributeError("a mistake in the program")
        return WORDS.apply(row, **where)

    monkeypatch.setitem(TABLES, WORDS.key, dataclasses.replace(WORDS, apply=apply))
    batch = stage(workbook(HEADERS, *rows(70)), village)
    with pytest.raises(AttributeError):
        staging.apply_batch(batch, CLERK)
    ended = actions.cancel_batch(batch, actor=CLERK)
    assert (ended.state, ended.created, len(made())) == ("cancelled", 50, 50)
    assert staging.raw_rows(list(ended.rows.all()[:1]))[0].cells == []
    jobs.apply.func(batch.pk, dataclasses.asdict(CLERK))
    assert len(made()) == 50, "its job, tried again, finds it ended"


def test_a_row_that_is_not_good_any_more_is_rejected(
    workbook: Write, village: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = stage(workbook(HEADERS, *rows(2)), village)
    stricter = (WORDS.columns[0], WORDS.columns[1], Column("words", "说了什么", clean=cleaners.text(3)))
    monkeypatch.setitem(TABLES, WORDS.key, dataclasses.replace(WORDS, columns=(*stricter, WORDS.columns[3])))
    assert staging.apply_batch(batch, CLERK).rejected == 2
    assert codes(batch) == {2: [("words", "exchange.too_long")], 3: [("words", "exchange.too_long")]}


def test_without_a_number_a_row_is_known_by_all_it_says(
    workbook: Write, village: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    loose = dataclasses.replace(WORDS, columns=(Column("number", "编号"), *WORDS.columns[1:]))
    monkeypatch.setitem(TABLES, WORDS.key, loose)
    path = workbook(HEADERS, ["", "王", "路灯", None], ["", "王", "路灯", None], ["", "李", "路灯", None])
    batch = staging.stage_file(path, loose, village, CLERK)
    assert (batch.ok, batch.bad) == (2, 1)
    assert staging.apply_batch(batch, CLERK).created == 2
    wider = dataclasses.replace(loose, columns=(*loose.columns, Column("phone", "电话")))
    monkeypatch.setitem(TABLES, WORDS.key, wider)
    assert staging.stage_file(path, wider, village, CLERK).ok == 0, "a further column makes no known row a new one"
    beside = Area.objects.get(name="试镇")
    assert staging.stage_file(path, wider, beside, CLERK).ok == 2, "the same words of another place are others'"


def test_missing_columns_are_named(workbook: Write, village: Area) -> None:
    with pytest.raises(Refused, match="说了什么") as refused:
        stage(workbook(["编号", "姓名"], ["1", "王"]), village)
    assert refused.value.code == "exchange.missing_columns"
    assert not Batch.objects.exists()


def test_a_map_is_remembered_for_the_same_headers(workbook: Write, village: Area) -> None:
    path = workbook(["编号", "心声"], ["1", "路灯不亮"])
    assert stage(path, village, 心声="words").ok == 1
    assert stage(path, village).mapping == {"心声": "words", "编号": "number"}


def test_unknown_columns_are_kept_for_the_table(
    workbook: Write, village: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    got: list[Any] = []
    listening = dataclasses.replace(WORDS, apply=lambda row, **_rest: got.append(row.extra))
    monkeypatch.setitem(TABLES, WORDS.key, listening)
    staging.apply_batch(stage(workbook([*HEADERS, "点赞数"], [*rows(1)[0], 7]), village), CLERK)
    assert got == [{"点赞数": "7"}]


def test_only_who_handed_it_in_goes_on_with_it(workbook: Write, village: Area) -> None:
    batch = stage(workbook(HEADERS, *rows(2)), village)
    with pytest.raises(Forbidden):
        staging.apply_batch(batch, Actor("system", "somebody-else"))
    with pytest.raises(Forbidden):
        staging.stage_file(workbook(HEADERS, *rows(2)), WORDS, village, NOBODY)


def test_only_within_a_county(workbook: Write, village: Area) -> None:
    city = Area.objects.get(name="试市")
    with pytest.raises(Refused) as refused:
        stage(workbook(HEADERS, *rows(2)), city)
    assert refused.value.code == "exchange.area_too_wide"


def test_values_lie_sealed_and_can_be_forgotten(
    workbook: Write, village: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = stage(workbook(HEADERS, *BAD), village)
    stored = StagedRow.objects.values_list("values", flat=True)
    assert all("王" not in str(value.ciphertext) for value in stored)
    assert queries.rows_shown(batch)[0][0].cells[1].said == "王阿姨"
    monkeypatch.setattr(clock, "now", lambda: clock.real_now() + dt.timedelta(days=31))
    assert jobs.forget.func() == 1
    batch.refresh_from_db()
    assert batch.forgotten_at is not None
    assert not batch.rows.exists()
    assert batch.state == Batch.State.CANCELLED, "what cannot be read any more cannot be imported"


def test_cancelled_nothing_can_be_read(workbook: Write, village: Area) -> None:
    batch = stage(workbook(HEADERS, *BAD), village)
    actions.cancel_batch(batch, actor=CLERK)
    batch.refresh_from_db()
    assert (batch.state, staging.raw_rows(list(batch.rows.all()))[0].cells) == ("cancelled", [])
    with pytest.raises(Refused):
        staging.apply_batch(batch, CLERK)


def test_what_is_to_be_mended_comes_back_and_goes_in_again(workbook: Write, village: Area, tmp_path: Path) -> None:
    path = workbook(HEADERS, ["1", "王", "=1+1 不是公式", None], ["2", "+86王", "话", "昨天"], ["3", "", "好", None])
    book = openpyxl.load_workbook(path)
    book.active["C2"].data_type = "s"
    book.save(path)
    batch = stage(path, village)
    staging.apply_batch(batch, CLERK)
    with exports.faulty_rows(batch, WORDS) as file:
        (mend := tmp_path / "改.xlsx").write_bytes(file.read())
    sheet = openpyxl.load_workbook(mend).active
    assert [cell.value for cell in sheet[1]] == [*HEADERS, "为什么"]
    assert [cell.value for cell in sheet[2]] == [
        "2", "'+86王", "话", "昨天", "第 3 行：“哪天说的”日期看不懂，请写成 2026-07-21 这样",
    ]  # fmt: skip
    sheet["D2"] = "2026-05-08"
    mended = tmp_path / "改好.xlsx"
    sheet.parent.save(mended)
    again = stage(mended, village)
    assert queries.rows_shown(again)[0][0].cells[1].said == "+86王"
    assert staging.apply_batch(again, CLERK).created == 1


def test_text_that_looks_like_a_formula_is_neutralised() -> None:
    assert exports.safe_cell("=HYPERLINK(1)") == "'=HYPERLINK(1)"
    assert [exports.safe_cell(said) for said in ("-5", "-5.2", "路灯", "")] == ["-5", "-5.2", "路灯", ""]
    assert [exports.safe_cell(said)[0] for said in ("+1", "@a", "-a", "\tb")] == ["'"] * 4


def test_the_template_is_read_back_whole(tmp_path: Path, workbook: Write) -> None:
    with exports.template(WORDS) as file:
        (path := tmp_path / "空.xlsx").write_bytes(file.read())
    written = [str(cell.value) for cell in openpyxl.load_workbook(path).active[1]]
    assert headers.missing(headers.guess(written, WORDS, {}), WORDS) == []
