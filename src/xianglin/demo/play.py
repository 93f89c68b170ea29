"""Playing the story through the real actions, each at its own moment."""

import datetime as dt
import uuid
from collections.abc import Iterator
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.actor import Actor, system
from xianglin.base.refused import Refused
from xianglin.commons.access import actions as access
from xianglin.commons.access.doors import put_door
from xianglin.commons.access.models import Account
from xianglin.commons.areas.actions import import_list, switch_programme
from xianglin.commons.areas.lists import AreaRow
from xianglin.commons.areas.models import Area
from xianglin.commons.trail import chain
from xianglin.commons.trail.models import Entry
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters.models import Matter

from . import beside, conferences, day, hefu, yuhua
from .deeds import Scene, as_, do
from .yuhua_doors import Doors, bring_in

STAGE = system("demo", via="demo")
YEAR = 2022
EVENING = 20  # o'clock
AFTER_MIDNIGHT = dt.time(0, 5)  # when the schedule does it


def play_once(today: dt.date | None = None) -> None:
    """Play the story unless it was played, whole or not at all; then live on its day, or on ``today``.

    A second call leaves the day alone, so that a restart never turns the clock back.
    """
    if today is not None:
        _require_not_past(today)
    with transaction.atomic():
        if not Area.objects.filter(code=yuhua.VILLAGE).exists():
            _play()
    if today is not None or not day.is_set():
        day.live_on(today or _first_day())


def _require_not_past(today: dt.date) -> None:
    first = _first_day()
    if today < first:
        told = _("故事已经到了 %(first)s，不能回到 %(today)s。要从头看，请换一个空的数据文件夹。")
        raise Refused("demo.past", told % {"first": first, "today": today})


def _first_day() -> dt.date:
    """The first day on which it would be later now than all that was done."""
    newest: dt.datetime | None = Entry.objects.aggregate(at=Max("at"))["at"]
    first = dt.date.fromisoformat(yuhua.STORY_DAY)
    if newest is not None:
        first = max(first, newest.astimezone(clock.SHANGHAI).date())
        first += dt.timedelta(days=day.now_on(first) < newest)
    return first


def _at(text: str) -> dt.datetime:
    return dt.datetime.strptime(f"{YEAR}-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=clock.SHANGHAI)


def _play() -> None:
    hefu.begin()
    with clock.living_at(_at("03-01 09:00")):
        places = _places()
        cast = _people(places)
        village = places[yuhua.VILLAGE]
        for category, who in yuhua.DUTIES:
            matters.set_duty(village, actor=as_(cast["cadre"]), category=category, account_id=cast[who].pk)
        bring_in(village, cast["cadre"])
    with clock.living_at(_at(yuhua.BRIEFING_BEGINS)):
        switch_programme(places[yuhua.COUNTY], "briefing", actor=STAGE, on=True)
    doors = Doors(village, cast)
    told = [*_said(places, cast, doors), *doors.scenes()]
    scenes = [*told, *conferences.scenes(places, cast), *beside.scenes(places, cast)]
    for when, scene in sorted(scenes, key=lambda one: _at(one[0])):
        with clock.living_at(_at(when)):
            scene()
    hefu.tell_the_year()
    with clock.living_at(dt.datetime.combine(dt.date.fromisoformat(yuhua.STORY_DAY), AFTER_MIDNIGHT, clock.SHANGHAI)):
        chain.publish_heads()


def _said(places: dict[str, Area], cast: dict[str, Account], doors: Doors) -> Iterator[Scene]:
    """Every opinion with what was done about it, each at its own moment."""
    gathered = [_gathered(*row) for row in yuhua.GATHERED]
    for one in (*yuhua.OPINIONS, *gathered, *yuhua.SINCE, *yuhua.BESIDES):
        yield from Line(one, places[one.area], cast, doors).scenes()


def _gathered(
    day: str, source: str, name: str, words: str, title: str, category: str, answer: str, answered: str, settled: str
) -> yuhua.Told:
    done = ((f"{answered} 16:20", "answer", answer), (f"{settled} 18:10", "settled", ""))
    return yuhua.Told(day, source, words, title, category, name, done)


def _places() -> dict[str, Area]:
    rows = [AreaRow(code, name, parent) for code, name, parent in yuhua.AREAS]
    import_list(None, rows, actor=STAGE, source="demo")
    places = {a.code: a for a in Area.objects.all()}
    for key, name in yuhua.DEPARTMENTS:
        access.add_department(places[yuhua.COUNTY], actor=STAGE, slug=key, name=name)
    return places


def _people(places: dict[str, Area]) -> dict[str, Account]:
    cast = {}
    for order, one in enumerate(yuhua.PEOPLE, 1):
        home = places[one.area]
        if one.phone:
            account = access.open_phone_account(home, actor=STAGE, phone=one.phone, display_name=one.name)
        else:
            account = access.open_account(home, actor=STAGE, username=one.key, display_name=one.name)
        if one.role:
            access.grant(home, actor=STAGE, account=account, role=one.role, scope=one.scope)
        put_door(one.key, label=one.label, blurb=one.blurb, order=order, account=account)
        cast[one.key] = account
    return cast


class Line:
    """One opinion's way through the story: said, sorted where it was sorted at all, and what followed."""

    def __init__(self, told: yuhua.Told, place: Area, cast: dict[str, Account], doors: Doors) -> None:
        self.told, self.place, self.cast, self.doors = told, place, cast, doors
        self.matter = Matter()

    def scenes(self) -> Iterator[Scene]:
        yield self.told.day, self._raise
        if self.told.category or self.told.title:
            yield f"{_looked_at(_at(self.told.day)):%m-%d %H:%M}", self._sort
        for when, verb, text in self.told.done:
            yield when, partial(self._do, verb, text)

    def _raise(self) -> None:
        one = self.told
        door = self.doors.of(one.name) if one.source == "visit" else None
        if door is not None:
            self.matter = self.doors.heard(door, one)
            return
        own = one.source == "page"
        actor = as_(self.cast[one.by]) if own and one.by else Actor("nobody", via="demo") if own else self._cadre
        said = matters.Said(words=one.words, name=one.name, source=one.source, kind="briefing.question")
        self.matter = matters.raise_matter(self.place, actor=actor, said=said, key=uuid.uuid4())

    def _sort(self) -> None:
        title, category = self.told.title, self.told.category
        self.matter = matters.triage_matter(self.matter, actor=self._cadre, title=title, category=category, public=True)

    def _do(self, verb: str, text: str) -> None:
        do(self.matter, verb, text, self.cast)

    @property
    def _cadre(self) -> Actor:
        return as_(self.cast["cadre"])


def _looked_at(said: dt.datetime) -> dt.datetime:
    """When the receiving post came to it: three hours later, or the next morning where that would be at night."""
    later = said + dt.timedelta(hours=3)
    if later.date() == said.date() and later.hour < EVENING:
        return later
    return said.replace(hour=8, minute=10) + dt.timedelta(days=1)
