"""Lists as chat groups really write them."""

import pytest

from xianglin.engine.chains import Link, read_chain

PASTED = """#接龙
6月发布会，大家有什么要问的？
例 1组 张三 路灯不亮

1. 徐阿珍 8 组桥头的路灯坏了
2、吴老四：里坞的弯道又开裂了，
下雨积水
3．垃圾桶没人收
4) 章阿婆 想学手机挂号
"""


def test_each_numbered_line_with_its_name_and_words() -> None:
    assert read_chain(PASTED) == [
        Link(1, "徐阿珍", "8 组桥头的路灯坏了"),
        Link(2, "吴老四", "里坞的弯道又开裂了，下雨积水"),
        Link(3, "", "垃圾桶没人收"),
        Link(4, "章阿婆", "想学手机挂号"),
    ]


def test_pasted_twice_the_later_line_counts() -> None:
    assert read_chain("1. 徐阿珍 路灯坏\n1. 徐阿珍 路灯坏了\n2. 方菊英 鸡鸭散养") == [
        Link(1, "徐阿珍", "路灯坏了"),
        Link(2, "方菊英", "鸡鸭散养"),
    ]


@pytest.mark.parametrize("pasted", ["", "大家好", "#接龙\n有事请说", "。。。"])
def test_nothing_numbered_is_no_list(pasted: str) -> None:
    assert read_chain(pasted) == []


@pytest.mark.parametrize(
    "words", ["路灯坏了半个多月了没人管 请看看", "路灯坏了 请看看", "石板松了 小心", "1组 张三 路灯不亮"]
)
def test_what_may_be_words_stays_words(words: str) -> None:
    assert read_chain(f"1. {words}") == [Link(1, "", words)]


def test_after_a_colon_any_short_name() -> None:
    assert read_chain("1. 1组阿婆：公厕灯不亮") == [Link(1, "1组阿婆", "公厕灯不亮")]
