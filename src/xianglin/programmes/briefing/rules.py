"""Decisions of the conference, without writing anything."""

import calendar
import datetime as dt
import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.engine import text

from .models import Article, Visit

VISIT_DAYS = 60  # how long ago a visit may have been: a device lay without a network, or a paper list was found again
ARTICLES = 80
ARTICLE_LENGTH = 500
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}  # zh: numerals
_ARTICLE = re.compile(r"^\s*第\s*([0-9零〇一二两三四五六七八九十百]{1,6})\s*条[：:、.．\s]*(.*)$")  # zh: 第十二条


def days_of(period: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of a month ("2022-05")."""
    year, month = map(int, period.split("-"))
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def require_party_day(day: int) -> int:
    if not 1 <= day <= 28:
        raise Refused("briefing.party_day", _("党日请选 1 号到 28 号之间的一天，每个月都有。"))
    return day


def require_visit_day(at: dt.datetime | None) -> dt.datetime:
    """When a visit was: now, or a while ago where there was no network at the door."""
    now = clock.now()
    if at is not None and not now - dt.timedelta(days=VISIT_DAYS) <= at <= now:
        told = _("走访的日子要在最近 %(days)d 天里。请核对手机上的日期。")
        raise Refused("briefing.visit_day", told % {"days": VISIT_DAYS})
    return at or now


def require_same_visit(known: Visit, household_pk: int, actor: Actor) -> None:
    """A key that came before came with the same door and from the same account."""
    if (known.household_id, known.by_id) != (household_pk, actor.account_id):
        raise Refused("briefing.key_of_another", _("这个编号用过了。请刷新页面再交一次。"))


def parse_articles(pasted: str) -> list[tuple[int, str]]:
    """The articles of pasted rules: 第十二条 …; lines that begin none belong to the one above.

    Refused: nothing that begins 第…条, or a number twice.
    """
    found: list[tuple[int, str]] = []
    for line in pasted.splitlines():
        match = _ARTICLE.match(line)
        if match:
            found.append((number_of(match[1]), match[2].strip()))
        elif found and line.strip():
            found[-1] = (found[-1][0], f"{found[-1][1]}{line.strip()}")
    found = [(number, words) for number, words in found if words]
    if not found:
        raise Refused("briefing.no_articles", _("没认出条款。请一条一行，以“第一条”“第 2 条”这样开头。"))
    numbers = [number for number, _words in found]
    twice = next((n for n in numbers if numbers.count(n) > 1), None)
    if twice is not None:
        raise Refused("briefing.article_twice", _("第 %(number)d 条写了两遍，请留一条。") % {"number": twice})
    if len(found) > ARTICLES or max(len(words) for _number, words in found) > ARTICLE_LENGTH:
        told = _("最多 %(count)d 条，每条最多 %(length)d 个字。")
        raise Refused("briefing.articles_too_long", told % {"count": ARTICLES, "length": ARTICLE_LENGTH})
    return sorted(found)


def number_of(written: str) -> int:
    """12 from 12, 十二 or 一百零三 (up to 999)."""
    if written.isascii() and written.isdigit():
        return int(written)
    total = unit = 0
    for char in written:
        if char in "十百":  # zh: numerals
            total += (unit or 1) * (10 if char == "十" else 100)  # zh: numerals
            unit = 0
        else:
            unit = unit * 10 + _DIGITS.get(char, 0) if char not in "零〇" else 0  # zh: numerals
    return total + unit


def likely_article(words: str, articles: Iterable[Article]) -> Article | None:
    """The article that shares most two-character pieces with what was asked; None where it shares fewer than two."""
    asked = text.pieces(words)
    best, most = None, 1
    for article in articles:
        shared = len(asked & text.pieces(article.text))
        if shared > most:
            best, most = article, shared
    return best
