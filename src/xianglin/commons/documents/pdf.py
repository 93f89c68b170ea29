"""Documents as PDF, set by typst. Texts reach it as JSON, never as source: nothing that people wrote is markup."""

import hashlib
import json
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from typing import Any

import typst
from django.core.cache import caches

from . import codes, fonts, layout
from .parts import Block, Card, Document, Picture, Poster, Table, breakable, numbered, plain, sort_of_picture

Files = dict[str, bytes]
CARD_PPI = 152.4  # 120 mm become 720 pixels
_WORD, _WORD_IN_TITLE, _WORD_IN_CELL, _WORD_IN_COLOPHON = 24, 18, 12, 66  # letters that fit for certain
_one_at_a_time = threading.Lock()


def to_pdf(document: Document) -> bytes:
    return _set(_sources(document))


def poster_to_pdf(poster: Poster) -> bytes:
    return _set(_page_sources(poster, "poster.typ"))


def public_pdf(document: Document | Poster) -> bytes:
    """What everybody may read, made once for its content: a crowd of readers must not start a typesetter each.

    Kept in the cache "documents", which lies on the disk: never for a paper with somebody's data in it.
    """
    sources = _page_sources(document, "poster.typ") if isinstance(document, Poster) else _sources(document)
    return _once(sources, _set)


def public_png(card: Card) -> bytes:
    """A picture that everybody may see, kept as a public paper is; 720 pixels wide."""
    return _once(_page_sources(card, "card.typ"), _picture)


def _once(sources: Files, make: Callable[[Files], bytes]) -> bytes:
    key, shelf = _key(sources), caches["documents"]
    content: bytes | None = shelf.get(key)
    if content is None:
        with _one_at_a_time:
            content = shelf.get(key)
            if content is None:
                content = make(sources)
                shelf.set(key, content)
    return content


def _picture(sources: Files) -> bytes:
    with _laid_out(sources) as (compiler, _folder):
        made = compiler.compile(format="png", ppi=CARD_PPI)
    if isinstance(made, bytes):
        return made
    raise TypeError("typst made no picture of one page")


def _key(sources: Files) -> str:
    digest = hashlib.sha256(":".join(map(str, fonts.folders())).encode())
    for name, content in sorted(sources.items()):
        digest.update(f"{name}:{len(content)}:".encode() + content)
    return digest.hexdigest()


def _set(sources: Files) -> bytes:
    """On the last page stands text: where signature and colophon would be alone there, another setting is tried."""
    with _laid_out(sources) as (compiler, folder):
        if isinstance(made := _set_within(compiler, folder / "document.json"), bytes):
            return made
    raise TypeError("typst made no PDF")


@contextmanager
def _laid_out(sources: Files) -> Iterator[tuple[typst.Compiler, Path]]:
    found = fonts.require()
    with tempfile.TemporaryDirectory(prefix="xianglin-pdf-") as folder:  # in memory it takes no pictures
        for name, content in sources.items():
            (Path(folder) / name).write_bytes(content)
        yield typst.Compiler(str(Path(folder) / "main.typ"), folder, found, ignore_system_fonts=True), Path(folder)


def _set_within(compiler: typst.Compiler, data: Path) -> object:
    told = json.loads(data.read_bytes())
    for other in _others(told):
        if json.loads(compiler.query("<alone>", field="value", one=True)) is False:
            break
        data.write_text(json.dumps(other, ensure_ascii=False), encoding="utf-8")
    return compiler.compile(format="pdf")


def _others(told: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The same, its lines closer together, or else its last block taken over to the last page."""
    for line in layout.TIGHTER if "blocks" in told else ():
        yield {**told, "layout": {**told["layout"], "line": line}}
    last = len(told.get("blocks", ())) - 1
    while last > 0 and told["blocks"][last - 1]["kind"] == "heading":
        last -= 1
    if last > 0:
        yield {**told, "break_before": last}


def _template(name: str) -> bytes:
    return (resources.files(__package__) / name).read_bytes()


def _data(told: Mapping[str, Any]) -> bytes:
    faces = {key: face.families for key, face in layout.FACES.items()}
    numbers = {name.lower(): value for name, value in vars(layout).items() if name.isupper() and name != "FACES"}
    return json.dumps({**told, "faces": faces, "layout": numbers}, ensure_ascii=False).encode()


def _sources(document: Document) -> Files:
    files: Files = {"main.typ": _template("sheet.typ")}
    told = {
        "break_before": None,
        "name": plain(document.title),
        "title": _texts(document.title, _WORD_IN_TITLE),
        "subtitles": _texts(document.subtitles, _WORD),
        "blocks": [_block(block, files) for block in numbered(document.blocks)],
        "signature": _texts(asdict(document.signature), _WORD) if document.signature else None,
        "colophon": _texts(asdict(document.colophon), _WORD_IN_COLOPHON) if document.colophon else None,
    }
    if document.colophon and document.colophon.link:
        files["code.svg"] = codes.as_svg(document.colophon.link)
    return {**files, "document.json": _data(told)}


def _page_sources(page: Poster | Card, template: str) -> Files:
    files = {"main.typ": _template(template), "code.svg": codes.as_svg(page.link)}
    return {**files, "document.json": _data(_texts(asdict(page), _WORD_IN_COLOPHON))}


def _block(block: Block, files: Files) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": type(block).__name__.lower()}
    if isinstance(block, Picture):
        name = f"picture-{len(files)}.{sort_of_picture(block.content)}"
        files[name] = block.content
        return {**told, "file": name, "caption": _texts(block.caption, _WORD)}
    return {**told, **_texts(asdict(block), _WORD_IN_CELL if isinstance(block, Table) else _WORD)}


def _texts(value: Any, longest: int) -> Any:
    """All texts in it made fit to be set, words longer than ``longest`` breakable."""
    if isinstance(value, str):
        return breakable(plain(value), longest)
    if isinstance(value, dict):
        return {key: _texts(inner, longest) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_texts(inner, longest) for inner in value]
    return value
