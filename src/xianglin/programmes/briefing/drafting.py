"""The month's report drafted from the village's matters: what was open, what was done, what is still to be answered.

Everything here is stored text, so Chinese; only checked titles and public answers enter it.
"""

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from itertools import chain

from django.urls import reverse

from xianglin.base import clock
from xianglin.base.registry import Drafted, Source
from xianglin.commons.areas.models import Area
from xianglin.kernels.matters import queries
from xianglin.kernels.matters.models import Matter, State


def draft(place: Area, period: str) -> Iterator[Drafted]:
    """A sentence a matter, and two gaps that no record fills."""
    first, last = _days(period)
    matters = _matters(place, first, last)
    earlier = [m for m in matters if _received_on(m) < first]
    yield from (_sentence("feedback", m) for m in earlier)
    yield from _work_done(matters, first, last)
    yield Drafted("affairs", "gap:decisions", asks="这个月定了哪些大事，怎么定的")  # zh: stored
    yield Drafted("affairs", "gap:money", asks="这个月收了多少、用了多少")  # zh: stored
    yield from (_sentence("concerns", m) for m in matters if _received_on(m) >= first)


def names(place: Area, period: str) -> list[str]:
    """What the authors called themselves: none of it may stand in the report."""
    return queries.names_of(_matters(place, *_days(period)))


def _days(period: str) -> tuple[dt.date, dt.date]:
    year, month = map(int, period.split("-"))
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _matters(place: Area, first: dt.date, last: dt.date) -> list[Matter]:
    """Public ones received by the month's end that were open at some time in it, in the order they came in."""
    open_now = queries.with_answers(queries.public_open(place))
    ended = queries.with_answers(queries.public_ended(place)).filter(closed_on__gte=first)
    rows = [m for m in chain(open_now, ended) if _received_on(m) <= last]
    return sorted(rows, key=lambda m: (m.received_at, m.pk))


def _received_on(matter: Matter) -> dt.date:
    return matter.received_at.astimezone(clock.SHANGHAI).date()


def _sentence(section: str, matter: Matter) -> Drafted:
    text = f"“{matter.title}”：{_standing(matter)}"  # zh: stored
    return Drafted(section, f"matter:{matter.pk}", text, (_source(matter),))


def _standing(matter: Matter) -> str:
    answer = matter.answer.rstrip("。") + "。" * bool(matter.answer)  # zh: stored
    due = _day(matter.next_on)
    return {
        State.SETTLED: f"{answer}提的人说办好了。",  # zh: stored
        State.UNCONFIRMED: f"{answer}一直没等到提的人回话。",  # zh: stored
        State.ANSWERED: f"{answer}等提的人回话。",  # zh: stored
        State.REOPENED: f"提的人说没解决，正在再办，{due}前再答复。",  # zh: stored
        State.DEFERRED: f"现在还不具备条件，{due}再看。",  # zh: stored
    }.get(State(matter.state), f"正在办，{due}前答复。")  # zh: stored


def _work_done(matters: list[Matter], first: dt.date, last: dt.date) -> Iterator[Drafted]:
    """One sentence a category: how many were answered in the month, with each behind it."""
    done: defaultdict[str, list[Matter]] = defaultdict(list)
    for matter in matters:
        if matter.answered_on is not None and first <= matter.answered_on <= last:
            done[matter.category or "其他"].append(matter)  # zh: stored
    for category, rows in sorted(done.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        text = f"{category}方面答复了 {len(rows)} 件：{'；'.join(m.title for m in rows)}。"  # zh: stored
        yield Drafted("work", f"work:{category}", text, tuple(map(_source, rows)))


def _source(matter: Matter) -> Source:
    url = reverse("matters:public", args=[matter.area.code, matter.serial])
    return Source(f"matters.Matter:{matter.pk}", matter.slip, url)


def _day(on: dt.date) -> str:
    return f"{on.month}月{on.day}日"  # zh: stored
