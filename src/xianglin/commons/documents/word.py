"""Documents as DOCX, for those who go on writing in them. Faces are named as offices have them; none is embedded."""

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Line

from . import codes, layout
from .notes import Notes
from .parts import (
    Block,
    Colophon,
    Document,
    Facts,
    Heading,
    Paragraph,
    Picture,
    Signature,
    Table,
    numbered,
    plain,
    sort_of_picture,
)

_RULE = 8  # eighths of a point: 0.35 mm, of the colophon
_MOST_IN_A_PROPERTY = 255  # characters, Word's own limit
_TALLEST = 110.0  # mm, of a picture


def to_docx(document: Document) -> bytes:
    paper = docx.Document()
    paper.core_properties.title = plain(document.title)[:_MOST_IN_A_PROPERTY]
    paper.core_properties.author = ""
    _lay_out(paper)
    _heads(paper, document)
    notes = Notes(paper)
    for block in numbered(document.blocks):
        _add(paper, block, notes)
    if document.signature:
        _sign(paper, document.signature)
    if document.colophon:
        _colophon(paper, document.colophon)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _lay_out(paper: Paper) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(layout.PAGE[0]), Mm(layout.PAGE[1])
    section.top_margin, section.bottom_margin = Mm(layout.TOP), Mm(layout.BOTTOM)
    section.left_margin, section.right_margin = Mm(layout.LEFT), Mm(layout.RIGHT)
    number_height = layout.PAGE_NUMBER / layout.POINTS_PER_MM
    section.footer_distance = Mm(layout.BOTTOM - layout.PAGE_NUMBER_BELOW - number_height)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(round(layout.LINE * 20)))
    grid.set(qn("w:charSpace"), str(round((layout.PITCH - layout.BODY) * 4096)))  # OOXML counts in 4096ths of a point
    normal = paper.styles["Normal"]
    _set_face(normal.element.get_or_add_rPr(), "body", layout.BODY)
    form = normal.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(layout.LINE)
    form.space_before = form.space_after = Pt(0)
    form.widow_control = False
    paper.settings.odd_and_even_pages_header_footer = True
    _number(section.footer.paragraphs[0], ALIGN.RIGHT)
    _number(section.even_page_footer.paragraphs[0], ALIGN.LEFT)


def _set_face(properties: Any, face: str, size: float) -> None:
    """East Asian and Latin letters alike, as the standard's documents have them."""
    fonts = properties.get_or_add_rFonts()
    for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(script), layout.FACES[face].word)
    properties.get_or_add_sz().val = Pt(size)


def _write(line: Line, text: str, face: str = "body", size: float = layout.BODY) -> Any:
    run = line.add_run(plain(text))
    _set_face(run._r.get_or_add_rPr(), face, size)
    return run


def _number(line: Line, side: ALIGN) -> None:
    """— 1 —, one character in from the outer edge."""
    line.alignment = side
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(layout.PAGE_NUMBER)
    _write(line, "— ", "song", layout.PAGE_NUMBER)
    run = _write(line, "", "song", layout.PAGE_NUMBER)
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = words or None
        run._r.append(part)
    _write(line, " —", "song", layout.PAGE_NUMBER)


def _line(paper: Any, text: str, face: str = "body", size: float = layout.BODY) -> Line:
    line: Line = paper.add_paragraph()
    _write(line, text, face, size)
    return line


def _heads(paper: Paper, document: Document) -> None:
    title = _line(paper, document.title, "title", layout.TITLE)
    title.alignment = ALIGN.CENTER
    title.paragraph_format.line_spacing = Pt(layout.TITLE_LINE)
    for text in document.subtitles:
        _line(paper, text, "second").alignment = ALIGN.CENTER
    paper.add_paragraph()


def _add(paper: Paper, block: Block, notes: Notes) -> None:
    if isinstance(block, Heading):
        line = _indented(_line(paper, f"{block.number}{block.text}", layout.HEADING_FACES[block.level - 1]))
        line.paragraph_format.keep_with_next = True
        _outline(line, block.level)
    elif isinstance(block, Paragraph):
        line = _indented(_line(paper, block.text))
        line.alignment = ALIGN.JUSTIFY
        if block.note:
            notes.add(line, plain(block.note))
    elif isinstance(block, Table):
        _table(paper, [list(block.header), *block.rows], block.weights)
    elif isinstance(block, Facts):
        for name, value in block.pairs:
            _indented(_line(paper, f"{name}：{value}"))  # zh: between a name and its value
    elif isinstance(block, Picture):
        _picture(paper, block)


