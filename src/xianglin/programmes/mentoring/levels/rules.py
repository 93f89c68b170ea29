"""Decisions about levels."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused

from ..registers.models import YoungCadre
from ..registers.rules import is_own
from .models import HIGHEST, LOWEST, Reading, View


@dataclass(frozen=True)
class Level:
    """A level in one ability, as somebody reads it."""

    ability_id: int
    level: int
    remark: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Wanted:
    """Where somebody wants to be in one ability; None: nothing in particular."""

    ability_id: int
    level: int | None
    wish: str = ""


def require_level(level: int) -> int:
    if not LOWEST <= level <= HIGHEST:
        raise Refused("mentoring.level", _("水平是 1 到 5 级，没有 %(level)d 级。请改一下。") % {"level": level})
    return level


def require_upwards(name: str, current: int | None, wanted: int | None) -> None:
    if current is not None and wanted is not None and wanted < current:
        told = _("“%(name)s”写的是 %(current)d→%(wanted)d，想到的比现在还低。是不是写反了？")
        raise Refused("mentoring.downwards", told % {"name": name, "current": current, "wanted": wanted})


def require_view(actor: Actor, cadre: YoungCadre, view: str) -> None:
    """Of oneself one's own view, of others not theirs: nobody speaks for the cadre but the cadre, nor for the
    organisation but its officers, who also note what a mentor said."""
    if view not in View.values:
        raise Refused("mentoring.view", _("请选是谁评的。"))
    if is_own(actor, cadre) and view != View.SELF:
        raise Refused("mentoring.own_view", _("给自己评的只能算自评。导师和组织的由他们来评。"))
    if not is_own(actor, cadre) and view == View.SELF:
        raise Refused("mentoring.not_own_view", _("自评要由他本人来评。请选导师评或者组织评。"))
    if view not in views_of(actor, cadre):
        raise Refused("mentoring.not_organisation", _("组织评由组织干事来评。您评的算导师评。"))


def views_of(actor: Actor, cadre: YoungCadre) -> tuple[View, ...]:
    """In whose eyes the actor may note a level of this cadre."""
    if is_own(actor, cadre):
        return (View.SELF,)
    return (View.ORGANISATION, View.MENTOR) if hooks.may(actor, "mentoring.see_cadre", cadre) else (View.MENTOR,)


def require_day(on: dt.date) -> None:
    if on > clock.today():
        raise Refused("mentoring.level_ahead", _("这一天还没到。请写今天或者以前的日子。"))


def current_of(readings: Iterable[Reading]) -> Reading | None:
    """The reading that counts, of one ability's from the oldest on: the latest by others, else one's own."""
    latest: Reading | None = None
    for one in readings:
        if latest is None or latest.view == View.SELF or one.view != View.SELF:
            latest = one
    return latest
