"""Reads: where a cadre stands, how it went, and in whose eyes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from xianglin.base import clock

from ..abilities.models import Ability
from ..abilities.queries import catalogue
from ..registers.models import YoungCadre
from .models import Reading, Standing, View


@dataclass
class InAbility:
    """One ability of one cadre: where they stand, and all that was read of it, oldest first."""

    ability: Ability
    standing: Standing | None = None
    readings: list[Reading] = field(default_factory=list)

    @property
    def current(self) -> int | None:
        return self.standing.current if self.standing else None

    @property
    def wanted(self) -> int | None:
        return self.standing.wanted if self.standing else None

    @property
    def gap(self) -> int:
        return self.standing.gap if self.standing else 0

    @property
    def wish(self) -> str:
        return self.standing.wish if self.standing else ""

    def latest(self, view: str) -> Reading | None:
        return next((one for one in reversed(self.readings) if one.view == view), None)

    @property
    def sentence(self) -> str:
        return arrow(self.ability.name, self.current, self.wanted)


def arrow(name: str, current: int | None, wanted: int | None) -> str:
    """文字综合 2 → 4: what people read of a gap."""
    told = {"name": name, "current": current, "wanted": wanted}
    if current is None:
        return _("%(name)s　想到 %(wanted)d 级，还没评过") % told if wanted is not None else name
    if wanted is None or wanted == current:
        return _("%(name)s　%(current)d") % told
    if wanted < current:
        return _("%(name)s　%(current)d，原想到 %(wanted)d") % told
    return _("%(name)s　%(current)d → %(wanted)d") % told


def gaps_in_words(standings: Sequence[Standing]) -> list[str]:
    return [arrow(one.ability.name, one.current, one.wanted) for one in standings]


def of_cadre(cadre: YoungCadre) -> list[InAbility]:
    """Every ability of the county's list, and whatever was noted of one that ended since; three queries."""
    found = {ability.pk: InAbility(ability) for ability in catalogue(cadre)}
    for standing in cadre.standings.select_related("ability"):
        found.setdefault(standing.ability_id, InAbility(standing.ability)).standing = standing
    for reading in cadre.readings.select_related("by").order_by("on", "pk"):
        found[reading.ability_id].readings.append(reading)
    return sorted(found.values(), key=lambda one: (one.ability.order, one.ability.pk))


def largest_gaps(rows: Sequence[InAbility]) -> list[InAbility]:
    """What they lack most, first: 缺什么补什么."""
    return sorted((one for one in rows if one.gap), key=lambda one: -one.gap)


def days_of(rows: Sequence[InAbility]) -> tuple[dt.date, dt.date] | None:
    """From the first reading to today; None where nothing was read yet."""
    days = [reading.on for one in rows for reading in one.readings]
    return (min(days), max(*days, clock.today())) if days else None


def views() -> list[tuple[str, str]]:
    return [(view.value, str(view.label)) for view in View]
