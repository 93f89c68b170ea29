"""The month's report drafted from the village's matters: what was open, what was done, what is still to be answered.

Everything here is stored text, so Chinese; only checked titles and public answers enter it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from xianglin.base import clock
from xianglin.base.registry import Counted, Drafted, Source
from xianglin.commons.areas.models import Area
from xianglin.kernels.gatherings import queries as meetings
from xianglin.kernels.indicators import queries as counting
from xianglin.kernels.matters import queries
from xianglin.kernels.matters.models import WORKED_ON, Matter, State

from . import rules
from .kinds import CONFERENCE
from .measures import MEASURES
from .queries import asked_at

_MATTER = "matters.Matter:"  # begins a reference


def draft(place: Area, period: str) -> Iterator[Drafted]:
    """A sentence a matter, and two gaps that no record fills."""
    first, last = rules.days_of(period)
    asked = _asked_last(place, period)
    matters = _matters(place, first, last, but=asked)
    earlier = [m for m in matters if _received_on(m) < first]
    yield from (_feedback(m) for m in asked)
    yield from (_sentence("feedback", m) for m in earlier)
    yield from _counted(place, first)
    yield from _work_done([*asked, *matters], first, last)
    yield Drafted("affairs", "gap:decisions", asks="这个月定了哪些大事，怎么定的")  # zh: stored
    yield Drafted("affairs", "gap:money", asks="这个月收了多少、用了多少")  # zh: stored
    yield Drafted("affairs", "table:money", offers="收支明细表")  # zh: stored
    yield from (_sentence("concerns", m) for m in matters if _received_on(m) >= first)


def names(place: Area, period: str) -> list[str]:
    """What the authors called themselves: none of it may stand in the report."""
    asked = _asked_last(place, period)
    return queries.names_of([*asked, *_matters(place, *rules.days_of(period), but=asked)])


def _asked_last(place: Area, period: str) -> list[Matter]:
    """All that was asked at the last conference, on the board or not: its feedback leaves nothing out (一个不漏)."""
    last = meetings.last_ended(place, CONFERENCE, before=period)
    return asked_at(last) if last is not None else []


def _matters(place: Area, first: dt.date, last: dt.date, *, but: list[Matter]) -> list[Matter]:
    """Other public ones received by the month's end and open at some time in it, in the order they came in."""
    open_now = queries.with_answers(queries.public_open(place))
    ended = queries.with_answers(queries.public_ended(place)).filter(closed_on__gte=first)
    known = {m.pk for m in but}
    rows = [m for m in chain(open_now, ended) if _received_on(m) <= last and m.pk not in known]
    return sorted(rows, key=lambda m: (m.received_at, m.pk))


def _received_on(matter: Matter) -> dt.date:
    return matter.received_at.astimezone(clock.SHANGHAI).date()


def _sentence(section: str, matter: Matter) -> Drafted:
    text = f"“{matter.title}”：{_standing(matter)}"  # zh: stored
    return Drafted(section, f"matter:{matter.pk}", text, (_source(matter),))


def _feedback(matter: Matter) -> Drafted:
    """Of a question asked at the last conference. One that is not public is told by its number alone."""
    if matter.public:
        return _sentence("feedback", matter)
    text = f"{matter.slip}（内容不公开）：{_standing(matter, answer='')}"  # zh: stored
    return Drafted("feedback", f"matter:{matter.pk}", text)


def _standing(matter: Matter, answer: str | None = None) -> str:
    told = matter.answer if answer is None else answer
    told = told.rstrip("。") + "。" * bool(told)  # zh: stored
    due = _day(matter.next_on)
    if matter.clock_stopped_on is not None and matter.state in WORKED_ON and matter.pauses:
        return f"延期：{str(matter.pauses[-1]['reason']).rstrip('。')}，{due}接着办。"  # zh: stored
    return {
        State.SETTLED: f"{told}提的人说办好了。",  # zh: stored
        State.UNCONFIRMED: f"{told}一直没等到提的人回话。",  # zh: stored
        State.ANSWERED: f"{told}等提的人回话。",  # zh: stored
        State.REOPENED: f"提的人说没解决，正在再办，{due}前再答复。",  # zh: stored
        State.DEFERRED: f"现在还不具备条件，{due}再看。",  # zh: stored
        State.REJECTED: "没受理，原因告诉了提的人。",  # zh: stored
        State.TRANSFERRED: "转给别的单位了，告诉了提的人。",  # zh: stored
        State.WITHDRAWN: "提的人撤回了。",  # zh: stored
        State.QUARANTINED: "已按规定移交。",  # zh: stored
    }.get(State(matter.state), f"正在办，{due}前答复。")  # zh: stored


# Measures whose figures the report tells, each with the sentence around its number.
_TOLD = (
    ("briefing.matters_raised", "{month}月收到村民提的事 {value} 件。"),  # zh: stored
    ("briefing.matters_answered_in_time", "{month}月按期答复 {value} 件。"),  # zh: stored
)


def _counted(place: Area, first: dt.date) -> Iterator[Drafted]:
    """Figures of the month so far, each with the records that it was counted from."""
    now = clock.now().astimezone(clock.SHANGHAI).isoformat(timespec="minutes")
    by_code = {measure.code: measure for measure in MEASURES}
    for code, sentence in _TOLD:
        measure = by_code[code]
        keys = counting.rows_of(measure, place, first).values_list("pk", flat=True)
        refs = tuple(f"{_MATTER}{pk}" for pk in sorted(keys))
        with override(settings.LANGUAGE_CODE):
            name, unit = str(measure.name), str(measure.unit)
        figure = Counted(code, name, unit, len(refs), now, refs)
        yield Drafted("work", f"figure:{code}", sentence.format(month=first.month, value=len(refs)), counted=figure)


def records(refs: Iterable[str]) -> Iterator[Source]:
    """Of the records of a figure those that everybody may open."""
    pks = [int(ref.removeprefix(_MATTER)) for ref in refs if ref.startswith(_MATTER)]
    for matter in queries.public_among(pks):
        url = reverse("matters:public", args=[matter.area.code, matter.serial])
        yield Source(f"{_MATTER}{matter.pk}", f"{matter.slip}　{matter.title}", url)


def _work_done(matters: list[Matter], first: dt.date, last: dt.date) -> Iterator[Drafted]:
    """One sentence a category: how many were answered in the month, with each behind it."""
    done: defaultdict[str, list[Matter]] = defaultdict(list)
    for matter in matters:
        if matter.public and matter.answered_on is not None and first <= matter.answered_on <= last:
            done[matter.category or "其他"].append(matter)  # zh: stored
    for category, rows in sorted(done.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        text = f"{category}方面答复了 {len(rows)} 件：{'；'.join(m.title for m in rows)}。"  # zh: stored
        yield Drafted("work", f"work:{category}", text, tuple(map(_source, rows)))


def _source(matter: Matter) -> Source:
    url = reverse("matters:public", args=[matter.area.code, matter.serial])
    return Source(f"{_MATTER}{matter.pk}", matter.slip, url)


def _day(on: dt.date) -> str:
    return f"{on.month}月{on.day}日"  # zh: stored
