"""Area names, pinyin, comparing and titles."""

import itertools
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianglin.engine import leaks
from xianglin.engine.text import (
    find_shared,
    find_words,
    initials,
    likeness,
    normalise_area_name,
    pieces,
    pinyin_key,
    search_terms,
    sought_words,
    squash,
    suggest_title,
)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("玉华村", "玉华村"),
        ("玉华村委会", "玉华村"),
        ("玉华村民委员会", "玉华村"),
        ("玉华村村委会", "玉华村"),
        ("玉华村村民委员会", "玉华村"),
        ("玉华村委员会", "玉华村"),
        ("玉华村委", "玉华村"),
        ("　玉华 村委会\n", "玉华村"),
        ("千丰社区", "千丰社区"),
        ("千丰社区居委会", "千丰社区"),
        ("千丰社区居民委员会", "千丰社区"),
        ("金桥社区村委会", "金桥社区"),
        ("梅溪居民委员会", "梅溪居委会"),  # not 梅溪社区, which may be another place
        ("曙光新村居委会", "曙光新村居委会"),
        ("委会村", "委会村"),
        ("委会村委会", "委会村"),
        ("委会村村民委员会", "委会村"),
        ("新农村委会", "新农村"),
        ("村委会", "村委会"),
        ("鄣吴镇人民政府", "鄣吴镇"),
        ("舞阳街道办事处", "舞阳街道"),
        ("Ａ７县", "A7县"),
        ("", ""),
    ],
)
def test_normalise_area_name(written: str, name: str) -> None:
    assert normalise_area_name(written) == name


@given(
    st.text("玉华开化缸窑长超宋新农", min_size=1, max_size=4),
    st.sampled_from(["村", "村委会", "村民委员会", "村村委会", "村村民委员会", "村委"]),
)
def test_every_way_to_write_a_village_gives_one_name(stem: str, ending: str) -> None:
    assert normalise_area_name(stem + ending) == f"{stem}村"
    assert normalise_area_name(f"{stem}村") == f"{stem}村"


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("鄣吴", "zhangwu"),
        ("衢州", "quzhou"),
        ("丽水", "lishui"),
        ("台州", "taizhou"),
        ("嵊州", "shengzhou"),
        ("缙云", "jinyun"),
        ("乐清", "yueqing"),
        ("鄞州", "yinzhou"),
        ("诸暨", "zhuji"),
        ("长兴", "changxing"),
        ("婺城", "wucheng"),
        ("瓯海", "ouhai"),
        ("重兆", "chongzhao"),
        ("长超村", "changchaocun"),
        ("上长村", "shangchangcun"),
        ("六都村", "liuducun"),
        ("朝阳村", "chaoyangcun"),
        ("大龙湫", "dalongqiu"),
        ("会稽山", "kuaijishan"),
        ("天姥山", "tianmushan"),
        ("莘塍街道", "xinchengjiedao"),
        ("大峃镇", "daxuezhen"),
        ("干窑镇", "ganyaozhen"),
        ("单家村", "shanjiacun"),
        ("曾家", "zengjia"),
        ("仇家岙", "qiujiaao"),
        ("村长", "cunzhang"),
        ("埭溪镇", "daixizhen"),
        ("沐川", "muchuan"),
    ],
)
def test_pinyin_of_places(name: str, pinyin: str) -> None:
    assert pinyin_key(name) == pinyin


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("玉华村", "yhc"),
        ("鄣吴镇", "zwz"),
        ("重兆村", "czc"),
        ("A7县", "a7x"),
        ("１２组（南）", "12zn"),
        ("", ""),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("路灯坏了，请修。", "路灯坏了,请修."),
        ("路灯 坏了　，请修！！！", "路灯坏了,请修!"),
        ("ＡＢＣ  村", "abc村"),
        ("“竹林”碳汇……", '"竹林"碳汇...'),
        ("【通知】—停水", "[通知]-停水"),
        ("hello   World", "hello world"),
        ("路\u200b灯", "路灯"),
    ],
)
def test_squash_makes_equal(one: str, other: str) -> None:
    assert squash(one) == squash(other)


def test_squash_keeps_what_differs() -> None:
    assert squash("new york") != squash("newyork")
    assert squash("12盏") != squash("9盏")


