"""Differences in words: a figure keeps its unit, a lone character its surroundings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianglin.engine.differences import Difference, differences


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("本月新装路灯12盏。", "本月新装路灯9盏。", [("12盏", "9盏")]),
        ("收入 12,000 元，支出 3000元", "收入 12,500 元，支出 3000元", [("12,000", "12,500")]),
        ("卖地收入1.2万元", "卖地收入1.4万元", [("1.2万元", "1.4万元")]),
        ("5月20日开会", "5月21日开会", [("20日", "21日")]),
        ("里坞路口修好了", "上坞路口修好了", [("里坞路", "上坞路")]),
        ("修好了。", "修好了。费用村里出。", [("", "费用村里出。")]),
        ("修好了，费用村里出。", "修好了。", [("，费用村里出", "")]),
        ("徐家门口的灯", "王家后门的灯", [("徐家门口", "王家后门")]),
        ("12盏，9户", "9盏，12户", [("12盏，9户", "9盏，12户")]),
        ("一样", "一样", []),
    ],
)
def test_what_people_read(before: str, after: str, told: list[tuple[str, str]]) -> None:
    assert differences(before, after) == [Difference(*pair) for pair in told]


TEXTS = st.text("路灯坏修好了村里12 9盏户，。", max_size=40)


@given(TEXTS, TEXTS)
def test_every_change_is_told_in_the_texts_own_words(before: str, after: str) -> None:
    found = differences(before, after)
    assert bool(found) == (before != after)
    for one in found:
        assert one.before in before and one.after in after
