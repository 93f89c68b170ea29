"""What a document is made of. Texts are plain: nothing in them is markup, a line break is a line break."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as _with

from django.utils.translation import gettext as _

from xianglin.base.refused import Refused

_DIGITS = "〇一二三四五六七八九"  # zh: numerals


@dataclass(frozen=True)
class Heading:
    """Of level 1 to 4. ``number``: None counts by itself (一、（一）1.（1）), "" has none."""

    text: str
    level: int = 1
    number: str | None = None


@dataclass(frozen=True)
class Paragraph:
    text: str
    note: str = ""  # a footnote at its end


@dataclass(frozen=True)
class Table:
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    weights: Sequence[float] = ()  # of the columns' widths; none: all alike

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in [*self.rows, self.weights or self.header]):
            raise ValueError("each row of a table has as many cells as its header")


@dataclass(frozen=True)
class Facts:
    """A list of name and value."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Picture:
    """PNG or JPEG."""

    content: bytes
    caption: str = ""


@dataclass(frozen=True)
class Signature:
    """落款: who signs, and the date as it is written."""

    name: str
    on: str


@dataclass(frozen=True)
class Colophon:
    """版记, at the foot of the last page: lines, smaller lines, and a QR code of ``link`` with its caption."""

    lines: Sequence[str] = ()
    small: Sequence[str] = ()
    link: str = ""
    caption: str = ""


Block = Heading | Paragraph | Table | Facts | Picture


@dataclass(frozen=True)
class Document:
    title: str
    subtitles: Sequence[str] = ()
    blocks: Sequence[Block] = ()
    signature: Signature | None = None
    colophon: Colophon | None = None


@dataclass(frozen=True)
class Poster:
    """One A4 page to be read from two metres: what it is, whose, a large QR code of ``link``, lines, a small foot."""

    kicker: str
    title: str
    link: str
    lines: Sequence[str]
    foot: str = ""


@dataclass(frozen=True)
class Card:
    """A picture for a chat group: whose and what it is, lines, a small QR code of ``link`` with ``foot`` beside it."""

    kicker: str
    title: str
    link: str
    lines: Sequence[str]
    foot: str = ""


def plain(text: str) -> str:
    """Without what neither typst nor Word can hold: control characters and halves of characters; and without the
    little pictures of chat groups, which no printing face has. Those that say something become a sign that prints."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"))
    return _DRAWN.sub("", text.translate(_SIGNS))


_SIGNS = str.maketrans(
    {"✅": "√", "✔": "√", "☑": "√", "❌": "×", "❎": "×", "✖": "×", "✗": "×", "✘": "×", "➕": "+", "➖": "-", "⭐": "★"}
    | {"❗": "！", "❕": "！", "❓": "？", "❔": "？", "⭕": "○", "⚪": "○", "⚫": "●", "❤": "♥", "➡": "→", "⬅": "←"}
    | {"⬆": "↑", "⬇": "↓", "◽": "□", "◻": "□", "◾": "■", "◼": "■"}
    | {"\u200d": None, "\u20e3": None, "\ufe0e": None, "\ufe0f": None}  # joins, keys, variants
)
# Pictographs, flags and their tags; of the older symbols those that the stand-in faces lack.
_DRAWN = re.compile(
    "[\U0001f000-\U0001faff\U000e0020-\U000e007f"
    "⌚⌛⏏⏩-⏺☔☕☘☝☠☢☣☦☪☮☯☸-☺♈-♓♟♾♿⚒-⚗⚙⚛⚜⚡⚧⚰⚱⚽⚾⛄-⛏⛑⛓⛔⛩⛪⛰-⛺⛽✅-✍✏✒✝✡✨✳✴❄❇❣➗➰➿⤴⤵⬛⬜〽]"
)


_LONG = re.compile(r"[^\s⺀-鿿豈-﫿︰-﹏＀-￯]+")  # zh: between the code points of Chinese, which breaks anywhere


def breakable(text: str, longest: int) -> str:
    """A longer word may break anywhere, by zero-width spaces: it would else run over the paper's edge."""
    return _LONG.sub(lambda word: "\u200b".join(word[0]) if len(word[0]) > longest else word[0], text)


def numbered(blocks: Sequence[Block]) -> Iterator[Block]:
    """Headings with their numbers said, a lower level beginning anew under a higher one."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if not isinstance(block, Heading):
            yield block
            continue
        if not 1 <= block.level <= len(counts):
            raise ValueError(f"no heading of level {block.level}")
        if block.number is None:
            at = block.level - 1
            counts[at:] = [counts[at] + 1, *[0] * (len(counts) - at - 1)]
            block = _with(block, number=_number(block.level, counts[at]))
        yield block


_NUMBERS = ("%(words)s、", "（%(words)s）", "%(digits)d.", "（%(digits)d）")  # zh: 7.3.3, the same in every language


def _number(level: int, count: int) -> str:
    return _NUMBERS[level - 1] % {"words": numeral(count), "digits": count}


def numeral(count: int) -> str:
    """1 to 99: 一, 十, 十二, 二十三."""
    tens, ones = divmod(count, 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones] if ones else ''}"  # zh: numerals


def sort_of_picture(content: bytes) -> str:
    """Its file name's ending, by what it is."""
    for begins, ending in ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg")):
        if content.startswith(begins):
            return ending
    raise Refused("documents.picture", _("这张图片放不进公文。请换成 PNG 或 JPEG。"))