@given(st.text(max_size=40))
def test_squash_twice_is_squash_once(text: str) -> None:
    assert squash(squash(text)) == squash(text)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (
            "尊敬的胡书记：您好！我是玉华村三组村民，我家门口的路灯坏了两个月了，晚上老人走路很不安全。",
            "我家门口的路灯坏了两个月了",
        ),
        ("毛竹林流转之后，能给我们带来哪些益处？", "毛竹林流转之后，能给我们带来哪些益处？"),
        ("我们自然村农水水压问题怎么解决？", "我们自然村农水水压问题怎么解决？"),
        ("领导您好我想反映一下鸡鸭狗散养的问题", "鸡鸭狗散养的问题"),
        ("各位领导好：近日，村口垃圾没人运。", "村口垃圾没人运"),
        ("请问今年的农保什么时候交?我妈七十岁了", "今年的农保什么时候交？"),
        ("住房公积金怎么提取", "住房公积金怎么提取"),
        ("问题拖了三年没人管", "问题拖了三年没人管"),
        ("村主任不公开账目，群众意见很大", "村主任不公开账目，群众意见很大"),
        ("书记好多天没有到村里来了", "书记好多天没有到村里来了"),
        ("恳请政府修一下玉华村到镇上的路", "恳请政府修一下玉华村到镇上的路"),
        ("谢谢！请把文化礼堂晚上开到九点", "请把文化礼堂晚上开到九点"),
        (
            "自然村农水水压不足、早上没水、晚上水黄、修了三次都没有修好",
            "自然村农水水压不足、早上没水、晚上水黄",
        ),
        ("村里到县城的末班公交车能不能改到晚上八点半以后再发车呢", "村里到县城的末班公交车能不能改到晚上八…"),
        ("电话：13800138000，我家水表坏了", "我家水表坏了"),
        ("我叫徐小明，电话13800138000", ""),
        ("您好", ""),
        ("", ""),
    ],
)
def test_suggest_title(words: str, title: str) -> None:
    assert suggest_title(words) == title
    assert len(title) <= 20


def test_a_given_name_does_not_get_into_the_title() -> None:
    assert suggest_title("徐小明家的鸡到处跑", names=["徐小明"]) == "徐某某家的鸡到处跑"


@given(st.text("尊敬的领导您好我是村民路灯坏了，。？！、：（“ 138001\n\t", max_size=80), st.integers(1, 30))
def test_a_title_is_never_too_long_and_holds_no_number(words: str, limit: int) -> None:
    title = suggest_title(words, limit)
    assert len(title) <= limit
    assert leaks.scan(title) == []
    assert title == title.strip()


@pytest.mark.outside
def test_titles_of_real_messages(labelled: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    titles = [suggest_title(text) for text in labelled]
    with capsys.disabled():
        print(f"\n{sum(map(bool, titles))} of {len(labelled)} real messages have a suggested title")
    assert all(len(title) <= 20 for title in titles)
    assert not any(leaks.scan(title) or "****" in title for title in titles)
    assert sum(map(bool, titles)) >= 0.99 * len(titles)


def test_importing_the_engine_brings_nothing_heavy() -> None:
    script = (
        "import sys; from xianglin.engine import leaks, text, workdays;"
        "print([name for name in ('django', 'pypinyin', 'numpy') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


# --- alike


def test_the_pieces_of_a_text_are_its_neighbouring_characters() -> None:
    assert pieces("桥头路灯") == {"桥头", "头路", "路灯"}
    assert pieces("ＬＥＤ 灯") == pieces("led灯") == {"le", "ed", "d灯"}
    assert pieces("灯") == pieces("") == frozenset()


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("桥头路灯不亮", "桥头路灯不亮，看不见路", 1, 1),
        ("上坞水压低，三楼没水", "上坞高处水压上不来", 0.2, 0.4),
        ("水管漏水了", "公交班次太少", 0, 0),
        ("", "桥头路灯不亮", 0, 0),
    ],
)
def test_how_like_two_titles_are(one: str, other: str, least: float, most: float) -> None:
    assert least <= likeness(pieces(one), pieces(other)) == likeness(pieces(other), pieces(one)) <= most


