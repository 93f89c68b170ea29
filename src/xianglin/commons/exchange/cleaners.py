"""Ready `clean` functions for columns: a cell as text in, a value that JSON can hold or a date out."""

import datetime as dt
import re
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from xianglin.base.clock import SHANGHAI
from xianglin.base.refused import Refused

_EXCEL_ZERO = dt.datetime(1899, 12, 30)  # Excel's day 0, its 29 February 1900 allowed for
_SERIALS = range(18_264, 73_051)  # 1950 to 2099: a number in a date column outside of it is no date
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_YEARS = range(1900, 2101)
# What programs write where nobody filled anything in: .NET, MySQL, SQL Server and Excel, each its own zero. Whole
# exports are full of them, so they are empty cells and no mistakes that people could mend.
_NOTHING = re.compile(r"(?:0001-0?1-0?1|0000-0?0-0?0|1900-0?1-0?[01]|1899-12-3[01])(?:[ T]0?0:00(?::00(?:\.0+)?)?Z?)?")
_TIME = re.compile(r"[\sT]*(\d{1,2})\s*[:：时]\s*(\d{1,2})(?:\s*[:：分]\s*(\d{1,2}))?(?:\.\d+)?\s*[分秒]?")


def text(limit: int = 2_000) -> Callable[[str], str]:
    """Text without space around it; a longer one is refused, never cut."""

    def clean(cell: str) -> str:
        said = cell.strip()
        if len(said) > limit:
            raise Refused(
                "exchange.too_long",
                _("太长了（%(length)s 字），最多 %(limit)s 字，请删短一些") % {"length": len(said), "limit": limit},
            )
        return said

    return clean


def one_of(choices: dict[str, str]) -> Callable[[str], str]:
    """A key, where people write one of its words: `{"男": "m", …}`."""

    def clean(cell: str) -> str:
        said = cell.strip()
        if said and said not in choices:
            told = pgettext("list", "、").join(choices)
            raise Refused("exchange.not_a_choice", _("请填其中一个：%(choices)s") % {"choices": told})
        return choices.get(said, "")

    return clean


def whole_number(cell: str) -> int | None:
    said = cell.strip().replace(",", "").replace("，", "")
    if not said:
        return None
    if not re.fullmatch(r"[-+]?\d{1,15}", said):
        raise Refused("exchange.not_a_number", _("请填整数"))
    return int(said)


def moment(cell: str) -> dt.datetime | None:
    """2019/7/19 18:19:54, 2019-07-19, 2019年7月19日, 2019.7.19, or Excel's own number."""
    said = cell.strip()
    if not said or _NOTHING.fullmatch(said.replace("/", "-")):
        return None
    try:
        found = _moment(said)
    except ValueError:
        raise Refused("exchange.not_a_date", _("日期看不懂，请写成 2026-07-21 这样")) from None
    if found.year not in _YEARS:
        raise Refused("exchange.impossible_year", _("年份不对（%(year)s 年），请核对") % {"year": found.year})
    return found.replace(tzinfo=SHANGHAI)


def day(cell: str) -> dt.date | None:
    at = moment(cell)
    return at.date() if at else None


def _moment(said: str) -> dt.datetime:
    if re.fullmatch(r"\d{5}(\.\d+)?", said) and int(said[:5]) in _SERIALS:
        return _EXCEL_ZERO + dt.timedelta(seconds=round(float(said) * 86_400))
    date = _DATE.match(said)
    if not date:
        raise ValueError(said)
    rest = said[date.end() :]
    time = _TIME.fullmatch(rest)
    if rest.strip() and not time:
        raise ValueError(said)
    hour, minute, second = (int(part or 0) for part in time.groups()) if time else (0, 0, 0)
    year, month, of_month = (int(part) for part in date.groups())
    return dt.datetime(year, month, of_month, hour, minute, second)
