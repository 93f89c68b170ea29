"""The conferences of the story: text, meeting, questions, what became of each, and what was carried to the doors."""

import datetime as dt
import uuid
from collections.abc import Iterator
from functools import partial

from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import Area
from xianglin.kernels.bulletins import actions as bulletins
from xianglin.kernels.bulletins import drafts, tables
from xianglin.kernels.bulletins.models import Bulletin
from xianglin.kernels.gatherings import actions as gatherings
from xianglin.kernels.gatherings import queries as meetings
from xianglin.kernels.gatherings.models import Gathering, Way
from xianglin.kernels.matters.models import Matter
from xianglin.programmes.briefing import actions, queries
from xianglin.programmes.briefing.kinds import CONFERENCE, REPORT

from . import relaying, yuhua
from . import yuhua_meeting as story
from .deeds import Scene, as_, do


def scenes(places: dict[str, Area], cast: dict[str, Account]) -> Iterator[Scene]:
    here, beside = places[yuhua.VILLAGE], places[yuhua.BESIDE]
    yield "05-01 10:00", partial(_party_day, here, cast["cadre"])
    yield "05-01 10:10", partial(_party_day, beside, cast["beside"])
    rules = partial(actions.set_articles, here, actor=as_(cast["cadre"]), pasted=story.RULES)
    yield "05-01 10:20", rules
    for report in (story.MAY_REPORT, story.JUNE_REPORT):
        yield from Writing(here, report, cast["cadre"], cast["supervisor"]).scenes()
    for meeting in (story.MAY_MEETING, story.JUNE_MEETING):
        yield from Holding(here, meeting, cast).scenes()
    changed = Writing(beside, story.BESIDE_REPORT, cast["beside"], cast["beside_supervisor"])
    yield from changed.scenes()
    when, text, reason = story.BESIDE_CORRECTED
    yield when, partial(changed.correct, {"gap:money": text}, reason)
    yield from relaying.scenes(places, cast)


def _party_day(area: Area, cadre: Account) -> None:
    day, at, venue = story.PARTY_DAY
    actions.set_party_day(area, actor=as_(cadre), day=day, at=dt.time.fromisoformat(at), venue=venue)


class Writing:
    """A month's text, from begun to published."""

    def __init__(self, area: Area, report: story.Report, cadre: Account, supervisor: Account) -> None:
        self.area, self.report = area, report
        self.cadre, self.supervisor = as_(cadre), as_(supervisor)
        self.bulletin = Bulletin()

    def scenes(self) -> Iterator[Scene]:
        yield self.report.begun, self._open
        yield self.report.handed_in, self._hand_in
        yield self.report.reviewed, self._review
        yield self.report.published, self._publish

    def _open(self) -> None:
        actions.plan_conference(self.area, actor=self.cadre, period=self.report.period)
        self.bulletin = bulletins.open_bulletin(self.area, actor=self.cadre, kind=REPORT, period=self.report.period)

    def _hand_in(self) -> None:
        drafts.draft_again(self.bulletin)
        for origin, text in (("gap:decisions", self.report.decisions), ("gap:money", self.report.money)):
            block = self.bulletin.blocks.get(origin=origin)
            drafts.write_block(block, text, edition=block.edition, names=drafts.names_for(self.bulletin))
        if self.report.accounts:
            block = self.bulletin.blocks.get(origin="table:money")
            told = tables.read(block.drafted, self.report.accounts, self.report.accounts_from)
            drafts.write_table(block, told, edition=block.edition, names=drafts.names_for(self.bulletin))
        bulletins.hand_in(self.bulletin, actor=self.cadre)

    def _review(self) -> None:
        bulletins.review_bulletin(self.bulletin, actor=self.supervisor, agreed=True)

    def _publish(self) -> None:
        bulletins.publish_bulletin(self.bulletin, actor=self.cadre)

    def correct(self, texts: dict[str, str], reason: str) -> None:
        bulletins.correct_bulletin(self.bulletin, actor=self.cadre, texts=texts, reason=reason)


class Holding:
    """A conference: who came, what was asked and how it was placed; then what was done about the tasks."""

    def __init__(self, area: Area, meeting: story.Meeting, cast: dict[str, Account]) -> None:
        self.area, self.meeting, self.cast = area, meeting, cast
        self.gathering = Gathering()
        self.asked: dict[str, Matter] = {}

    @property
    def recorder(self) -> Actor:
        return as_(self.cast["cadre"])

    def scenes(self) -> Iterator[Scene]:
        yield self.meeting.begins, self._begin
        day, begins = self.meeting.begins.split()
        minute = dt.datetime.strptime(begins, "%H:%M").replace(tzinfo=dt.UTC)
        for nth, one in enumerate(self.meeting.asked, 1):
            at = minute + dt.timedelta(minutes=20 + 4 * nth)
            yield f"{day} {at:%H:%M}", partial(self._ask, one)
            for when, verb, text in one.done:
                yield when, partial(self._follow, one, verb, text)
        yield self.meeting.ends, self._end

    def _begin(self) -> None:
        found = meetings.of_period(self.area, CONFERENCE, self.meeting.period)
        assert found is not None
        self.gathering = gatherings.start_gathering(found, actor=self.recorder)
        counts = {capacity: (due, present) for capacity, due, present in self.meeting.present}
        gatherings.count_present(self.gathering, actor=self.recorder, counts=counts)

    def _ask(self, one: story.Asked) -> None:
        if one.way == Way.SCREEN:
            gatherings.hand_in(self.gathering, token=uuid.uuid4(), words=one.words, name=one.name)
            return
        matter = actions.ask(self.gathering, actor=self.recorder, words=one.words, name=one.name, way=one.way)
        self.asked[one.title] = matter
        if one.parts:
            actions.split_question(matter, actor=self.recorder, titles=[title for title, _text in one.parts])
            texts = dict(one.parts)
            for part in queries.asked_at(self.gathering):
                if part.title in texts:
                    self._answer(part, one, part.title, texts[part.title])
        elif one.speaker:
            self._answer(matter, one, one.title, one.text)
        else:
            actions.make_task(
                matter,
                actor=self.recorder,
                title=one.title,
                category=one.category,
                public=True,
                account_id=self.cast[one.task].pk,
            )

    def _answer(self, matter: Matter, one: story.Asked, title: str, text: str) -> None:
        cited = next((a for a in queries.articles(self.area) if a.number == one.article), None)
        actions.answer_question(
            matter,
            actor=self.recorder,
            title=title,
            category=one.category,
            public=True,
            speaker_id=self.cast[one.speaker].pk,
            text=text,
            article=cited,
            content=one.content,
        )

    def _follow(self, one: story.Asked, verb: str, text: str) -> None:
        do(self.asked[one.title], verb, text, self.cast)

    def _end(self) -> None:
        actions.close_conference(self.gathering, actor=self.recorder)
