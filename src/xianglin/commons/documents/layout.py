"""The numbers of GB/T 9704—2012《党政机关公文格式》, each with its clause. Lengths in mm, type in points.

Fonts: what an office's machines hold, then what stands in for it (`fonts`). Their names are the fonts' own.
"""

from dataclasses import dataclass

PAGE = (210.0, 297.0)  # 5.1: A4
TOP = 37.0  # 5.2.1: 天头 37 ± 1
LEFT = 28.0  # 5.2.1: 订口 28 ± 1
TYPE_AREA = (156.0, 225.0)  # 5.2.1: 版心
RIGHT = PAGE[0] - LEFT - TYPE_AREA[0]
BOTTOM = PAGE[1] - TOP - TYPE_AREA[1]

LINES, CHARACTERS = 22, 28  # 5.2.3: a page's lines, a line's characters, filling the 版心
POINTS_PER_MM = 72 / 25.4
BODY = 16.0  # 5.2.2: 3号
PITCH = TYPE_AREA[0] * POINTS_PER_MM / CHARACTERS  # from one character to the next: a little narrower than 3号
LINE = 28.95  # from one line to the next: 22 of them fill 225 mm
TIGHTER = (28.0, 27.0, 26.0)  # 7.3.5.4: where signature and colophon would stand alone, lines move together
INDENT = 2  # 7.3.3: each paragraph begins two characters in
TITLE, TITLE_LINE = 22.0, 36.0  # 7.3.1: 2号, centred
SIGNED_FROM_RIGHT = 4  # 7.3.5.1: the date four characters from the right, who signs centred over it, the seal on both
COLOPHON = 14.0  # 7.4.2: 版记 in 4号, one character in on both sides
COLOPHON_RULE = 0.35  # 7.4.1: first and last rule
PAGE_NUMBER = 14.0  # 7.5: 4号, with a dash on either side, one character in from the outer edge
PAGE_NUMBER_BELOW = 7.0  # 7.5: under the 版心

# Not in the standard: what keeps a table or a note readable beside 3号.
TABLE = 12.0  # 小四
NOTE = 10.5  # 五号
SMALL = 8.0  # between 小五 and 六号: a hash of 64 letters is one line
PICTURE_WIDTH = 120.0
CODE = 30.0  # a QR code's side


@dataclass(frozen=True)
class Face:
    """One of the standard's type faces: its name in Word, and the font families that draw it, the best first."""

    word: str
    families: tuple[str, ...]


_SERIF, _SANS = "Noto Serif SC", "Noto Sans SC"
FACES = {  # 5.2.2, 7.3.1, 7.3.3, 7.5
    "body": Face("仿宋_GB2312", ("FangSong_GB2312", "FangSong", "STFangsong", _SERIF)),  # zh: a font's name
    "first": Face("黑体", ("SimHei", "STHeiti", _SANS)),  # zh: a font's name
    "second": Face("楷体_GB2312", ("KaiTi_GB2312", "KaiTi", "STKaiti", _SERIF)),  # zh: a font's name
    "title": Face("方正小标宋简体", ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", _SERIF)),  # zh: a font's name
    "song": Face("宋体", ("SimSun", "STSong", _SERIF)),  # zh: a font's name
}
HEADING_FACES = ("first", "second", "body", "body")  # 7.3.3: by level


def em(characters: float) -> float:
    """So many characters of body text, in points."""
    return characters * PITCH
