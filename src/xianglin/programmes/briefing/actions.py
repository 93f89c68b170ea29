"""Changes that belong to the conference: its day, the village's rules, questions taken, placed and brought home."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.months import next_month
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area
from xianglin.kernels.gatherings import actions as gatherings
from xianglin.kernels.gatherings import queries as meetings
from xianglin.kernels.gatherings.models import Gathering, Turn, Way
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters.models import How, Matter, Outcome, Source, State

from . import queries, rules
from .kinds import CONFERENCE, EXPLANATION, QUESTION
from .models import Article, Explanation, PartyDay, Question
from .relaying.telling import tell_representatives

_SOURCES = {Way.STANDING: Source.CONFERENCE, Way.SLIP: Source.SLIP, Way.SCREEN: Source.HALL}


@action("briefing.set_party_day")
def set_party_day(area: Area, *, actor: Actor, day: int, at: dt.time, venue: str, key: UUID | None = None) -> PartyDay:
    """The village's Party day (主题党日). The first counts from this month; a change from the next one."""
    rules.require_party_day(day)
    kept = venue.strip()
    if not kept:
        raise Refused("briefing.no_venue", _("请写在哪里开，比如“文化礼堂”。"))
    first_ever = not PartyDay.objects.filter(area=area).exists()
    this_month = clock.today().replace(day=1)
    from_on = this_month if first_ever else next_month(this_month)  # nobody moves the day that they missed
    row, _made = PartyDay.objects.update_or_create(
        area=area, from_on=from_on, defaults={"day": day, "at": at, "venue": kept}
    )
    return row


@action("briefing.set_articles")
def set_articles(area: Area, *, actor: Actor, pasted: str, key: UUID | None = None) -> Area:
    """The village's rules as they stand from today (村规民约). What an earlier answer cited stays as it was."""
    new = dict(rules.parse_articles(pasted))
    today = clock.today()
    for old in Article.objects.select_for_update().filter(area=area, to_on=None):
        if new.get(old.number) == old.text:
            del new[old.number]
        else:
            old.to_on = today
            old.save(update_fields=["to_on"])
    Article.objects.bulk_create(Article(area=area, number=n, text=text, from_on=today) for n, text in new.items())
    return area


@action("briefing.ask_village")
def ask_village(
    area: Area, *, actor: Actor, words: str, period: str, about: Sequence[str] = (), key: UUID | None = None
) -> Matter:
    """The town asks a village to explain (请村里说明): a matter whose author is the one who asks. It comes to the
    village's receiving post with a due date of its own, and only who asked says whether that explains it.

    ``about``: the signs of the month that it is to explain, by their keys (``months.KEYS``).
    """
    said = matters.Said(words=words, source=Source.ABOVE, kind=EXPLANATION)
    matter = matters.raise_matter(area, actor=actor, said=said)
    row = Explanation(matter=matter, period=period, about=list(about))
    row.place_in(area)
    with changing(row):
        row.save()
    return matter


@action("briefing.plan_conference")
def plan_conference(area: Area, *, actor: Actor, period: str, key: UUID | None = None) -> Gathering | None:
    """This month's conference on its Party day; None where the village has not fixed one."""
    fixed = queries.party_day(area, period)
    if fixed is None:
        return None
    on, at, venue = queries.day_in(fixed, period), fixed.at, fixed.venue
    return gatherings.plan_gathering(area, actor=actor, kind=CONFERENCE, period=period, on=on, at=at, venue=venue)


@action("briefing.ask", subject=Gathering)
def ask(
    gathering: Gathering,
    *,
    actor: Actor,
    words: str,
    name: str = "",
    way: str = Way.STANDING,
    key: UUID | None = None,
) -> Matter:
    """Somebody stands up and says it, or hands in a slip, and it is taken down at once: it is a matter from now on."""
    written = words if way != Way.STANDING else ""
    turn = gatherings.queue_speaker(gathering, actor=actor, name=name, way=way, words=written)
    return _take_down(turn, actor, words, name)


