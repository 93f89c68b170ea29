"""The DOCX, opened again: the same numbers, the faces by their names in Chinese, and footnotes that Word knows."""

import io
import zipfile
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn

from tests.commons.documents.conftest import NASTY, report
from xianglin.commons.documents import codes, layout, word
from xianglin.commons.documents.parts import Document, Heading, Paragraph, Picture, plain


def opened(document: Document) -> docx.document.Document:
    return docx.Document(io.BytesIO(word.to_docx(document)))


def test_paper_margins_and_grid() -> None:
    section = opened(report()).sections[0]
    found = [
        section.page_width,
        section.page_height,
        section.top_margin,
        section.left_margin,
        section.right_margin,
        section.bottom_margin,
    ]
    assert [round(length.mm) for length in found] == [210, 297, 37, 28, 26, 35]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:linePitch")), grid.get(qn("w:type"))) == ("579", "linesAndChars")


def test_faces_have_their_names() -> None:
    paper = opened(report())
    faces = {
        line.text: line.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia"))  # type: ignore[union-attr]
        for line in paper.paragraphs
        if line.runs
    }
    assert faces["玉华村 2026年11月 村情发布稿"] == "方正小标宋简体"
    assert faces["一、上期反馈"] == "黑体"
    assert faces["（一）收支"] == "楷体_GB2312"
    assert faces["本月新装路灯12盏，花了 3000 元。"] == "仿宋_GB2312"
    assert paper.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    body = next(line for line in paper.paragraphs if line.text.startswith("本月新装"))
    assert body.paragraph_format.first_line_indent.pt == pytest.approx(layout.em(2), abs=0.1)


def test_page_numbers_stand_outside() -> None:
    paper = opened(report())
    assert paper.settings.odd_and_even_pages_header_footer
    odd, even = paper.sections[0].footer.paragraphs[0], paper.sections[0].even_page_footer.paragraphs[0]
    assert (str(odd.alignment), str(even.alignment)) == ("RIGHT (2)", "LEFT (0)")
    assert "PAGE" in odd._p.xml and odd.text.startswith("— ")


def test_table_signature_and_colophon() -> None:
    paper = opened(report())
    table, colophon = paper.tables
    assert [cell.text for cell in table.rows[1].cells] == ["路灯", "3000 元"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert round(table.rows[0].cells[0].width.mm) == 104
    assert "第 1 版" in colophon.rows[0].cells[1].text and len(paper.inline_shapes) == 1
    name, on = (line for line in paper.paragraphs if line.text in ("玉华村", "2026年11月27日"))
    assert name.paragraph_format.right_indent > on.paragraph_format.right_indent


def test_footnotes_are_a_part_of_their_own() -> None:
    content = word.to_docx(report())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        notes = ElementTree.fromstring(package.read("word/footnotes.xml"))
        assert "见村务公开目录。" in "".join(notes.itertext())
        assert "footnotes" in package.read("word/_rels/document.xml.rels").decode()
        assert "footnotes+xml" in package.read("[Content_Types].xml").decode()
    with zipfile.ZipFile(io.BytesIO(word.to_docx(Document("无注")))) as package:
        assert "word/footnotes.xml" not in package.namelist()


@pytest.mark.parametrize("nasty", [NASTY, "\x00\x07\ud800x", "w" * 400, ""])
def test_what_people_wrote_is_text(nasty: str) -> None:
    blocks = [Heading(nasty), Paragraph(nasty, note=f"<&>{nasty}"), Picture(codes.as_png("x"), nasty)]
    paper = opened(Document(nasty, [nasty], blocks))
    kept = plain("".join(char for char in nasty if char.isprintable()))
    assert sum(kept in line.text for line in paper.paragraphs) >= 4
