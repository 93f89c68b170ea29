"""What a representative carries to the households: a few plain lines for the chat group, and the same as a picture.

Only what everybody may read on the village's page: titles, public answers, days.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xianglin.base.months import next_month
from xianglin.commons.documents.parts import Card
from xianglin.kernels.matters import marks
from xianglin.kernels.matters.models import OPEN, Matter
from xianglin.kernels.matters.models import State as MatterState
from xianglin.ui.templatetags.ui import day_words

from .. import queries as conference
from . import queries
from .queries import Month

MOST = 5  # titles in a sentence: who listens at the door keeps no more


def text(of: Month, link: str) -> str:
    """What was asked, what was settled, what is to come, when they meet again, and where all of it stands."""
    head = _("【%(place)s】%(month)d 月村情发布会") % {"place": of.area.name, "month": of.first.month}
    return "\n".join([head, *_lines(of), _("看全部：%(link)s") % {"link": link}, _closing()])


def topic_text(matter: Matter, link: str) -> str:
    head = _("【%(place)s】%(title)s") % {"place": matter.area.name, "title": matter.title}
    return "\n".join([head, _became(matter), _("看全部：%(link)s") % {"link": link}, _closing()])


def _closing() -> str:
    return _("有想法跟我说，我带到村里。")


def card(of: Month, link: str) -> Card:
    title = _("%(month)d 月村情发布会") % {"month": of.first.month}
    return Card(of.area.name, title, link, list(_lines(of)), _("扫一扫，看全部，也可以说一句。"))


def topic_card(matter: Matter, link: str) -> Card:
    return Card(matter.area.name, matter.title, link, [_became(matter)], _("扫一扫，看全部，也可以说一句。"))


def _lines(of: Month) -> Iterator[str]:
    before, earlier = queries.asked_before(of)
    asked = queries.asked_in(of)
    if before is not None and earlier:
        yield _counted(earlier, day_words(before.day, weekday=False))
    if of.meeting is not None and asked:
        yield _counted(asked, day_words(of.meeting.day, weekday=False))
    public = [m for m in (*earlier, *asked) if m.public]
    done = [m for m in public if m.state == MatterState.SETTLED]
    if done:
        yield _("办好的：%(titles)s。") % {"titles": _titles([m.title for m in done[::-1]])}
    coming = [m for m in public if m.state in OPEN]
    if coming:
        yield _("接着办的：%(titles)s。") % {"titles": _titles([_until(m) for m in coming])}
    yield from _next(of)


def _counted(asked: Sequence[Matter], day: str) -> str:
    settled = sum(m.state == MatterState.SETTLED for m in asked)
    return _("%(day)s问了 %(asked)d 件，办好 %(settled)d 件。") % {"day": day, "asked": len(asked), "settled": settled}


def _titles(titles: Sequence[str]) -> str:
    shown = pgettext("list", "；").join(titles[:MOST])
    more = len(titles) - MOST
    return _("%(titles)s；还有 %(count)d 件") % {"titles": shown, "count": more} if more > 0 else shown


def _until(matter: Matter) -> str:
    day = day_words(matter.next_on, weekday=False)
    if matter.state == MatterState.ANSWERED:
        return _("%(title)s（答复了，等回话）") % {"title": matter.title}
    return _("%(title)s（%(day)s前）") % {"title": matter.title, "day": day}


def _became(matter: Matter) -> str:
    """What the village answered; while it has not, how it stands."""
    if matter.answer:
        return _("村里答复：%(answer)s") % {"answer": matter.answer}
    if matter.state in OPEN and matter.clock_stopped_on is None:
        return _("正在办，%(day)s前答复。") % {"day": day_words(matter.next_on, weekday=False)}
    return str(marks.told(matter))


def _next(of: Month) -> Iterator[str]:
    """The next Party day (主题党日) after this month's."""
    following = f"{next_month(of.first):%Y-%m}"
    fixed = conference.party_day(of.area, following)
    if fixed is not None:
        day = day_words(conference.day_in(fixed, following), weekday=False)
        told = {"day": day, "at": f"{fixed.at:%H:%M}", "venue": fixed.venue}
        yield _("下次发布会：%(day)s %(at)s，%(venue)s。") % told
