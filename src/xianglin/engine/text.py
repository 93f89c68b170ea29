"""Words as people type them: area names, pinyin, comparing, searching, and a first public title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from xianglin.engine import leaks

# --- area names

_TOWN_OFFICE = re.compile(r"(?<=[镇乡])人民政府$|(?<=街道)办事处$")
_VILLAGE_COMMITTEE = re.compile(r"(.+?)(?:村民委员会|村委会|村委|(?<=村)委员会)")
_RESIDENTS_COMMITTEE = re.compile(r"(.+?)(?:居民委员会|居委会|居委|(?<=社区)委员会)")


def normalise_area_name(name: str) -> str:
    """The place instead of its office: 玉华村委会, 玉华村民委员会, 玉华村村委会 → 玉华村.

    A 居委会 becomes its 社区 only where it says so: 梅溪居委会 and 梅溪社区 may be two places.
    """
    name = _TOWN_OFFICE.sub("", "".join(_fold_width(name).split()))
    if village := _VILLAGE_COMMITTEE.fullmatch(name):
        place = village[1]
        return place if place.endswith(("村", "社区")) else f"{place}村"
    if residents := _RESIDENTS_COMMITTEE.fullmatch(name):
        place = residents[1]
        return place if place.endswith("社区") else f"{place}居委会"
    return name


_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def _fold_width(text: str) -> str:
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text))


# --- pinyin

# What the dictionary reads wrongly in names of places. Words win over characters, the longest first.
_READINGS = {
    "长": "chang", "都": "du", "曾": "zeng", "湫": "qiu", "翟": "zhai", "缪": "miao",
}  # fmt: skip
_WORDS = {
    "重兆": "chong zhao", "莘塍": "xin cheng", "会稽": "kuai ji", "天姥": "tian mu", "龙湫": "long qiu",
    "朝阳": "chao yang",
}  # fmt: skip
_SURNAMES = {
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "朴": "piao",
    "区": "ou",
    "乐": "yue",
    "种": "chong",
}
_SETTLEMENTS = {"家": "jia", "村": "cun", "宅": "zhai", "庄": "zhuang"}


@cache
def _reader() -> Callable[[str], list[str]]:
    # Not at the top: it takes a quarter of a second, and most processes never spell a name.
    from pypinyin import lazy_pinyin, load_phrases_dict, load_single_dict

    families = {
        family + place: f"{sound} {ending}"
        for family, sound in _SURNAMES.items()
        for place, ending in _SETTLEMENTS.items()
    }
    load_single_dict({ord(character): sound for character, sound in _READINGS.items()})
    load_phrases_dict({word: [[sound] for sound in sounds.split()] for word, sounds in (_WORDS | families).items()})
    return lambda name: lazy_pinyin(name, errors=lambda run: f"={run}")  # what has no pinyin, marked


def _parts(name: str) -> list[tuple[str, bool]]:
    """The pinyin of each character, and runs of Latin letters and digits, which are said to be such."""
    parts = _reader()(_fold_width(name).casefold())
    spelled = [(re.sub("[^a-z0-9]", "", part), part.startswith("=")) for part in parts]
    return [(part, is_run) for part, is_run in spelled if part]


def initials(name: str) -> str:
    """玉华村 → yhc; digits and Latin letters stay whole, so that A7县 is a7x."""
    return "".join(part if is_run else part[0] for part, is_run in _parts(name))


def pinyin_key(name: str) -> str:
    """For sorting and for finding by typed pinyin: 鄣吴镇 → zhangwuzhen."""
    return "".join(part for part, _ in _parts(name))


# --- comparing

_PUNCTUATION = str.maketrans("。、“”„‘’‚「」『』【】〔〕《》〈〉—–‐‑‒―·•‧・", '.,"""\'\'\'""""[][]<><>------····')
_BESIDE_CHINESE = re.compile(r"(?<=[\u2e80-\u9fff\uac00-\uffee]) | (?=[\u2e80-\u9fff\uac00-\uffee])")
_REPEATED = re.compile(r"([.,!?;:~-])(?:\s*\1)+")


def squash(text: str) -> str:
    """One form for comparing: width, case, punctuation and spaces no longer differ. Not for showing."""
    folded = _fold_width(_fold_width(text).casefold()).translate(_PUNCTUATION)
    spaced = _BESIDE_CHINESE.sub("", " ".join(folded.split()))
    return _REPEATED.sub(r"\1", spaced)


