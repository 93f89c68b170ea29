"""Is this file what it says, and safe to read? Settled before anything parses it."""

import csv
import logging
import traceback
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.parsers import expat
from zipfile import ZipFile

import python_calamine
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused

FileKind = Literal["xlsx", "csv"]
MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_UNPACKED = 200 * MEGABYTE
MOST_ENTRIES = 2_000
MOST_RATIO = 150  # real sheets unpack to 3-30 times; a bomb to a thousand
_RATIO_FROM = MEGABYTE  # a small part full of spaces is no bomb
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PIECE = MEGABYTE
# What zipfile, expat and the reader raise on bytes that no program wrote: wrong offsets (OSError 22), parts and
# attributes that are not there, numbers that are none, an unknown compression or encoding.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    expat.ExpatError,
    python_calamine.CalamineError,
    csv.Error,
    LookupError,
    ValueError,
    OverflowError,
)
logger = logging.getLogger(__name__)


@contextmanager
def reading() -> Iterator[None]:
    """Whatever a parser makes of a damaged file, people are told one sentence; what it was is in the log."""
    try:
        yield
    except _DAMAGE as damage:
        logger.info("a sheet that cannot be read: %s", place_of(damage))
        raise Refused("exchange.damaged", _("文件坏了，打不开。请用 Excel 或 WPS 打开后另存一份再导入。")) from damage


def place_of(error: BaseException) -> str:
    """Which error, and where, without its words: they may quote somebody's cell, and no log holds personal data."""
    frames = traceback.extract_tb(error.__traceback__)
    return " < ".join([type(error).__name__, *(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames))])


def check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise Refused("exchange.too_big", _("文件超过 20 MB，请分成几个小一点的文件。"))
    if size == 0:
        raise Refused("exchange.empty", _("文件是空的，请看看是不是选错了。"))


def kind_of(path: Path) -> FileKind:
    """What the file is by its content, whatever its name; refuses all that is not a plain sheet."""
    check_size(path.stat().st_size)
    with reading():
        return _kind_of(path)


def _kind_of(path: Path) -> FileKind:
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"PK\x03\x04"):
        _check_zip(path)
        return "xlsx"
    if start.startswith(_OLE):
        _refuse_ole(path)
    if start.startswith(b"PK"):
        raise zipfile.BadZipFile("cut off")
    if start.startswith((b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf")):
        raise _no_sheet()
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        raise Refused(
            "exchange.web_page",
            _("这是网页，只是名字像表格。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"),
        )
    return "csv"


def _no_sheet() -> Refused:
    return Refused("exchange.not_a_sheet", _("这不是表格文件。请选 .xlsx 或 .csv 文件。"))


def _bomb() -> Refused:
    return Refused("exchange.bomb", _("这个文件解开后大得不正常，已拒绝。请把要用的内容复制到新表格里再导入。"))


def _encrypted() -> Refused:
    return Refused("exchange.encrypted", _("文件设了密码，读不了。请打开后取消密码，另存一份再导入。"))


def _refuse_ole(path: Path) -> None:
    """The container of Office 97, and of every encrypted workbook: its directory names what is inside."""
    content = path.read_bytes()
    names = {name: name.encode("utf-16-le") in content for name in ("EncryptedPackage", "WordDocument", "Book")}
    if names["EncryptedPackage"]:
        raise _encrypted()
    if names["WordDocument"]:
        raise Refused("exchange.word", _("这是 Word 文档，不是表格。请把表格复制到 Excel 里，存成 .xlsx 再导入。"))
    if names["Book"] or "Workbook".encode("utf-16-le") in content:
        raise Refused("exchange.xls", _("这是旧格式 .xls。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"))
    raise _no_sheet()


def _check_zip(path: Path) -> None:
    with ZipFile(path) as archive:
        _check_directory(archive)
        _check_content(archive)


def _check_directory(archive: ZipFile) -> None:
    """By the central directory alone, before anything is unpacked."""
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise _encrypted()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise _bomb()
    for entry in entries:
        if entry.file_size > _RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise _bomb()
        if entry.filename.lower().endswith((".zip", ".rar", ".7z", ".gz")):
            raise Refused("exchange.nested", _("表格里还套着压缩包，已拒绝。请把要用的内容复制到新表格里再导入。"))
    _check_names({entry.filename for entry in entries})


def _check_names(names: set[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("exchange.macros", _("表格里带着宏，已拒绝。请另存为不带宏的 .xlsx 再导入。"))
    if "word/document.xml" in names:
        raise Refused("exchange.word", _("这是 Word 文档，不是表格。请把表格复制到 Excel 里，存成 .xlsx 再导入。"))
    if "xl/workbook.bin" in names:
        raise Refused("exchange.xlsb", _("这是二进制格式 .xlsb。请另存为 .xlsx 再导入。"))
    if "xl/workbook.xml" not in names:
        raise _no_sheet()


def _check_content(archive: ZipFile) -> None:
    """Unpack once, discarding: a part longer than its entry says fails its checksum here."""
    for entry in archive.infolist():
        with archive.open(entry) as part:
            while part.read(_PIECE):
                pass
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        raise Refused("exchange.macros", _("表格里带着宏，已拒绝。请另存为不带宏的 .xlsx 再导入。"))


@dataclass
class Extent:
    """Where a sheet's filled cells end, and which of them are formulas: (row, column), both from 0."""

    rows: int = 0
    columns: int = 0
    formulas: frozenset[tuple[int, int]] = frozenset()


def extent_of(archive: ZipFile, part: str) -> Extent:
    """Read a sheet's XML as a stream. One cell far out would make the reader fill a table of billions."""
    scan = _Scan()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.StartElementHandler = scan.start
    with archive.open(part) as stream:
        parser.ParseFile(stream)
    return Extent(scan.rows, scan.columns, frozenset(scan.formulas))


def refuse_doctype(*_declared: object) -> None:
    """No sheet has a document type; entities that expand without end need one."""
    raise _bomb()


class _Scan:
    def __init__(self) -> None:
        self.row, self.column = -1, -1
        self.rows = self.columns = 0
        self.formulas = set[tuple[int, int]]()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(" ")[2]:
            case "c":
                self.cell(attributes.get("r"))
            case "row":
                self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
                self.column = -1
            case "v" | "is":
                self.filled()
            case "f":
                self.filled()
                self.formulas.add((self.row, self.column))

    def cell(self, reference: str | None) -> None:
        if reference is None:
            self.column += 1
            return
        letters = reference.rstrip("0123456789")
        self.row, self.column = int(reference[len(letters) :]) - 1, _column_number(letters)

    def filled(self) -> None:
        self.rows, self.columns = max(self.rows, self.row + 1), max(self.columns, self.column + 1)
        if self.rows > MOST_ROWS + 20:
            raise too_many_rows()
        if self.columns > MOST_COLUMNS:
            raise Refused("exchange.too_wide", _("表格超过 200 列。请删掉用不着的列再导入。"))


def too_many_rows() -> Refused:
    return Refused("exchange.too_long", _("表格超过 10 万行。请分成几个文件导入。"))


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1
