"""接龙: a list that a chat group wrote, each copying it and adding a line. Read back as rows."""

import re
from dataclasses import dataclass

NAME, AFTER_A_COLON = 3, 8  # characters: longer is no name any more
# zh: the commonest surnames. With a space only, what begins with none of them is taken for words: nothing said is lost.
_SURNAMES = (  # zh: as above
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏"  # zh: as above
    "吕丁任沈姚卢姜崔钟谭陆汪范金廖贾夏韦付方白邹孟熊秦邱尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武"  # zh: as above
    "戴莫孔向汤章俞凌倪费鲍诸"  # zh: as above
)
_LINE = re.compile(r"^\s*(\d{1,3})\s*[.．、:：)）]\s*(.*\S)\s*$")  # zh: how people number lines
_SPLIT = re.compile(r"[\s　:：,，—-]+")  # zh: what stands between name and words
_COLON = re.compile("[:：]")  # zh: a full-width one too


@dataclass(frozen=True)
class Link:
    """One line: its number in the list, who wrote it (blank where only words stand there), and what."""

    number: int
    name: str
    words: str


def read_chain(pasted: str) -> list[Link]:
    """The numbered lines of a pasted 接龙, in order; a line without a number goes on from the one above.

    What stands before the first number (#接龙, the question, an example) is none. A number that comes again, as in a
    list pasted twice, replaces the earlier line.
    """
    rows: dict[int, list[str]] = {}
    number = 0
    for line in pasted.splitlines():
        found = _LINE.match(line)
        if found:
            number = int(found[1])
            rows[number] = [found[2]]
        elif number and line.strip():
            rows[number].append(line.strip())
    return [_link(number, "".join(parts)) for number, parts in sorted(rows.items())]


def _link(number: int, text: str) -> Link:
    """A short first word is a name where something follows it and it looks like one."""
    found = _SPLIT.search(text)
    if found is None:
        return Link(number, "", text)
    first, rest = text[: found.start()], text[found.end() :].strip()
    named = bool(_COLON.search(found[0])) and len(first) <= AFTER_A_COLON
    named |= 1 < len(first) <= NAME and first[0] in _SURNAMES
    return Link(number, first, rest) if named and first and rest else Link(number, "", text)
