"""Levels as sheets write them: 文字综合2→4；群众工作3→5."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused

from . import rules

# zh: between two abilities, and what stands between a name and its levels or around them
_BETWEEN = re.compile(r"[;；,，、\n\r/|]+|。+|\s{2,}")
# zh: from a level to another, and what it is counted in
_ARROW = r"(?:[-–—=~～]*[→>»~～–—-]+|到|至|升到|目标)"  # noqa: RUF001
# zh: as above
_LEVEL = r"(\d+(?:\.\d+)?)\s*[级分]?"
_SAID = re.compile(
    rf"(?P<name>[^\d:：()（）]+?)\s*[:：(（]?\s*(?:现有?状?|当前|目前)?\s*{_LEVEL}\s*(?:{_ARROW}\s*{_LEVEL})?\s*[)）]?"
)
_LEVELS_FIRST = re.compile(rf"{_LEVEL}\s*(?:{_ARROW}\s*{_LEVEL})?\s*(?P<name>[^\d:：()（）]+)")

_SPACED = re.compile(r"(?<=[\d级分)])\s+(?=[^\d\s])")


@dataclass(frozen=True)
class Said:
    """An ability by the sheet's word for it, with the level now and, where said, the one wanted."""

    word: str
    current: int
    wanted: int | None = None


def read(cell: str) -> tuple[Said, ...]:
    """Everything that a cell says; refused with the piece that nobody can read."""
    kept = unicodedata.normalize("NFKC", cell).strip()
    return tuple(_one(piece) for part in _BETWEEN.split(kept) for piece in _pieces(part.strip()))


def _pieces(part: str) -> list[str]:
    """One, unless a mere space stands between two of them."""
    if not part or _SAID.fullmatch(part) or _LEVELS_FIRST.fullmatch(part):
        return [part] if part else []
    return _SPACED.split(part)


def _one(piece: str) -> Said:
    found = _SAID.fullmatch(piece)
    if found is not None:
        word, current, wanted = found["name"], found[2], found[3]
    else:
        found = _LEVELS_FIRST.fullmatch(piece)
        if found is None:
            told = _("“%(piece)s”看不懂。请写成“文字综合2→4”，几项之间用分号隔开。")
            raise Refused("mentoring.levels_unread", told % {"piece": piece})
        current, wanted, word = found[1], found[2], found["name"]
    said = Said(word.strip(), _level(current), _level(wanted) if wanted else None)
    rules.require_upwards(said.word, said.current, said.wanted)
    return said


def _level(written: str) -> int:
    value = float(written)
    if not value.is_integer():
        told = _("水平是 1 到 5 的整数，没有 %(level)s 级。请改一下。")
        raise Refused("mentoring.level", told % {"level": written})
    return rules.require_level(int(value))
