"""How long a printed sheet takes: a month's report of two pages, and a document of forty.

    python -m benchmarks.documents [results.json]

A sheet that is kept (`public_pdf`) stands beside one that is made.
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("XIANGLIN_DATA", tempfile.mkdtemp(prefix="xianglin-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xianglin.config.settings")

import django

django.setup()

from benchmarks import machine  # noqa: E402 - Django first
from xianglin.commons.documents import pdf, word  # noqa: E402
from xianglin.commons.documents.parts import (  # noqa: E402
    Colophon,
    Document,
    Heading,
    Paragraph,
    Signature,
    Table,
)

ROUNDS = 7
LINK = "http://localhost:8000/check/?seal=ebd91234abcd0000"
WORDS = "“桥头路灯不亮”：第 {n} 盏已经换新，当晚试灯，亮了。提的人说办好了。"


def sheet(sections: int, paragraphs: int, mark: int) -> Document:
    """``mark`` makes each one another: a typesetter remembers what it has just set."""
    blocks: list[Heading | Paragraph | Table] = []
    for section in range(sections):
        blocks.append(Heading(f"第 {section} 块 {mark}"))
        blocks += [Paragraph(WORDS.format(n=f"{mark}-{section}-{n}")) for n in range(paragraphs)]
        blocks.append(Table(["项目", "金额"], [[f"路灯 {mark}", "3000 元"]] * 3))
    return Document(
        f"村情发布稿 {mark}", ["玉华村"], blocks, Signature("玉华村", "2026年11月27日"), Colophon(link=LINK)
    )


def timed(make: Callable[[Document], bytes], sections: int, paragraphs: int) -> dict[str, float]:
    took, content = [], b""
    for mark in range(ROUNDS):
        document = sheet(sections, paragraphs, mark)
        began = time.perf_counter()
        content = make(document)
        took.append((time.perf_counter() - began) * 1000)
    return {"first_ms": round(took[0], 1), "median_ms": round(statistics.median(took), 1), "kb": len(content) // 1024}


def kept() -> dict[str, float]:
    document = sheet(4, 5, 0)
    pdf.public_pdf(document)
    began = time.perf_counter()
    for _again in range(200):
        pdf.public_pdf(document)
    return {"median_ms": round((time.perf_counter() - began) * 1000 / 200, 2)}


def main(argv: list[str] | None = None) -> int:
    found = {
        "machine": machine.facts(),
        "report, PDF": timed(pdf.to_pdf, 4, 5),
        "report, DOCX": timed(word.to_docx, 4, 5),
        "report, PDF kept": kept(),
        "forty pages, PDF": timed(pdf.to_pdf, 20, 19),
        "forty pages, DOCX": timed(word.to_docx, 20, 19),
        "pages of forty": _pages(pdf.to_pdf(sheet(20, 19, 0))),
    }
    told = json.dumps(found, ensure_ascii=False, indent=2)
    print(told)
    if argv:
        Path(argv[0]).write_text(told + "\n", encoding="utf-8")
    return 0


def _pages(content: bytes) -> int:
    import io

    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(content)).pages)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
