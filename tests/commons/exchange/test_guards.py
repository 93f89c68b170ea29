"""What is no plain sheet, or not safe, is refused with its own sentence before anything parses it."""

import datetime as dt
import io
import random
import re
import struct
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from xianglin.base.refused import Refused
from xianglin.commons.exchange import guards, sheets

NASTY = (b"", b"-1", b"0", b"A0", b"XFE1048577", b"A1:ZZZ99999999", b"9" * 30, b"1e308", b"nan", b"B5:A1", b"\xe4\xb8",
         b"../../x", b"s", b"d", b"e", b"inlineStr", b"0001-01-01T00:00:00", b"_x0000_", b"2958466")  # fmt: skip
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
        ({"xl__worksheets__sheet1_DOT_xml": b'<worksheet><sheetData><row r="x"/></sheetData></worksheet>'}, "damaged"),
        ({"xl__worksheets__sheet1_DOT_xml": b'<worksheet><c r="A"><v>1</v></c></worksheet>'}, "damaged"),
        ({"xl__workbook_DOT_xml": b"<workbook><sheets>"}, "damaged"),
        ({"xl__workbook_DOT_xml": b"<workbook><sheets><sheet/></sheets></workbook>"}, "damaged"),
        ({"xl___rels__workbook_DOT_xml_DOT_rels": b"<Relationships><Relationship/></Relationships>"}, "damaged"),
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


def variant(chance: random.Random, good: bytes, parts: dict[str, bytes]) -> bytes:
    """The workbook with some bytes of the file or of a part spoilt, or a part gone."""
    if chance.random() < 0.3:
        return spoilt(chance, good)
    parts, name = dict(parts), chance.choice(list(parts))
    if chance.random() < 0.15:
        del parts[name]
    else:
        parts[name] = spoilt(chance, parts[name])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def spoilt(chance: random.Random, content: bytes) -> bytes:
    spots = [match.span(1) for match in re.finditer(rb'="([^"]*)"|>([^<>]+)<', content) if match[1] is not None]
    at, size = chance.randrange(len(content)), chance.randint(1, 40)
    match chance.randrange(5 if spots else 4):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + content[at + size :]
        case 2:
            return content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
        case 3:
            return content[:at] + chance.choice([b"<", b">", b'"', b"&", b"\0", b"\xff", b"-"]) + content[at + 1 :]
        case _:
            start, end = chance.choice(spots)
            return content[:start] + chance.choice(NASTY) + content[end:]


def test_whatever_is_spoilt_it_is_read_or_refused(workbook: Callable[..., Path], tmp_path: Path) -> None:
    day = dt.datetime(2026, 5, 8, 9, 30)
    good = workbook(
        ["编号", "内容", "时间"], *([n, "路灯不亮", day] for n in range(5)), touch=lambda s: s.merge_cells("B3:B5")
    )
    with zipfile.ZipFile(good) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    path, outcomes = tmp_path / "坏.xlsx", Counter[str]()
    for seed in range(600):
        path.write_bytes(variant(random.Random(seed), good.read_bytes(), parts))
        try:
            sheets.read(path)
            outcomes["read"] += 1
        except Refused as refusal:
            outcomes[refusal.code] += 1
        except BaseException as surprise:
            raise AssertionError(f"seed {seed}") from surprise
    assert outcomes["read"] > 100 < outcomes["exchange.damaged"], outcomes


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
