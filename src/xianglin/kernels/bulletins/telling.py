"""A correction told in words: 5月20日公布12盏，6月1日改为9盏."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from xianglin.ui.templatetags.ui import day_words

from .models import Version
from .queries import with_withholdings

Said = Callable[[dt.date], str]  # a day, as it stands in the sentence


def _without_weekday(on: dt.date) -> str:
    return str(day_words(on, weekday=False))


def corrections(versions: Iterable[Version], said: Said = _without_weekday) -> list[tuple[Version, list[str]]]:
    """Each correction of a text and its sentences, the newest first. ``versions``: all of them."""
    kept = list(versions)
    told = [(version, words_of(version, kept, said)) for version in kept if version.number > 1]
    return told[::-1]


def words_of(version: Version, versions: Iterable[Version], said: Said = _without_weekday) -> list[str]:
    before = next(v for v in versions if v.number == version.number - 1)
    days = {"first": _day(before, said), "then": _day(version, said)}
    if before.withheld_now or version.withheld_now:  # either's words would tell what must not be read
        return [
            _("%(first)s公布的一版有个人信息，%(then)s换了新的一版") % days if before.withheld_now else _hidden(days)
        ]
    return [_difference(one, days) for one in version.changes]


def corrected_texts(pks: Iterable[int]) -> dict[int, list[str]]:
    """What was changed in these bulletins after they were published, in words, by number; two queries."""
    rows = with_withholdings(
        Version.objects.filter(bulletin__in=list(pks)).order_by("bulletin", "number").defer("body")
    )
    by_text: dict[int, list[Version]] = {}
    for row in rows:
        by_text.setdefault(row.bulletin_id, []).append(row)
    return {pk: [line for _v, told in corrections(found) for line in told] for pk, found in by_text.items()}


def why(version: Version) -> str:
    """Why it was corrected, as everybody may read it."""
    return "" if version.withheld_now else version.reason


def _hidden(days: dict[str, str]) -> str:
    return _("%(then)s更正的一版有个人信息，已停止公开") % days


def _day(version: Version, said: Said) -> str:
    return said(localtime(version.at).date())


def _difference(one: dict[str, str], days: dict[str, str]) -> str:
    facts = {**days, **one}
    if one.get("column"):
        return _told_of_cell(facts)
    if one.get("row") and one["before"] and one["after"]:
        return _("%(first)s公布“%(row)s” %(before)s，%(then)s改为 %(after)s") % facts
    if not one["before"]:
        return _("%(then)s加上“%(after)s”") % facts
    if not one["after"]:
        return _("%(first)s公布“%(before)s”，%(then)s删去") % facts
    if one["before"][0].isdigit() and one["after"][0].isdigit():
        return _("%(first)s公布 %(before)s，%(then)s改为 %(after)s") % facts
    return _("%(first)s公布“%(before)s”，%(then)s改为“%(after)s”") % facts


def _told_of_cell(facts: dict[str, str]) -> str:
    if not facts["before"]:
        return _("“%(row)s”的“%(column)s”，%(then)s写上 %(after)s") % facts
    if not facts["after"]:
        return _("%(first)s公布“%(row)s”的“%(column)s”是 %(before)s，%(then)s删去") % facts
    return _("%(first)s公布“%(row)s”的“%(column)s”是 %(before)s，%(then)s改为 %(after)s") % facts
