"""Playing the story through the real actions, each at its own moment."""

import datetime as dt
import uuid

from xianglin.base import clock
from xianglin.base.actor import Actor, system
from xianglin.commons.access import actions as access
from xianglin.commons.access.doors import put_door
from xianglin.commons.access.models import Account
from xianglin.commons.areas.actions import import_list, switch_programme
from xianglin.commons.areas.lists import AreaRow
from xianglin.commons.areas.models import Area
from xianglin.commons.trail import chain
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters.models import Matter, State

from . import day, yuhua

STAGE = system("demo", via="demo")
YEAR = 2022
AFTER_MIDNIGHT = dt.time(0, 5)  # when the schedule does it


def play_once(today: str | None = None) -> None:
    """Play the story unless it was played; then live on its day."""
    if not Area.objects.filter(code=yuhua.VILLAGE).exists():
        _play()
    day.live_on(dt.date.fromisoformat(today or yuhua.STORY_DAY))


def _at(text: str) -> dt.datetime:
    return dt.datetime.strptime(f"{YEAR}-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=clock.SHANGHAI)


def _play() -> None:
    with clock.living_at(_at("03-01 09:00")):
        places = _places()
        cast = _people(places)
        village = places[yuhua.VILLAGE]
        for category, who in yuhua.DUTIES:
            matters.set_duty(village, actor=_as(cast["cadre"]), category=category, account_id=cast[who].pk)
    told = [(_raise(one, village, cast), one) for one in yuhua.OPINIONS]
    deeds = [(when, verb, text, m) for m, one in told for when, verb, text in one.done]
    for when, verb, text, matter in sorted(deeds, key=lambda deed: _at(deed[0])):
        _do(when, verb, text, matter, cast)
    with clock.living_at(dt.datetime.combine(dt.date.fromisoformat(yuhua.STORY_DAY), AFTER_MIDNIGHT, clock.SHANGHAI)):
        chain.publish_heads()


def _places() -> dict[str, Area]:
    rows = [AreaRow(code, name, parent) for code, name, parent in yuhua.AREAS]
    import_list(None, rows, actor=STAGE, source="demo")
    places = {a.code: a for a in Area.objects.all()}
    switch_programme(places[yuhua.COUNTY], "briefing", actor=STAGE, on=True)
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


def _raise(one: yuhua.Told, village: Area, cast: dict[str, Account]) -> Matter:
    """Said, and sorted the next morning where it was sorted at all."""
    moment = _at(one.day)
    own = one.source == "page"
    actor = Actor("nobody", via="demo") if own else _as(cast["cadre"])
    said = matters.Said(words=one.words, name=one.name, source=one.source, kind="briefing.question")
    with clock.living_at(moment):
        matter = matters.raise_matter(village, actor=actor, said=said, key=uuid.uuid4())
    if one.category:
        with clock.living_at(moment + dt.timedelta(hours=3)):
            matter = matters.triage_matter(
                matter, actor=_as(cast["cadre"]), title=one.title, category=one.category, public=True
            )
    return matter


def _do(when: str, verb: str, text: str, matter: Matter, cast: dict[str, Account]) -> None:
    matter.refresh_from_db()
    with clock.living_at(_at(when)):
        if verb == "answer":
            assert matter.handler is not None
            matters.answer_matter(matter, actor=_as(matter.handler), text=text)
        else:
            # Its author has no account: a town clerk telephoned and noted what was said.
            assert matter.state == State.ANSWERED
            matters.note_word(matter, actor=_as(cast["clerk"]), settled=verb == "settled", text=text)
