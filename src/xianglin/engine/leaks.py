"""What must never be published: ID numbers, bank cards, telephones, addresses of mail and messengers, and names
that the caller knows.

Written for slips, not for cunning: numbers in full-width or Chinese digits, or broken by spaces and
punctuation, are found; numbers disguised on purpose may pass. Each number is weighed with its grouping and
the words around it, so that dates, money, codes and counts of village affairs (村务) raise no alarm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["id_number", "bank_card", "mobile", "landline", "email", "account", "name"]


@dataclass(frozen=True, slots=True)
class Leak:
    """Where it stands in the text, and what may be shown in its place (138****1234)."""

    kind: Kind
    start: int
    end: int
    masked: str


def scan(text: str, *, names: Iterable[str] = (), allowed: Iterable[str] = ()) -> list[Leak]:
    """Everything in `text` that must not be published, in order, never overlapping.

    `names` are persons who must not be named. `allowed` are numbers and addresses that may stand, such as the
    lines of the village office, however they are punctuated, with the area code or without.
    """
    plain = _plain(text)
    pardoned = _Pardoned(_plain(number) for number in allowed)
    kept: list[Leak] = []
    found = [*_numbers(plain, pardoned), *_local_lines(plain, pardoned), *_addresses(plain, pardoned)]
    if (mixed := _MIXED.sub(_spelled_out, plain)) != plain:
        found += _numbers(mixed, pardoned)
    found += _named(text, names)
    for leak in sorted(found, key=lambda leak: (leak.start, -leak.end)):
        if not kept or leak.start >= kept[-1].end:
            kept.append(leak)
    return kept


def mask(text: str, *, names: Iterable[str] = (), allowed: Iterable[str] = ()) -> str:
    """The text with every leak replaced by its masked form."""
    for leak in reversed(scan(text, names=names, allowed=allowed)):
        text = text[: leak.start] + leak.masked + text[leak.end :]
    return text


# --- digits as people write them, each kept at its place in the text

_CHINESE = "〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖幺"
_CHINESE_DIGITS = str.maketrans(_CHINESE, "0001234567891234567891")
_SPELLED = re.compile(f"[{_CHINESE}]{{11,}}")
_MIXED = re.compile(f"[0-9{_CHINESE}](?:[ ._-]?[0-9{_CHINESE}]){{10,}}")  # 138一二三四5678


def _spelled_out(run: re.Match[str]) -> str:
    return run[0].translate(_CHINESE_DIGITS)


class _ToAscii(dict[int, str]):
    """Digits of any script, full-width letters and signs: one character for one."""

    def __missing__(self, code: int) -> str:
        digit = unicodedata.decimal(chr(code), None)
        folded = unicodedata.normalize("NFKC", chr(code)) if digit is None else str(digit)
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_to_ascii = _ToAscii()


def _plain(text: str) -> str:
    if text.isascii():
        return text
    return _SPELLED.sub(_spelled_out, text).translate(_to_ascii)


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


class _Pardoned:
    """What the caller lets stand. A line is the same with +86 or 0 before it, with its area code or without."""

    def __init__(self, allowed: Iterable[str]) -> None:
        listed = list(allowed)
        self.addresses = {said.strip().casefold() for said in listed}
        self.lines = {_national(_digits(said)) for said in listed} - {""}

    def number(self, digits: str) -> bool:
        asked = _national(digits)
        return any(asked == line or _is_same_line(asked, line) or _is_same_line(line, asked) for line in self.lines)


def _national(digits: str) -> str:
    return re.sub("^(?:(?:00)?86)?0?", "", digits)


def _is_same_line(whole: str, local: str) -> bool:
    """Whether one is the other with an area code, which is two or three digits after the 0."""
    return len(local) in (7, 8) and len(whole) - len(local) in (2, 3) and whole.endswith(local)


# --- numbers: groups of digits with what separates them

_UNSEEN = "\u200b-\u200f\u2060\ufeff\ufe0f\u20e3"  # zero-width characters and the rest of 1️⃣
_WITHIN = r" \t_.·•()\-‐‑‒–—−"  # separators usual inside one number
_BETWEEN = ",、;/~:"  # usual between numbers
_GROUP = re.compile(rf"[0-9](?:[{_UNSEEN}]*[0-9])*")
_CLUSTER = re.compile(rf"[0-9](?:[{_UNSEEN}{_WITHIN}{_BETWEEN}]{{0,3}}[0-9]){{9,}}")
_LEAST, _MOST = 10, 20  # digits in a number of any kind


@dataclass(frozen=True, slots=True)
class _Number:
    """Neighbouring groups of digits, read as one number."""

    text: str
    start: int
    end: int
    digits: str
    sizes: tuple[int, ...]
    gaps: tuple[str, ...]

    def follows(self, words: re.Pattern[str]) -> bool:
        return words.search(self.text, max(0, self.start - 16), self.start) is not None

    def precedes(self, words: re.Pattern[str]) -> bool:
        return words.match(self.text, self.end) is not None

    def without(self, prefix: int) -> _Number:
        """The same without its first digits (86, or the 0 once dialled before a mobile)."""
        sizes, gaps = self.sizes, self.gaps
        if sizes[0] == prefix:
            sizes, gaps = sizes[1:], gaps[1:]
        else:
            sizes = (sizes[0] - prefix, *sizes[1:])
        return _Number(self.text, self.start, self.end, self.digits[prefix:], sizes, gaps)

    def leak(self, kind: Kind, masked: str, more: int = 0) -> Leak:
        bracketed = self.text[self.start - 1 : self.start] == "(" and any(")" in gap for gap in self.gaps)
        return Leak(kind, self.start - bracketed, self.end + more, masked)


def _numbers(text: str, pardoned: _Pardoned) -> Iterator[Leak]:
    for cluster in _CLUSTER.finditer(text):
        groups = list(_GROUP.finditer(text, cluster.start(), cluster.end()))
        at = 0
        while at < len(groups):
            for number in reversed(list(_readings(text, groups[at : at + _MOST]))):
                if leak := _leak_in(number):
                    if not pardoned.number(number.digits):
                        yield leak
                    at += len(number.sizes)
                    break
            else:
                at += 1


def _readings(text: str, groups: list[re.Match[str]]) -> Iterator[_Number]:
    """The first group, the first two, and so on, as long as they could be one number."""
    digits, sizes, gaps = "", list[int](), list[str]()
    for at, group in enumerate(groups):
        more = _digits(group[0])
        if len(digits) + len(more) > _MOST:
            return
        if at:
            gaps.append(text[groups[at - 1].end() : group.start()])
        digits += more
        sizes.append(len(more))
        if len(digits) >= _LEAST:
            yield _Number(text, groups[0].start(), group.end(), digits, tuple(sizes), tuple(gaps))


def _leak_in(number: _Number) -> Leak | None:
    return _id_number(number) or _bank_card(number) or _mobile(number) or _landline(number)


# --- what stands before and after

_CODE = re.compile(
    r"(?:编号|单号|户号|文号|合同号?|流水号?|批号|代码|编码|(?<!份)证号|票号|标号|字第|No\.?|№)[:为是\s]*$",
    re.I,
)
_SUM = re.compile(
    r"(?:[¥￥$]|人民币|金额|合计|共计|总计|总额|价款|款项|收入|支出|预算|投资|资金|产值|造价)[:为是约达共\s]*$"
)
_MONEY = re.compile(r"\s*(?:元|块钱)")
_UNIT = re.compile(
    r"(?:\.[0-9]+)?\s*(?:元|块钱|[万亿]元|亩|平方|㎡|m²|立方|公斤|斤|吨|千克|%)|\.[0-9]{1,2}(?![0-9月日号点:])"
)
_PHONE = re.compile(r"(?:电话|手机|号码|联系|微信|致电|拨打|热线|短信|来电|传真|tel|phone)[^0-9]{0,8}$", re.I)
_CARD = re.compile(r"(?:银行卡|卡号|一卡通|账号|帐号|存折)[^0-9]{0,6}$")
_IDENTITY = re.compile(r"身份证[^0-9]{0,8}$")
_CODE_LETTERS = re.compile(r"(?<![A-Za-z])(?!(?:TEL|PHONE|VX|WX|V|W|M|T|QQ)-?$)[A-Z]{1,8}-?$")
_WHOLE_PART = re.compile(r"(?<![0-9])(?:0|[0-9]{3,})\.$")


def _is_figure(number: _Number) -> bool:
    """Money, an area, a contract's number: digits that say what they count or name."""
    if number.follows(_CODE) or number.follows(_CODE_LETTERS) or number.follows(_SUM):
        return True
    return number.precedes(_UNIT) and not number.follows(_PHONE)


