"""Reads: a pair's goals with where they stand now, and its assignments."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.kernels.pairings.models import Milestone, Pairing

from ..levels.models import Reading, View
from ..levels.queries import arrow
from ..pairs.queries import cadre_of
from .models import Assignment, Goal, Serves


def goals(pairing: Pairing) -> list[Goal]:
    rows = Goal.objects.filter(pairing=pairing, dropped_on=None).select_related("ability")
    return list(rows.order_by("ability__order", "ability_id"))


@dataclass(frozen=True)
class Reached:
    """A goal with the latest that mentor or organisation read since it was set."""

    goal: Goal
    latest: Reading | None

    @property
    def now(self) -> int | None:
        return self.latest.level if self.latest is not None else self.goal.baseline

    @property
    def gained(self) -> int:
        """Levels between where it began and now; below nought where it went down."""
        return (self.now or 0) - self.goal.baseline if self.goal.baseline is not None else 0

    @property
    def met(self) -> bool:
        return self.now is not None and self.now >= self.goal.wanted

    @property
    def sentence(self) -> str:
        return arrow(self.goal.ability.name, self.goal.baseline, self.goal.wanted)

    @property
    def short(self) -> str:
        """What is still lacking, in words."""
        told = {"name": self.goal.ability.name, "now": self.now, "wanted": self.goal.wanted}
        if self.now is None:
            return _("%(name)s还没评过") % told
        return _("%(name)s现在 %(now)d 级，要到 %(wanted)d 级") % told


def reached(pairing: Pairing, until: dt.date | None = None) -> list[Reached]:
    """Every goal with where it stands; ``until``: as it stood on that day. Three queries."""
    rows = goals(pairing)
    cadre = cadre_of(pairing)
    latest: dict[int, Reading] = {}
    if cadre is not None and rows:
        seen = Reading.objects.filter(cadre=cadre, ability_id__in=[one.ability_id for one in rows])
        seen = seen.exclude(view=View.SELF).filter(on__gte=min(one.set_on for one in rows))
        for reading in (seen if until is None else seen.filter(on__lte=until)).order_by("on", "pk"):
            latest[reading.ability_id] = reading
    return [Reached(one, _since(one, latest.get(one.ability_id))) for one in rows]


def _since(goal: Goal, latest: Reading | None) -> Reading | None:
    return latest if latest is not None and latest.on >= goal.set_on else None


def assignments(pairing: Pairing) -> list[Assignment]:
    """In the order of their days; two queries."""
    return list(_rows().filter(milestone__pairing=pairing).order_by("milestone__starts_on", "pk"))


def _rows() -> QuerySet[Assignment]:
    serves = Serves.objects.select_related("ability").order_by("ability__order")
    rows = Assignment.objects.select_related(
        "milestone__pairing__area", "milestone__pairing__need", "milestone__pairing__offer", "proposed_by"
    )
    return rows.prefetch_related(Prefetch("serves", serves))


def open_assignments(pairing: Pairing) -> list[Assignment]:
    return [one for one in assignments(pairing) if one.milestone.state == Milestone.State.PLANNED]


def assignment_for(actor: Actor, pk: int) -> Assignment | None:
    found = _rows().filter(pk=pk).first()
    return found if found is not None and hooks.may(actor, "pairings.see", found.pairing) else None


def overlapping(rows: Sequence[Assignment], one: Assignment) -> list[Assignment]:
    """Which of the others share a day with this one, as long as it is not dropped."""
    first, last = _days(one)
    others = [row for row in rows if row.pk != one.pk and row.milestone.state != Milestone.State.DROPPED]
    return [row for row in others if _days(row)[0] <= last and _days(row)[1] >= first]


def _days(one: Assignment) -> tuple[dt.date, dt.date]:
    step = one.milestone
    assert step.starts_on is not None  # an assignment has both
    assert step.due_on is not None
    return step.starts_on, step.due_on
