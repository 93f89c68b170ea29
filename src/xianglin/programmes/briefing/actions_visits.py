"""Changes that belong to visits (走访): a household heard at its door, or a round in which nobody had a word."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.files.models import Upload
from xianglin.commons.keys.sealing import open_all, seal
from xianglin.commons.people.models import Household
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters.models import Matter, Source

from . import rules
from .kinds import QUESTION
from .models import Visit


@dataclass(frozen=True)
class Heard:
    """What came of a visit. Nothing at all is an answer too: the household was asked."""

    words: str = ""
    uploads: tuple[Upload, ...] = ()  # a recording, pictures
    name: str = ""  # who said it, where that was not the householder
    phone: str = ""  # theirs, where they want to be told of the answer
    note: str = ""  # for the village's own eyes: no matter comes of it


@action("briefing.note_visit", subject=Household)
def note_visit(household: Household, *, actor: Actor, key: UUID, heard: Heard, at: dt.datetime | None = None) -> Visit:
    """记一笔 at a door: one visit, and of what was said there one matter."""
    known = Visit.objects.filter(key=key).first()
    if known is not None:  # sent again after the trail had forgotten its keys
        rules.require_same_visit(known, household.pk, actor)
        return known
    when = rules.require_visit_day(at)
    matter = _raise(household, actor, heard, when) if heard.words.strip() or heard.uploads else None
    visit = _visit(household, actor, key, when)
    visit.matter = matter
    visit.note = seal(heard.note.strip(), household.person.key) if heard.note.strip() else None
    visit.first = not Visit.objects.filter(household=household, month=visit.month, first=True).exists()
    visit.save(force_insert=True)
    return visit


@action("briefing.note_round")
def note_round(
    area: Area, *, actor: Actor, households: Sequence[int], at: dt.datetime | None = None, key: UUID
) -> Area:
    """Households that were all visited and had nothing to say, ticked off in one go: a visit each."""
    when = rules.require_visit_day(at)
    rows = list(Household.objects.select_for_update().filter(pk__in=households, area=area, to_on=None).order_by("pk"))
    if not rows or len(rows) != len(set(households)):
        raise Refused("briefing.no_doors", _("还没有勾哪几户，或者有一户已经不在户册里了。请刷新页面再勾。"))
    month = f"{when.astimezone(clock.SHANGHAI):%Y-%m}"
    heard = set(
        Visit.objects.filter(household__in=rows, month=month, first=True).values_list("household_id", flat=True)
    )
    keys = {household.pk: uuid5(key, str(household.pk)) for household in rows}
    known = set(Visit.objects.filter(key__in=keys.values()).values_list("household_id", flat=True))
    for household in (row for row in rows if row.pk not in known):
        visit = _visit(household, actor, keys[household.pk], when)
        visit.first = household.pk not in heard
        with changing(visit):
            visit.save(force_insert=True)
    return area


def _visit(household: Household, actor: Actor, key: UUID, when: dt.datetime) -> Visit:
    day = when.astimezone(clock.SHANGHAI).date()
    assert actor.account_id is not None  # the access table gives it to village cadres alone
    visit = Visit(
        household=household, by_id=actor.account_id, key=key, visited_at=when, visited_on=day, month=f"{day:%Y-%m}"
    )
    visit.place_in(household.area)
    return visit


def _raise(household: Household, actor: Actor, heard: Heard, when: dt.datetime) -> Matter:
    said = matters.Said(
        words=heard.words,
        name=heard.name.strip() or open_all([household.name])[0] or "",
        phone=heard.phone,
        source=Source.VISIT,
        kind=QUESTION,
        uploads=heard.uploads,
        said_at=when,
    )
    return matters.raise_matter(household.area, actor=actor, said=said)
