"""Headings count as the standard has them; what people typed on a phone prints."""

import pytest
from PIL import ImageFont

from xianglin.commons.documents import fonts
from xianglin.commons.documents.parts import Heading, Paragraph, Table, numbered, numeral, plain


def numbers(*levels: int) -> list[str | None]:
    return [block.number for block in numbered([Heading("x", level) for level in levels]) if isinstance(block, Heading)]


def test_lower_levels_begin_anew() -> None:
    assert numbers(1, 2, 2, 3, 4, 4, 3, 2, 1, 2) == [
        *("一、", "（一）", "（二）", "1.", "（1）", "（2）", "2.", "（三）", "二、", "（一）")
    ]


def test_a_callers_number_stays() -> None:
    told = list(numbered([Heading("a", number="附件"), Heading("b", number=""), Paragraph("c"), Heading("d")]))
    assert [block.number for block in told if isinstance(block, Heading)] == ["附件", "", "一、"]


def test_numerals() -> None:
    assert [numeral(count) for count in (1, 10, 12, 20, 23, 99)] == ["一", "十", "十二", "二十", "二十三", "九十九"]


def test_there_is_no_fifth_level() -> None:
    with pytest.raises(ValueError, match="level 5"):
        numbers(5)


def test_a_table_has_whole_rows() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        Table(["a", "b"], [["1"]])
    with pytest.raises(ValueError, match="as many cells"):
        Table(["a", "b"], [], weights=[1])


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("路灯亮了👍👍🏻！", "路灯亮了！"),
        ("✅ 水压好了 ❌ 闸没换", "√ 水压好了 × 闸没换"),
        ("1️⃣ 修渠 2️⃣ 清淤", "1 修渠 2 清淤"),
        ("谢谢👨‍👩‍👧，🇨🇳", "谢谢，"),
        ("天晴☀️再修，★重要", "天晴☀再修，★重要"),
        ("③号桥、５℃、①②", "③号桥、５℃、①②"),
        ("𠮷家的屋，㙟村", "𠮷家的屋，㙟村"),  # rare characters of names are no pictures
    ],
)
def test_little_pictures_are_left_out(typed: str, printed: str) -> None:
    assert plain(typed) == printed


def test_what_phones_offer_prints_as_a_sign_or_not_at_all() -> None:
    face = ImageFont.truetype(str(fonts.folders()[-1] / "NotoSerifSC-Regular.otf"), 32)
    missing = bytes(face.getmask("\uffff"))
    offered = [chr(code) for code in (*range(0x1F000, 0x1FB00), *_IN_THE_PLANE)]
    assert [c for c in plain("".join(offered)) if bytes(face.getmask(c)) == missing] == []


# Unicode's emoji of the basic plane that phones show as pictures by themselves.
_IN_THE_PLANE = [
    *(0x231A, 0x231B, 0x23E9, 0x23EA, 0x23EB, 0x23EC, 0x23F0, 0x23F3, 0x25FD, 0x25FE, 0x2614, 0x2615, 0x267F, 0x2693),
    *(0x26A1, 0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26D4, 0x26EA, 0x26F2, 0x26F3, 0x26F5, 0x26FA),
    *(0x26FD, 0x2705, 0x270A, 0x270B, 0x2728, 0x274C, 0x274E, 0x2753, 0x2754, 0x2755, 0x2757, 0x2795, 0x2796, 0x2797),
    *(0x27B0, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B55, *range(0x2648, 0x2654)),
]
