"""Papers as they come out, read back by other people's readers."""

import io
from dataclasses import dataclass

from pypdf import PdfReader

from xianglin.commons.documents import layout
from xianglin.commons.documents.parts import (
    Colophon,
    Document,
    Facts,
    Heading,
    Paragraph,
    Signature,
    Table,
)

# What somebody might type who wants the typesetter to do something, or only to be quoted.
NASTY = r'#panic() #import "x" *粗* _斜_ $x^2$ \u{41} \ <w:b/> &amp; @ref `code` [方] // /* */ 🙂'
SEAL_LINK = "http://testserver/check/?seal=ebd91234abcd0000"


def report() -> Document:
    """Every kind of block but a picture."""
    return Document(
        "玉华村 2026年11月 村情发布稿",
        ["安吉县鄣吴镇玉华村　2026年11月"],
        [
            Heading("上期反馈"),
            Paragraph("本月新装路灯12盏，花了 3000 元。", note="见村务公开目录。"),
            Heading("收支", level=2),
            Table(["项目", "金额"], [["路灯", "3000 元"], ["沟渠", "1200 元"]], weights=(2, 1)),
            Facts([("地点", "村委会二楼")]),
            Heading("本月工作"),
        ],
        Signature("玉华村", "2026年11月27日"),
        Colophon(["第 1 版"], ["ab12" * 16, SEAL_LINK], SEAL_LINK, "扫一扫，核对这张纸"),
    )


def long_report(lines: int) -> Document:
    """Only lines full of Chinese."""
    return Document("长稿", blocks=[Paragraph("天地玄黄宇宙洪荒日月盈昃辰宿列张" * 2 * lines)])


@dataclass(frozen=True)
class Printed:
    """Pieces of text on a page, with the left end of their baseline, in points from the paper's lower left corner."""

    text: str
    x: float
    y: float


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """Without breaks and spaces, which typesetting puts where it likes."""
    told = "".join(page.extract_text() for page in read(content).pages)
    return "".join(told.replace("\u200b", "").split())


def printed(reader: PdfReader, page: int) -> list[Printed]:
    found: list[Printed] = []

    def visit(text: str, outer: list[float], matrix: list[float], _font: object, _size: float) -> None:
        if text.strip():
            x, y = matrix[4], matrix[5]
            found.append(
                Printed(
                    text.strip(),
                    outer[0] * x + outer[2] * y + outer[4],
                    outer[1] * x + outer[3] * y + outer[5],
                )
            )

    reader.pages[page].extract_text(visitor_text=visit)
    return found


def mm(points: float) -> float:
    return points / layout.POINTS_PER_MM
