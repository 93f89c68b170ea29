"""Decisions about the catalogue."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area, Level

from .models import NAME_LENGTH, Ability


def require_county(area: Area) -> None:
    if area.level != Level.COUNTY:
        raise Refused("mentoring.not_a_county", _("能力清单是一个县一份。要改，请找县里的组织干事。"))


def require_name(name: str) -> str:
    """The name as it is kept: without spaces inside, for a sheet's other words are separated by them."""
    kept = "".join(name.split())
    if not kept:
        raise Refused("mentoring.no_ability_name", _("这项能力还没有名字。写几个字就行，比如“矛盾调解”。"))
    if len(kept) > NAME_LENGTH:
        raise Refused("mentoring.ability_name_long", _("名字太长了，请写短一些，再在说明里写清楚。"))
    return kept


def require_standing(ability: Ability) -> None:
    if ability.to_on is not None:
        raise Refused("mentoring.ability_ended", _("“%(name)s”已经停用了。要再用，请重新加一项。") % {"name": ability})


def standing_on(ability: Ability, day: dt.date) -> bool:
    return ability.from_on <= day and (ability.to_on is None or day < ability.to_on)


def name_taken(name: str) -> Refused:
    return Refused(
        "mentoring.ability_twice", _("“%(name)s”清单里已经有了。请换个名字，或者改原来那一项。") % {"name": name}
    )
