"""Reads: a county's abilities, and which of them somebody means."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from xianglin.base import clock
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import SixLevels
from xianglin.engine.text import squash

from .models import Ability


def catalogue(place: SixLevels, on: dt.date | None = None) -> QuerySet[Ability]:
    """The abilities that count on a day in a place's county, in the county's own order."""
    day = on or clock.today()
    rows = Ability.objects.filter(Q(to_on=None) | Q(to_on__gt=day), county_id=place.county_id, from_on__lte=day)
    return rows.order_by("order", "pk")


def ended(place: SixLevels) -> QuerySet[Ability]:
    return Ability.objects.filter(county_id=place.county_id, to_on__lte=clock.today()).order_by("order", "pk")


def by_word(place: SixLevels) -> dict[str, Ability]:
    """Every word by which a sheet may call one of them; a name outranks another's other words."""
    rows = list(catalogue(place))
    others = {squash(word): row for row in rows for word in row.also.split()}
    return others | {squash(row.name): row for row in rows}


def named(words: Iterable[str], known: Mapping[str, Ability]) -> list[Ability]:
    """The abilities that these words mean, each once; refused with the list where one is in none of them."""
    found: dict[int, Ability] = {}
    for word in words:
        ability = known.get(squash(word)) or known.get(squash(word.removesuffix("能力")))  # zh: what sheets add
        if ability is None:
            raise unknown(word, known)
        found[ability.pk] = ability
    return list(found.values())


def unknown(word: str, known: Mapping[str, Ability]) -> Refused:
    names = pgettext("list", "、").join(dict.fromkeys(row.name for row in known.values()))
    told = _("“%(word)s”不在能力清单里。请改成其中一项：%(names)s；或者请县里先加进清单。")
    return Refused("mentoring.unknown_ability", told % {"word": word, "names": names}, word=word)
