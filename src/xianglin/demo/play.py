"""Playing the story through the real actions, each at its own moment."""

import datetime as dt
import uuid

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
from xianglin.kernels.bulletins import actions as bulletins
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters.models import Matter, State

from . import day, yuhua

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
    with clock.living_at(_at("03-01 09:00")):
        places = _places()
        cast = _people(places)
        village = places[yuhua.VILLAGE]
        for category, who in yuhua.DUTIES:
            matters.set_duty(village, actor=_as(cast["cadre"]), category=category, account_id=cast[who].pk)
    with clock.living_at(_at(yuhua.BRIEFING_BEGINS)):
        switch_programme(places[yuhua.COUNTY], "briefing", actor=STAGE, on=True)
    told = [(_raise(one, places[one.area], cast), one) for one in (*yuhua.OPINIONS, *yuhua.BESIDES)]
    deeds = [(when, verb, text, m) for m, one in told for when, verb, text in one.done]
    for when, verb, text, matter in sorted(deeds, key=lambda deed: _at(deed[0])):
        _do(when, verb, text, matter, cast)
    with clock.living_at(_at(yuhua.REPORT_BEGUN)):
        bulletins.open_bulletin(village, actor=_as(cast["cadre"]), kind="briefing.report", period=f"{YEAR}-05")
    with clock.living_at(dt.datetime.combine(dt.date.fromisoformat(yuhua.STORY_DAY), AFTER_MIDNIGHT, clock.SHANGHAI)):
        chain.publish_heads()


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


def _as(account: Account) -> Actor:
    return Actor("account", str(account.pk), account.display_name, via="demo")


def _raise(one: yuhua.Told, place: Area, cast: dict[str, Account]) -> Matter:
    """Said, and sorted where it was sorted at all."""
    moment = _at(one.day)
    if one.source == "page":
        actor = _as(cast[one.by]) if one.by else Actor("nobody", via="demo")
    else:
        actor = _as(cast["cadre"])
    said = matters.Said(words=one.words, name=one.name, source=one.source, kind="briefing.question")
    with clock.living_at(moment):
        matter = matters.raise_matter(place, actor=actor, said=said, key=uuid.uuid4())
    if one.category:
        with clock.living_at(_looked_at(moment)):
            matter = matters.triage_matter(
                matter, actor=_as(cast["cadre"]), title=one.title, category=one.category, public=True
            )
    return matter


def _looked_at(said: dt.datetime) -> dt.datetime:
    """When the receiving post came to it: three hours later, or the next morning where that would be at night."""
    later = said + dt.timedelta(hours=3)
    if later.date() == said.date() and later.hour < EVENING:
        return later
    return said.replace(hour=8, minute=10) + dt.timedelta(days=1)


def _do(when: str, verb: str, text: str, matter: Matter, cast: dict[str, Account]) -> None:
    matter.refresh_from_db()
    cadre, clerk = _as(cast["cadre"]), _as(cast["clerk"])
    with clock.living_at(_at(when)):
        if verb == "answer":
            assert matter.handler is not None
            matters.answer_matter(matter, actor=_as(matter.handler), text=text)
        elif verb == "assign":
            matters.assign_matter(matter, actor=cadre, department=text)
        elif verb == "quarantine":
            matters.quarantine_matter(matter, actor=cadre)
        else:
            # Its author has no account: a town clerk telephoned and noted what was said.
            assert matter.state == State.ANSWERED
            matters.note_word(matter, actor=clerk, settled=verb == "settled", text=text)