def pieces(text: str) -> frozenset[str]:
    """Every two neighbouring characters of a text once its form is squashed: 桥头路灯 → 桥头, 头路, 路灯."""
    kept = squash(text)
    return frozenset(kept[at : at + 2] for at in range(len(kept) - 1))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Which share of the pieces of the shorter text the other has, 0 to 1. A plain rule, to be replaced by a better."""
    return len(one & other) / max(1, min(len(one), len(other)))


# --- searching

_CHARACTER = "\u2e80-\u2fdf\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W_{_CHARACTER}]"
_RUN = re.compile(r"[^\W_]+")  # what no space and no punctuation parts
_UNIT = re.compile(rf"[{_CHARACTER}]|{_LETTER}+")
_PARTED = re.compile(rf"(?<={_LETTER})[^\S\n]+(?=[{_CHARACTER}](?:\s|$))")  # 8 组: one word
_LONGEST_WORD = 32  # letters; the rest of an address or a hash is not looked at
GAP = "."  # stands between runs, so that no phrase reaches over a comma


@dataclass(frozen=True)
class Sought:
    """One word to look for: its characters, and whole words of Latin letters and digits, in their order."""

    units: tuple[str, ...]

    @property
    def terms(self) -> tuple[str, ...]:
        """What a text that holds it has among its ``search_terms``; all of them, and in this order."""
        return _pairs(self.units)

    @property
    def phrase(self) -> str:
        """What stands as it is in the terms of a text that holds it, spaces around both; "" where one term tells."""
        return f" {' '.join(self.terms)} " if len(self.terms) > 1 else ""


def search_terms(title: str, text: str = "") -> str:
    """A text as an index takes it: 竹林 8 组 → "竹林 林8 8组", then what is found alone, all parted by spaces.

    Two neighbours make a term, whole words of letters and digits being one neighbour each and terms by themselves
    too. A single character is a term where it stands in the title or for itself alone: in long texts it says nothing.
    """
    runs = [_units(run) for line in f"{title}\n{text}".splitlines() for run in _RUN.findall(squash(line))]
    alone = {unit for run in runs for unit in run if len(run) > 1 and not re.match(f"[{_CHARACTER}]", unit)}
    alone |= {unit for run in _RUN.findall(squash(title)) for unit in _units(run)}
    return f" {GAP} ".join([*(" ".join(_pairs(run)) for run in runs), *([" ".join(sorted(alone))] if alone else ())])


def sought_words(query: str, most: int = 8) -> list[Sought]:
    """The words that a person typed, parted by spaces and punctuation; nothing else of it has a meaning."""
    parts = _PARTED.sub("", _fold_width(query).casefold()).split()
    words = [Sought(_units(run)) for part in parts for run in _RUN.findall(squash(part))]
    return list(dict.fromkeys(words))[:most]


def find_words(text: str, words: Sequence[Sought]) -> list[tuple[int, int]]:
    """Where the words stand in a text as it was written: from, to; in order, none within another."""
    folded, origin = _folded_with_origins(text)
    found = [
        (origin[hit.start()], origin[hit.end() - 1] + 1)
        for word in words
        if word.units
        for hit in _as_written(word).finditer(folded)
    ]
    return list(_merged(sorted(found)))


def find_shared(text: str, other: str) -> list[tuple[int, int]]:
    """Where a text, as it was written, says what the other says too: from, to; in order, none within another.

    Two characters at least, none of them across a comma; two that say nothing by themselves (的时, 就是) are left out.
    """
    folded, origin = _folded_with_origins(text)
    theirs = "\n".join(_RUN.findall(_folded_with_origins(other)[0]))
    found = []
    for run in _RUN.finditer(folded):
        start = run.start()
        while start < run.end():
            stop = start + 1
            while stop < run.end() and folded[start : stop + 1] in theirs:
                stop += 1
            if stop - start > 1 and not _says_nothing(folded[start:stop]):
                found.append((origin[start], origin[stop - 1] + 1))
            start = stop
    return list(_merged(found))  # ¼ folds to three characters: two of the other's words can meet within it


_PARTICLES = frozenset("的了是就也都还又很我你您他她们这那")
_COMMON = frozenset("有没不在一个上下来去要会能说把被到和人几")


def _says_nothing(words: str) -> bool:
    return len(words) == 2 and (not _PARTICLES.isdisjoint(words) or _COMMON.issuperset(words))


def _units(run: str) -> tuple[str, ...]:
    return tuple(unit[:_LONGEST_WORD] for unit in _UNIT.findall(run))


def _pairs(units: tuple[str, ...]) -> tuple[str, ...]:
    return units if len(units) == 1 else tuple(one + next_ for one, next_ in zip(units, units[1:], strict=False))


def _as_written(word: Sought) -> re.Pattern[str]:
    """With spaces between its units or none; whole words only."""
    units = [re.escape(u) if re.match(f"[{_CHARACTER}]", u) else rf"(?<!{_LETTER}){re.escape(u)}" for u in word.units]
    end = (
        "" if re.match(f"[{_CHARACTER}]", word.units[-1]) or len(word.units[-1]) == _LONGEST_WORD else rf"(?!{_LETTER})"
    )
    return re.compile(r"[^\S\n]*".join(units) + end)


def _folded_with_origins(text: str) -> tuple[str, list[int]]:
    """Width and case folded, character by character, and where each came from."""
    folded = [(char, at) for at, one in enumerate(text) for char in _fold_width(one).casefold()]
    return "".join(char for char, _ in folded), [at for _, at in folded]


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last: tuple[int, int] | None = None
    for start, end in spans:
        if last is not None and start < last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last


# --- a first public title

_OFFICE = r"(?:领导|书记|[省市县区镇乡村局厅处院部校]长|主任|部门|政府|同志|干部|工作人员|老师|乡亲)"
_GREETING = re.compile(
    rf"(?:尊敬|敬爱|亲爱)的?[^，,。]{{0,12}}?{_OFFICE}(?:们|同志)*(?:[您你]们?)?好?"
    rf"|[^，,。]{{0,6}}?{_OFFICE}(?:们|同志)*[您你]?们?好(?!几|多|像|意思|事)"
    r"|(?:[您你]们?|大家)好(?!几|多|像)|(?:尊敬|敬爱|亲爱)的[^，,。]{0,8}$"
)
_LEAD_IN = re.compile(
    r"(?:(?:我们?|本人)?(?:就是|只是)?(?:想要?|要|特此?|现在?|在此|实名|再次)?(?:(?:向|给|跟)(?:[您你]们?|领导|政府))?"
    r"(?:反映|反应|咨询|询问|请教|问(?!题))(?:一?下)?(?:一?[个件])?(?:问题|情况|事情|事)?|请问(?:一?下)?)的?是?"
)
_NEVER = re.compile(  # who they are and how to reach them, and what says nothing
    r"(?:我|俺|本人|申诉人|投诉人|反映人)(?:的?(?:名字)?(?:是|叫|名|系|姓|住|家住)|今年|现年).*"
    r"|本人.{2,4}[原现家]住.*|本人居?住.*|我们是.*(?:业主|村民|居民|市民|家长|职工|员工|学生|住户)"
    r"|男|女|[\u4e00-\u9fff]{1,2}族|(?:现年|今年)?.{0,4}岁|农民|家?住(?![房院户宅建]).*"
    r"|(?:身份证号?码?|联系电话|电话|手机号?码?|微信号?|地址)(?:[是为].*)?"
    r"|(?:事情|情况|事由|问题|具体|经过)*(?:是这样的?|如下).*|(?:今天|近日|最近|近来|近期|现在|目前|首先).{0,2}"
    r"|[0-9年月日号份底初去今前上中下午晚早点钟分左右的时候]+"
)
_SELDOM = re.compile(
    r"(?:非常|十分)?(?:感谢|谢谢|打扰|打搅|麻烦|辛苦|不好意思|抱歉|冒昧|此致|敬礼|恳请|望|希望|百忙).*"
)
_SENTENCE = re.compile(r"([。！!？?；;\n\r\t]+|[ \u3000\xa0]{2,})")
_CLAUSE = re.compile(r"[，,]|(?<![0-9])[:：]|[:：](?![0-9])")
_EDGES = " \u3000\xa0\t，,、：:．.。~～-—“”\"'‘’"
_LEAST = 4  # characters that can mean something


def suggest_title(words: str, limit: int = 20, *, names: Iterable[str] = ()) -> str:
    """A short public title from somebody's long words, for a person to mend; "" when nothing is left.

    Greetings, introductions (they hold names and ages), thanks and every clause with a person's number are
    passed over. The given names never get in.
    """
    pieces = _SENTENCE.split(leaks.mask(_UNSEEN.sub("", words), names=names))
    for polite_too in (False, True):
        for sentence, stop in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
            clauses = [clause for part in _CLAUSE.split(sentence) if (clause := _meant(part, polite_too))]
            if clauses:
                title = _fitted(clauses, limit, "？" if re.search("[？?]", stop) else "")
                return "" if leaks.scan(title) else title  # a long number may have been cut to a telephone's
    return ""


def _meant(clause: str, polite_too: bool) -> str:
    """What the clause says, without greeting and lead-in; "" if that is nothing for a title."""
    before = None
    while clause != before:
        before = clause
        clause = clause.strip(_EDGES)
        for opening in (_GREETING, _LEAD_IN):
            if found := opening.match(clause):
                clause = clause[found.end() :]
    if "*" in clause or len(re.findall(r"\w", clause)) < _LEAST or _NEVER.fullmatch(clause):
        return ""
    return clause if polite_too or not _SELDOM.fullmatch(clause) else ""


def _fitted(clauses: list[str], limit: int, mark: str) -> str:
    """As many clauses as there is room for; the next one too, cut, where the first says little by itself."""
    title = clauses[0]
    for clause in clauses[1:]:
        longer = f"{title}，{clause}"
        if len(longer) > limit:
            return _cut(longer if len(title) * 2 < limit else title, limit)
        title = longer
    return title + mark if len(title) < limit else _cut(title, limit)


def _cut(title: str, limit: int) -> str:
    """At punctuation if enough remains before it."""
    if len(title) <= limit:
        return title
    ends = [found.start() for found in re.finditer(r"[，、；（(《“\s]", title[: limit + 1])]
    if ends and ends[-1] >= _LEAST * 2:
        return title[: ends[-1]].rstrip(_EDGES)
    return title[: limit - 1].rstrip(_EDGES) + "…"
