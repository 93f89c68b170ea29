"""Headings count as the standard has them."""

import pytest

from xianglin.commons.documents.parts import Heading, Paragraph, Table, numbered, numeral


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