def _indented(line: Line) -> Line:
    line.paragraph_format.first_line_indent = Pt(layout.em(layout.INDENT))
    return line


def _outline(line: Line, level: int) -> None:
    """Word's navigation shows it as a heading, without a heading style's colours."""
    mark = OxmlElement("w:outlineLvl")
    mark.set(qn("w:val"), str(level - 1))
    line._p.get_or_add_pPr().append(mark)


def _table(paper: Paper, rows: Sequence[Sequence[str]], weights: Sequence[float]) -> None:
    shares = list(weights) or [1.0] * len(rows[0])
    table = paper.add_table(rows=len(rows), cols=len(shares), style="Table Grid")
    table.autofit = False
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for at, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        for cell, text, share in zip(row.cells, texts, shares, strict=True):
            cell.width = Mm(layout.TYPE_AREA[0] * share / sum(shares))
            line = cell.paragraphs[0]
            line.paragraph_format.line_spacing = Pt(layout.TABLE * 1.5)
            _write(line, text, "body" if at else "first", layout.TABLE)


def _picture(paper: Paper, block: Picture) -> None:
    sort_of_picture(block.content)
    line = paper.add_paragraph()
    line.alignment = ALIGN.CENTER
    line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE  # of an exact line only a strip would show
    shown = line.add_run().add_picture(io.BytesIO(block.content), width=Mm(layout.PICTURE_WIDTH))
    if shown.height > Mm(_TALLEST):
        shown.width, shown.height = round(shown.width * Mm(_TALLEST) / shown.height), Mm(_TALLEST)
    if block.caption:
        _line(paper, block.caption, size=layout.TABLE).alignment = ALIGN.CENTER


def _sign(paper: Paper, signature: Signature) -> None:
    """The date four characters from the right edge, who signs centred over it."""
    paper.add_paragraph()
    wider = (_width(signature.on) - _width(signature.name)) / 2
    for text, further in ((signature.name, max(wider, 0)), (signature.on, max(-wider, 0))):
        line = _line(paper, text)
        line.alignment = ALIGN.RIGHT
        line.paragraph_format.right_indent = Pt(layout.em(layout.SIGNED_FROM_RIGHT + further))
        line.paragraph_format.keep_together = True


def _width(text: str) -> float:
    """In characters: a digit or a Latin letter is half of one."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def _colophon(paper: Paper, told: Colophon) -> None:
    paper.add_paragraph()
    table = paper.add_table(rows=1, cols=2 if told.link else 1)
    table.autofit = False
    _rules(table)
    *before, words = table.rows[0].cells
    widths = [layout.CODE + 8] * len(before)
    words.width = Mm(layout.TYPE_AREA[0] - sum(widths))
    for cell, width in zip(before, widths, strict=True):
        cell.width = Mm(width)
        line = cell.paragraphs[0]
        line.alignment = ALIGN.CENTER
        line.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        line.add_run().add_picture(io.BytesIO(codes.as_png(told.link)), width=Mm(layout.CODE))
        _small(cell.add_paragraph(), told.caption, layout.NOTE).alignment = ALIGN.CENTER
    told_lines = [*((text, layout.COLOPHON) for text in told.lines), *((text, layout.SMALL) for text in told.small)]
    for at, (text, size) in enumerate(told_lines):
        _small(words.add_paragraph() if at else words.paragraphs[0], text, size)


def _small(line: Line, text: str, size: float) -> Line:
    line.paragraph_format.line_spacing = Pt(size * 1.5)
    _write(line, text, size=size)
    return line


def _rules(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom"):
        rule = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(_RULE)), ("space", "0"), ("color", "000000")):
            rule.set(qn(f"w:{key}"), value)
        borders.append(rule)
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)  # the schema's order; Word refuses another