def _is_mistaken_figure(number: _Number) -> bool:
    """A mobile called a code or a sum by a slip (编号13812345678, 13812345678元): it holds no date and is not round."""
    digits = number.digits
    if number.sizes != (11,) or number.follows(_SUM) or number.follows(_CODE_LETTERS):
        return False
    if number.follows(_CODE):
        return not (_is_birthday(digits[:8]) or re.match(r"20[0-3][0-9]", digits[3:]))
    return number.precedes(_MONEY) and not digits.endswith("000")


# --- the kinds

# First two digits of an ID: a province (GB/T 2260), or 9 for the card of a permanent resident from abroad.
_REGION = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|9[1-8]")
_CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_X = re.compile(rf"[{_UNSEEN}{_WITHIN}]{{0,3}}[Xx](?![A-Za-z])(?:[0-9]{{2}}(?![0-9]))?")


def _id_number(number: _Number) -> Leak | None:
    """居民身份证 (GB 11643): 18 with check digit; 15 of the old card; 20 where 残疾人证 adds two."""
    digits, x = number.digits, None
    if len(digits) == 17 and (x := _X.match(number.text, number.end)):
        digits += "X"
    if not _REGION.match(digits):
        return None
    certain = number.follows(_IDENTITY)
    if len(digits) == 18 or (len(digits) == 20 and len(number.sizes) == 1):
        found = _is_birthday(digits[6:14]) and (certain or digits[17] == _check_digit(digits))
    elif len(digits) == 15 and (certain or len(number.sizes) == 1):
        found = _is_old_id(number, certain)
    else:
        found = False
    return number.leak("id_number", "*" * len(digits), x.end() - x.start() if x else 0) if found else None