@pytest.mark.parametrize(
    ("text", "other", "shared"),
    [
        ("晒谷场的灯白天也亮着，浪费电。", "晒谷场那盏灯，大白天还亮着。", ["晒谷场", "白天", "亮着"]),
        ("我家的灯，是的", "他家的灯坏了，是的", ["家的灯"]),  # 是的 says nothing
        ("ＬＥＤ灯 坏了", "换成led灯", ["ＬＥＤ灯"]),
        ("路。灯", "路灯", []),  # not across a full stop
        ("0¼0", "01 40", ["0¼0"]),  # written as one character, said as three
        ("", "路灯", []),
    ],
)
def test_what_two_texts_share(text: str, other: str, shared: list[str]) -> None:
    assert [text[start:stop] for start, stop in find_shared(text, other)] == shared


@given(st.text(), st.text())
def test_what_is_shared_lies_in_order_within_the_text(text: str, other: str) -> None:
    ends = [at for span in find_shared(text, other) for at in span]
    assert ends == sorted(ends) and all(0 <= at <= len(text) for at in ends)


# --- searching


def terms(word: str) -> tuple[str, ...]:
    (sought,) = sought_words(word)
    return sought.terms


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("竹林", ("竹林",)),
        ("桥头路灯", ("桥头", "头路", "路灯")),
        ("竹", ("竹",)),
        ("LED", ("led",)),
        ("ＬＥＤ灯", ("led灯",)),
        ("8组", ("8组",)),
        ("8 组", ("8组",)),  # one word, as it is written with a space and without
        ("2022年5月", ("2022年", "年5", "5月")),
        ("𠮷野家", ("𠮷野", "野家")),
        ("ひらがな", ("ひら", "らが", "がな")),
    ],
)
def test_a_word_that_is_looked_for(typed: str, expected: tuple[str, ...]) -> None:
    assert terms(typed) == expected


def test_words_are_parted_by_spaces_and_marks_and_nothing_else_counts() -> None:
    assert [word.units for word in sought_words("路灯　桥头，LED 灯泡")] == [
        ("路", "灯"),
        ("桥", "头"),
        ("led",),
        ("灯", "泡"),
    ]
    assert sought_words('"" * ( ) :* -- \x00 \ue000 ！') == []
    assert len(sought_words(" ".join(map(str, range(99))))) == 8
    assert sought_words("路灯 路灯") == sought_words("路灯")


def holds(text: str, typed: str, title: str = "") -> bool:
    """As an index answers: all terms are there, and a phrase's stand in a row."""
    stored = search_terms(title, text)
    return all(set(word.terms) <= set(stored.split()) and word.phrase in f" {stored} " for word in sought_words(typed))


def test_what_a_text_is_found_by() -> None:
    text = "8 组桥头的 LED 灯坏了，毛竹\n林边也是 3.5 米"
    for typed in ("8组", "桥头的", "led", "led灯坏了", "毛竹", "林边也是", "3.5", "5米"):
        assert holds(text, typed), typed
    for typed in ("竹林", "头桥", "桥的", "ed", "le", "灯毛竹", "8", "竹"):
        assert holds(text, typed) == (typed == "8"), typed
    assert holds("", "竹", title="毛竹") and holds("竹，木", "竹")


@given(st.text(alphabet="竹林路灯a1 ，", max_size=30), st.data())
def test_whatever_stands_in_a_text_is_found_in_it_and_marked(text: str, data: st.DataObject) -> None:
    runs = [run for run in re.split("[ ，]", text) if len(run) > 1 and not re.search("[a1]", run)]
    if not runs:
        return
    run = data.draw(st.sampled_from(runs))
    start = data.draw(st.integers(0, len(run) - 2))
    part = run[start : data.draw(st.integers(start + 2, len(run)))]
    assert holds(text, part)
    marked = "".join(text[start:end] for start, end in find_words(text, sought_words(part)))
    assert part in marked.replace(" ", "")


@given(st.text(), st.text())
def test_nothing_is_too_odd_to_be_cut(text: str, typed: str) -> None:
    words = sought_words(typed)
    spans = find_words(text, words)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans) and all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
    assert not set(search_terms(text, typed)) & set("\x00\ue000'\"\\&|!<>*():")


def test_where_words_stand_as_they_were_written() -> None:
    text = "8 组桥头ＬＥＤ灯坏了，竹 林。sealed led"

    def found(typed: str) -> list[str]:
        return [text[start:end] for start, end in find_words(text, sought_words(typed))]

    assert found("8组桥") == ["8 组桥"]
    assert found("led") == ["ＬＥＤ", "led"]
    assert found("竹林 坏了") == ["坏了", "竹 林"]
    assert found("组桥 桥头") == ["组桥头"], "what overlaps is one"
    assert found("没有") == []
