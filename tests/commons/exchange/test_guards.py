"""What is no plain sheet, or not safe, is refused with its own sentence before anything parses it."""

import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from xianglin.base.refused import Refused
from xianglin.commons.exchange import guards, sheets

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
FORMS = {
    "encrypted": OLE + "EncryptedPackage".encode("utf-16-le"),
    "xls": OLE + "Workbook".encode("utf-16-le"),
    "word": OLE + "WordDocument".encode("utf-16-le"),
    "not_a_sheet": b"%PDF-1.7 ...",
    "web_page": b"<html><table><tr><td>1</td></tr></table>",
    "damaged": b"PK\x03\x04 and then nothing",
    "empty": b"",
}


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        sheets.read(path)
    assert "请" in str(refused.value), "it says what to do next"
    return refused.value.code.removeprefix("exchange.")


@pytest.mark.parametrize("code", FORMS)
def test_by_content_not_by_name(tmp_path: Path, code: str) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(FORMS[code])
    assert refusal(path) == code


def repack(source: Path, target: Path, **more: bytes) -> Path:
    """Copy a workbook with further or other parts; `__` stands for a slash, `_DOT_` for a dot."""
    extra = {name.replace("__", "/").replace("_DOT_", "."): content for name, content in more.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename not in extra:
                new.writestr(entry.filename, old.read(entry))
        for name, content in extra.items():
            new.writestr(name, content)
    return target


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl__media__a_DOT_png": b"\0" * (2 * guards.MEGABYTE)}, "bomb"),
        ({"xl__embeddings__a_DOT_zip": b"PK"}, "nested"),
        ({"xl__vbaProject_DOT_bin": b"macro"}, "macros"),
        ({"word__document_DOT_xml": b"<w/>"}, "word"),
        ({"xl__workbook_DOT_bin": b""}, "xlsb"),
        (
            {"xl__worksheets__sheet1_DOT_xml": b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'},
            "bomb",
        ),
        ({"xl__worksheets__sheet1_DOT_xml": b"<worksheet><sheetData><row>"}, "damaged"),
    ],
)
def test_inside_of_the_archive(
    workbook: Callable[..., Path], tmp_path: Path, parts: dict[str, bytes], code: str
) -> None:
    assert refusal(repack(workbook(["编号"], ["1"]), tmp_path / "b.xlsx", **parts)) == code


def test_a_macro_workbook_by_its_content_type(workbook: Callable[..., Path], tmp_path: Path) -> None:
    path = workbook(["编号"], ["1"])
    with zipfile.ZipFile(path) as archive:
        types = archive.read("[Content_Types].xml")
    types = types.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")
    target = tmp_path / "m.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, types if entry.filename == "[Content_Types].xml" else old.read(entry))
    assert refusal(target) == "macros"


def test_too_many_parts(workbook: Callable[..., Path], tmp_path: Path) -> None:
    parts = {f"xl__x{number}": b"" for number in range(guards.MOST_ENTRIES)}
    assert refusal(repack(workbook(["编号"], ["1"]), tmp_path / "b.xlsx", **parts)) == "bomb"


def test_a_bomb_of_two_hundred_megabytes_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/sharedStrings.xml", "w") as part:
            for _ in range(210):
                part.write(b" " * guards.MEGABYTE)
    assert path.stat().st_size < guards.MEGABYTE
    assert refusal(path) == "bomb"


def test_a_part_longer_than_it_says_is_refused(workbook: Callable[..., Path]) -> None:
    path = workbook(["编号"], *[[str(number)] for number in range(500)])
    with zipfile.ZipFile(path) as archive:
        true_size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    raw = path.read_bytes()
    lie = raw.replace(struct.pack("<L", true_size), struct.pack("<L", 100))
    assert lie != raw
    path.write_bytes(lie)
    assert refusal(path) == "damaged"


def test_one_cell_far_out_does_not_fill_a_table_of_billions(workbook: Callable[..., Path]) -> None:
    far = workbook(["编号"], ["1"], touch=lambda sheet: sheet.cell(1_048_576, 1, "x"))
    assert refusal(far) == "too_long"
    wide = workbook(["编号"], ["1"], touch=lambda sheet: sheet.cell(1, 16_384, "x"))
    assert refusal(wide) == "too_wide"


def test_empty_cells_with_a_colour_are_no_rows(workbook: Callable[..., Path]) -> None:
    def paint(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        for row in range(3, 3000):
            sheet.cell(row, 1).fill = openpyxl.styles.PatternFill("solid", "FFFF00")

    [sheet] = sheets.read(workbook(["编号"], ["1"], touch=paint))
    assert [row.number for row in sheet.rows] == [1, 2]


def test_twenty_megabytes_and_no_more() -> None:
    guards.check_size(guards.MOST_BYTES)
    with pytest.raises(Refused) as refused:
        guards.check_size(guards.MOST_BYTES + 1)
    assert refused.value.code == "exchange.too_big"


def test_more_rows_than_one_file_may_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "MOST_ROWS", 100)
    path = tmp_path / "a.csv"
    path.write_text("编号\n" + "1\n" * 200, encoding="utf-8")
    assert refusal(path) == "too_long"
