"""What cells of the organisation department's sheets say, however they were typed."""

import datetime as dt
import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.commons.access import phones
from xianglin.commons.exchange import cleaners

from ..registers.facts import Held
from ..registers.models import MentorKind

_NOT_DIGITS = re.compile(r"[^\d+]+")
_COUNT = re.compile(r"(\d{1,3})(?:\.0+)?\s*[多余]?\s*[年人名个位]?")  # zh: units
_FROM_TO = re.compile(r"(\d)(?:\.0+)?\s*[-–—~～至到]\s*(\d)(?:\.0+)?\s*[人名个位]?")  # noqa: RUF001  # zh: units
_MONTH = re.compile(r"((?:19|20)\d\d)\s*(?:[-./年]\s*(\d{1,2})?|(\d\d))?\s*月?")  # zh: 1998年3月, 1998.3, 199803
_BETWEEN = re.compile(r"[;；,，、/\n\r\s]+")  # zh: between two words
_PARTS = re.compile(r"\s*[,，\t|]\s*|\s{2,}")  # zh: between the parts of a post
_SPAN = re.compile(r"\s*(?:[-–—~～至到]{1,2})\s*")  # noqa: RUF001  # zh: from, to


def phone(cell: str) -> str:
    """The one mobile number of a cell: as text, as Excel's number (13800000101.0), beside a landline."""
    said = unicodedata.normalize("NFKC", cell).strip().removesuffix(".0")
    if not said:
        return ""
    found = set()
    for part in [said, *re.split(r"[;,、/\s]+", said)]:  # zh: between two numbers
        try:
            found.add(phones.parse(part))
        except ValidationError:
            continue
    if len(found) != 1:
        raise Refused("mentoring.phone", _("请写一个 11 位的手机号，他用这个号登录"))
    return found.pop()


def count(cell: str) -> int | None:
    """12, 12.0, 32年, 2人."""
    said = unicodedata.normalize("NFKC", cell).strip()
    if not said:
        return None
    found = _COUNT.fullmatch(said)
    if found is None:
        raise Refused("mentoring.count", _("请写一个整数"))
    return int(found[1])


def capacity(cell: str) -> tuple[int, int] | None:
    """帮带名额: 2 is one to two, 1-3 says both."""
    both = _FROM_TO.fullmatch(unicodedata.normalize("NFKC", cell).strip())
    if both is not None:
        least, most = int(both[1]), int(both[2])
        if least > most:
            raise Refused("mentoring.capacity", _("名额写反了，请写成“1-3”，少的在前"))
        return least, most
    most = count(cell) or 0
    if cell.strip() and not most:
        raise Refused("mentoring.capacity", _("一个也不带，就不用登记"))
    return (1, most) if most else None


def words(cell: str) -> tuple[str, ...]:
    """文字综合、矛盾调解: each word once."""
    return tuple(dict.fromkeys(word for word in _BETWEEN.split(cell.strip(" 。.")) if word))  # zh: a full stop


def kind(cell: str) -> str:
    said = cell.strip()
    if any(word in said for word in ("老党员", "老同志")):  # zh: how sheets call them
        return MentorKind.COMRADE
    return MentorKind.OLD_HAND


def month(cell: str) -> str:
    """The month that a cell says, as far as it says it: "1998-03" or "1998"; "" where it says none."""
    found = _MONTH.match(unicodedata.normalize("NFKC", cell).strip())
    if found is None:
        return ""
    number = found[2] or found[3]
    if number and not 1 <= int(number) <= 12:
        return ""
    return f"{found[1]}-{int(number):02d}" if number else found[1]


def since(cell: str) -> dt.date | None:
    """任现职时间: a month is its first day."""
    said = cell.strip().removesuffix(".0")
    if not said:
        return None
    try:
        whole = cleaners.day(said)
    except Refused:
        whole = None
    if whole is not None:
        return whole
    found = month(said)
    if len(found) != len("1998-03"):
        raise Refused("mentoring.month", _("年月看不懂，请写成 2021-06 这样"))
    return dt.date.fromisoformat(f"{found}-01")


def birth_year(cell: str) -> int | None:
    """出生年月: only the year is kept."""
    said = cell.strip().removesuffix(".0")
    if not said:
        return None
    if re.fullmatch(r"\d{5}", said):
        day = cleaners.day(said)
        return day.year if day else None
    found = month(said)
    if not found:
        raise Refused("mentoring.birth", _("出生年月看不懂，请写成 1995-03 这样"))
    return int(found[:4])


def held_posts(text: str) -> tuple[Held, ...]:
    """One a line: 党总支书记，荻港村，1998-03，2011. From a form or a cell with several lines."""
    return tuple(_held(line) for line in text.replace("；", "\n").splitlines() if line.strip())  # zh: between posts


def _held(line: str) -> Held:
    parts = [part for part in _PARTS.split(unicodedata.normalize("NFKC", line).strip()) if part]
    named = [part for part in parts if not _MONTH.match(part)]
    months = [month(piece) for part in parts if _MONTH.match(part) for piece in _months(part)]
    post, organisation = named[0] if named else "", named[1] if len(named) > 1 else ""
    return Held(post, organisation, months[0] if months else "", months[1] if len(months) > 1 else "")


def _months(part: str) -> list[str]:
    """1998-03—2011-06: two; 1998-03 alone is one."""
    if _MONTH.fullmatch(part):
        return [part]
    return re.findall(r"(?:19|20)\d\d(?:[-./年]\d{1,2})?", part)[:2]


def held_in_words(rows: "tuple[Held, ...] | list[Held]") -> str:
    """The same lines again, for the form that changes them."""
    return "\n".join(
        "，".join(part for part in (one.post, one.organisation, one.from_month, one.to_month) if part)  # zh: as typed
        for one in rows
    )
