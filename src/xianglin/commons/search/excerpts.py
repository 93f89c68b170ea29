"""What is shown of a document: plain pieces, of which some are what was looked for. Templates mark and escape them."""

from collections.abc import Sequence
from dataclasses import dataclass

from xianglin.engine.text import Sought, find_words

LENGTH = 72  # characters
_BEFORE = 16  # characters shown before the first hit


@dataclass(frozen=True)
class Piece:
    text: str
    hit: bool


def marked(text: str, words: Sequence[Sought]) -> list[Piece]:
    """The whole text in pieces."""
    return parted(text, find_words(text, words))


def excerpt(text: str, words: Sequence[Sought]) -> list[Piece]:
    """Where the first hit stands, with some words around it; the beginning where there is none."""
    text = " ".join(text.split())
    hits = find_words(text, words)
    begin = max(0, hits[0][0] - _BEFORE) if hits else 0
    end = min(len(text), begin + LENGTH)
    inside = [(start - begin, min(stop, end) - begin) for start, stop in hits if start < end]
    shown = parted(text[begin:end], inside)
    return [Piece("…", False)] * (begin > 0) + shown + [Piece("…", False)] * (end < len(text))


def parted(text: str, hits: Sequence[tuple[int, int]]) -> list[Piece]:
    """A text in pieces, of which those from here to there are what was looked for."""
    pieces, at = [], 0
    for start, end in hits:
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    pieces.append(Piece(text[at:], False))
    return [piece for piece in pieces if piece.text]
