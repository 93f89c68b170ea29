"""Changes: a reading is added, an aim is set."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused

from ..abilities.models import Ability
from ..abilities.queries import catalogue
from ..registers.models import YoungCadre
from ..registers.rules import require_active
from . import rules
from .models import Reading, Standing


@action("mentoring.note_levels", subject=YoungCadre)
def note_levels(
    cadre: YoungCadre,
    *,
    actor: Actor,
    view: str,
    levels: Sequence[rules.Level],
    on: dt.date | None = None,
    key: UUID | None = None,
) -> YoungCadre:
    """How far a cadre is on a day, in somebody's eyes (记一次水平). What was noted before stays."""
    require_active(cadre)
    rules.require_view(actor, cadre, view)
    rules.require_day(on or clock.today())
    if not levels:
        raise Refused("mentoring.no_levels", _("一项都还没评。选上一项的水平，再存。"))
    for one in levels:
        _note(cadre, _ability(cadre, one.ability_id), one, view=view, on=on or clock.today(), by=actor.account_id)
    return cadre


def _note(cadre: YoungCadre, ability: Ability, said: rules.Level, *, view: str, on: dt.date, by: int | None) -> None:
    row = Reading(cadre=cadre, ability=ability, level=rules.require_level(said.level), view=view, on=on, by_id=by)
    row.remark, row.evidence, row.at = said.remark.strip()[:300], said.evidence.strip()[:200], clock.now()
    with changing(row):
        row.save()
    counts = rules.current_of(Reading.objects.filter(cadre=cadre, ability=ability).order_by("on", "pk"))
    assert counts is not None
    standing = _standing(cadre, ability)
    with changing(standing):
        standing.current, standing.current_on, standing.current_by = counts.level, counts.on, counts.view
        standing.save()


@action("mentoring.set_wanted", subject=YoungCadre)
def set_wanted(
    cadre: YoungCadre, *, actor: Actor, wanted: Sequence[rules.Wanted], key: UUID | None = None
) -> YoungCadre:
    """Where a cadre wants to be (想到几级), ability by ability; those not named stay as they are."""
    require_active(cadre)
    for one in wanted:
        standing = _standing(cadre, _ability(cadre, one.ability_id))
        if one.level is not None and one.level != standing.wanted:  # one that was reached meanwhile may stay
            rules.require_upwards(standing.ability.name, standing.current, rules.require_level(one.level))
        with changing(standing):
            standing.wanted, standing.wish = one.level, one.wish.strip()[:120]
            if standing.pk is not None or standing.wanted is not None:
                standing.save()
    return cadre


def _ability(cadre: YoungCadre, ability_id: int) -> Ability:
    ability = catalogue(cadre).filter(pk=ability_id).first()
    if ability is None:
        raise Refused("mentoring.ability_gone", _("这项能力不在清单里了。请看一眼新的清单，再填一次。"))
    return ability


def _standing(cadre: YoungCadre, ability: Ability) -> Standing:
    known = Standing.objects.select_for_update().filter(cadre=cadre, ability=ability).first()
    return known or Standing(cadre=cadre, ability=ability)