def _check_digit(digits: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(digits, _CHECK_WEIGHTS, strict=False))
    return "10X98765432"[total % 11]


def _is_birthday(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year < 2100
    except ValueError:
        return False


def _is_old_id(number: _Number, certain: bool) -> bool:
    """Born before 1930 only where the text says 身份证: 330523220621001 is the county's 2022 contract."""
    if not _is_birthday("19" + number.digits[6:12]):
        return False
    return certain or (number.digits[6] >= "3" and not _is_figure(number))


# Issuer prefixes with the lengths in use: UnionPay 62 and its forerunners, Visa, Mastercard, JCB.
_ISSUER = re.compile(r"6[0-9]{15,18}|9558[0-9]{12,15}|(?:4[0-9]{3}|5[1-5][0-9]{2}|35[2-8][0-9])[0-9]{12}")
_CARD_SIZES = {(4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (6, 10), (6, 13)}


def _bank_card(number: _Number) -> Leak | None:
    if not _ISSUER.fullmatch(number.digits):
        return None
    certain = number.follows(_CARD)
    usual = len(number.sizes) == 1 or (number.sizes in _CARD_SIZES and _tight(number))
    if not certain and not (usual and _luhn(number.digits) and not _is_figure(number)):
        return None
    return number.leak("bank_card", "*" * len(number.digits))


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(pair // 10 + pair % 10 for pair in doubled)) % 10 == 0


def _tight(number: _Number) -> bool:
    return not any(char in _BETWEEN for gap in number.gaps for char in gap)


_PREFIX = re.compile(r"(?:(?:00)?86|0)(?=1[3-9])")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE_SIZES = {(3, 4, 4), (3, 8), (7, 4), (3, 2, 2, 4), (3, 4, 2, 2), (3, 2, 2, 2, 2)}


def _mobile(number: _Number) -> Leak | None:
    prefix = _PREFIX.match(number.digits)
    bare = number.without(prefix.end()) if prefix else number
    if not _MOBILE.fullmatch(bare.digits) or _is_decimal(number):
        return None
    if _is_figure(number) and not _is_mistaken_figure(number):
        return None
    usual = bare.sizes in _MOBILE_SIZES and _is_dialled(bare)
    if not (bare.sizes == (11,) or set(bare.sizes) == {1} or usual or number.follows(_PHONE)):
        return None
    country = f"{prefix[0]} " if prefix else ""
    return number.leak("mobile", f"{country}{bare.digits[:3]}****{bare.digits[-4:]}")


def _is_decimal(number: _Number) -> bool:
    """0.1538… or a coordinate; after `1.` it may be the first telephone of a list."""
    return (number.digits[0] == "0" and number.sizes[0] == 1) or number.follows(_WHOLE_PART)


def _is_dialled(number: _Number) -> bool:
    """Not a row of figures: no commas, no decimal point, no date or year at the end (138 20220621)."""
    if number.sizes == (3, 4, 2, 2) and _is_birthday(number.digits[3:]):
        return False
    if len(number.sizes) > 2:
        return _tight(number)
    dated = re.search(r"(?:19|20)[0-9]{2}(?:[0-9]{4})?$", number.digits[number.sizes[0] :])
    return _tight(number) and "." not in number.gaps[0] and not dated


# Area codes: 010, 02x with eight digits; 03xx–09xx with seven or eight. No household's line begins 0, 1, 9.
_LANDLINE = re.compile(r"(010|02[0-57-9])([2-8][0-9]{7})|(0[3-9][0-9]{2})([2-8][0-9]{6,7})")
_ABROAD = re.compile(r"(?:00)?860?(?=[1-9])")


def _landline(number: _Number) -> Leak | None:
    abroad = _ABROAD.match(number.digits)
    national = "0" + number.digits[abroad.end() :] if abroad else number.digits
    found = _LANDLINE.fullmatch(national)
    if not found or not _tight(number) or len(number.sizes) > 5 or _is_figure(number):
        return None
    area = found[1] or found[3]
    if len(number.sizes) > 1 and not abroad and number.sizes[0] != len(area):
        return None
    return number.leak("landline", f"{area}-" + "*" * (len(national) - len(area)))


# A line without its area code is told from other figures only by what stands before it and after it.
_LOCAL = re.compile(
    r"(?:电话|座机|固话|手机|联系|致电|拨打|传真|热线|tel|phone)(?P<gap>[^0-9。；;!?\n]{0,8})"
    r"(?P<line>[2-8][0-9]{6,7}|[2-8][0-9]{2,3}[ -][0-9]{4})(?![0-9]|[.-][0-9])",
    re.I,
)
_NEXT_LOCAL = re.compile(r"(?:[、,/ ]|或者?|和|及|转){1,3}(?P<line>[2-8][0-9]{6,7})(?![0-9]|[.-][0-9])")
_NO_LINE = re.compile(r"(?:单|证|[编户文批票标]号|代码|编码|账号|费|款|第|字|[A-Za-z])[:为是\s]*(?:号[:为是\s]*)?$")
_COUNTED = re.compile(r"\s*(?:[户人次件个条份座台辆号分万亿]|元|块|年|月|亩|平方|㎡|m|公里|米|斤|吨|千)")


def _local_lines(text: str, pardoned: _Pardoned) -> Iterator[Leak]:
    for keyword in _LOCAL.finditer(text):
        found: re.Match[str] | None = keyword
        if _NO_LINE.search(keyword["gap"]):
            continue
        while found:
            start, end = found.span("line")
            digits = _digits(found["line"])
            if _COUNTED.match(text, end) or _is_dated(found["line"]):
                break
            if not pardoned.number(digits):
                yield Leak("landline", start, end, "*" * len(digits))
            found = _NEXT_LOCAL.match(text, end)


def _is_dated(line: str) -> bool:
    """电话 20220621 or 2022-2023: no line, though some begin so."""
    years = re.fullmatch(r"(?:19|20)[0-9]{2}[ -]?(?:19|20)[0-9]{2}", line)
    return years is not None or _is_birthday(_digits(line).ljust(8, "x"))


# --- mail and messengers

_MAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_OFFICIAL = re.compile(r"[@.]gov\.cn$", re.I)  # an office's, never a villager's
_ACCOUNT = re.compile(
    r"(?P<given>wxid_[A-Za-z0-9]{6,})|(?:微信|薇信|wechat|weixin|(?<![A-Za-z])(?:wx|vx))"
    r"(?:(?:号码?|id|账号)[:为是\s]*(?P<said>[A-Za-z][A-Za-z0-9_-]{5,19})"
    r"|\s*[:为是]\s*(?P<told>[A-Za-z][A-Za-z0-9_-]{5,19})"
    r"|\s*(?P<bare>(?!(?:wx|vx)?[0-9])(?=[A-Za-z]*[0-9_])[A-Za-z][A-Za-z0-9_-]{5,19}))"
    r"|(?<![A-Za-z])QQ(?:号码?)?[:为是\s]*(?P<qq>[1-9][0-9]{4,10})(?![0-9])",
    re.I,
)


def _addresses(text: str, pardoned: _Pardoned) -> Iterator[Leak]:
    for mail in _MAIL.finditer(text):
        if mail[0].casefold() not in pardoned.addresses and not _OFFICIAL.search(mail[0]):
            yield Leak("email", mail.start(), mail.end(), f"{mail[0][0]}***@***")
    for account in _ACCOUNT.finditer(text):
        group = account.lastgroup or ""
        if account[group].casefold() not in pardoned.addresses:
            yield Leak("account", account.start(group), account.end(group), f"{account[group][0]}***")


# --- names


# What people write where a name is asked for, and what names nobody.
_NOBODY = frozenset((
    "村民", "居民", "市民", "群众", "业主", "住户", "老人", "家长", "学生", "农民", "职工", "员工", "网友", "匿名",
    "匿名用户", "无名", "无名氏", "先生", "女士", "大爷", "大妈", "阿姨", "大叔", "大家",
))  # fmt: skip


def _named(text: str, names: Iterable[str]) -> Iterator[Leak]:
    """Names as given, also with spaces between the characters (徐 文 兴)."""
    whole = {name for given in names if len(name := "".join(given.split())) > 1} - _NOBODY
    if not whole:
        return
    longest_first = sorted(whole, key=lambda name: (-len(name), name))
    pattern = "|".join(r"\s{0,2}".join(map(re.escape, name)) for name in longest_first)
    for match in re.finditer(pattern, text):
        length = len("".join(match[0].split()))
        yield Leak("name", match.start(), match.end(), match[0][0] + "某" * (length - 1))