@action("briefing.take_down", subject=Turn)
def take_down(turn: Turn, *, actor: Actor, words: str = "", key: UUID | None = None) -> Matter:
    """Who waited has spoken, or what they wrote was read: a matter. Written words are taken as they were written."""
    waiting = meetings.opened([turn])[0]
    return _take_down(turn, actor, waiting.words or words, waiting.name)


def _take_down(turn: Turn, actor: Actor, words: str, name: str) -> Matter:
    gatherings.take_turn(turn, actor=actor)
    source = _SOURCES[Way(turn.way)]
    said = matters.Said(words=words, name=name, source=source, kind=QUESTION)
    own = source == Source.HALL  # they wrote it themselves and hold the receipt that goes with their token
    asker = Actor("nobody") if own else actor
    matter = matters.raise_matter(turn.gathering.area, actor=asker, said=said, key=turn.token if own else None)
    Question.objects.create(matter=matter, gathering_id=turn.gathering_id, turn=turn)
    return matter


@action("briefing.answer_question", subject=Matter)
def answer_question(
    matter: Matter,
    *,
    actor: Actor,
    title: str,
    category: str,
    public: bool,
    speaker_id: int,
    text: str,
    article: Article | None = None,
    content: bool | None = None,
    key: UUID | None = None,
) -> Matter:
    """Answered on the spot (当场答复), with the article of the village's rules where one fits.

    ``content``: what the asker said to it before everybody; None: nothing yet, they are asked later.
    """
    question = _question(matter)
    cited = text.strip()
    if article is not None:
        cited += _CITED % {"number": article.number, "text": article.text.rstrip("。")}  # zh: a full stop
        question.article = article
        question.save(update_fields=["article"])
    matter = matters.triage_matter(matter, actor=actor, title=title, category=category, public=public)
    matter = matters.answer_aloud(matter, actor=actor, speaker_id=speaker_id, text=cited, outcome=Outcome.EXPLAINED)
    if content is not None:
        matter = matters.note_word(matter, actor=actor, settled=content, how=How.ALOUD)
    return matter


_CITED = "（村规民约第 %(number)d 条：%(text)s）"  # zh: stored text


@action("briefing.make_task", subject=Matter)
def make_task(
    matter: Matter,
    *,
    actor: Actor,
    title: str,
    category: str,
    public: bool,
    account_id: int | None = None,
    department: str = "",
    key: UUID | None = None,
) -> Matter:
    """It cannot be answered here and now: somebody has it, with its due date (交办)."""
    _question(matter)
    matter = matters.triage_matter(matter, actor=actor, title=title, category=category, public=public)
    if account_id is not None or department:
        matter = matters.assign_matter(matter, actor=actor, account_id=account_id, department=department)
    if matter.state == State.RECEIVED:
        raise Refused("briefing.nobody_named", _("责任分工表里没有人管这一类。请选一个经办的人。"))
    return matter


@action("briefing.split_question", subject=Matter)
def split_question(matter: Matter, *, actor: Actor, titles: list[str], key: UUID | None = None) -> Matter:
    """A question with several parts (拆成几件): each is answered for itself."""
    _question(matter)
    return matters.split_matter(matter, actor=actor, titles=titles)


@action("briefing.close", subject=Gathering)
def close_conference(gathering: Gathering, *, actor: Actor, key: UUID | None = None) -> Gathering:
    """散会: what was written and not read becomes a matter now, what was said has an answer or somebody who has it."""
    for turn in meetings.waiting(gathering).exclude(words=None):  # all of them, however many a page shows
        take_down(turn, actor=actor)
    left = queries.unplaced(gathering)
    if left:
        told = _("还有 %(count)d 个问题没有着落：当场答复，或者交给人办，再散会。")
        raise Refused("briefing.unplaced", told % {"count": len(left)}, matters=[m.pk for m in left])
    ended = gatherings.end_gathering(gathering, actor=actor)
    tell_representatives(ended.area, ended.period, ended.title)
    return ended


def _question(matter: Matter) -> Question:
    found = Question.objects.filter(matter_id__in=[matter.pk, matter.split_from_id or matter.pk]).first()
    if found is None:
        raise Refused("briefing.not_asked_here", _("这件事不是会上提的，请到事项里办。"))
    return found
