"""Footnotes of a DOCX, which python-docx has none of: their part of the package, and the marks in the text."""

from xml.sax.saxutils import escape

from docx.document import Document as Paper
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph as Line

from . import layout

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'
    for at, kind, mark in (
        (-1, "separator", "separator"),
        (0, "continuationSeparator", "continuationSeparator"),
    )
)


class Notes(Part):
    """A paper's footnotes. Word asks for the two separators wherever there is a note."""

    def __init__(self, paper: Paper) -> None:
        super().__init__(PackURI("/word/footnotes.xml"), _TYPE, package=paper.part.package)
        self._paper = paper
        self._texts: list[str] = []

    def add(self, line: Line, text: str) -> None:
        if not self._texts:
            self._paper.part.relate_to(self, RELATIONSHIP_TYPE.FOOTNOTES)
        self._texts.append(text)
        mark = OxmlElement("w:footnoteReference")
        mark.set(qn("w:id"), str(len(self._texts)))
        run = line.add_run()
        run.font.superscript = True
        run._r.append(mark)

    @property
    def blob(self) -> bytes:
        notes = "".join(map(self._xml, range(len(self._texts))))
        content = f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}{notes}</w:footnotes>"
        return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{content}'.encode()

    def _xml(self, at: int) -> str:
        words = "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in self._texts[at].split("\n")
        )
        face = layout.FACES["body"].word
        fonts = (
            f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}" w:eastAsia="{face}"/><w:sz w:val="{layout.NOTE * 2:.0f}"/>'
        )
        return (
            f'<w:footnote w:id="{at + 1}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            f"<w:footnoteRef/></w:r><w:r><w:rPr>{fonts}</w:rPr>{words}</w:r></w:p></w:footnote>"
        )
