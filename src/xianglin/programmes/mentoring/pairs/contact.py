"""When the two of a pair last had to do with each other: what silence is counted from.

Whoever keeps something that counts as contact adds a callable to ``SOURCES`` (in a module that ``errands`` reaches, so
that it is there once the programme is declared) and calls ``moved`` when it changed.
"""

import datetime as dt
from collections.abc import Callable

from django.db.models import Max

from xianglin.kernels.pairings import actions as pairings
from xianglin.kernels.pairings.models import Milestone, Pairing

Source = Callable[[Pairing], dt.date | None]
SOURCES: list[Source] = []


def counts(source: Source) -> Source:
    """Register a room's latest day; a decorator, so that it stands beside what it reads."""
    SOURCES.append(source)
    return source


@counts
def _steps_reached(pairing: Pairing) -> dt.date | None:
    """An assignment was done (做到了), as the kernel itself counts it."""
    day: dt.date | None = pairing.milestones.filter(state=Milestone.State.REACHED).aggregate(on=Max("ended_on"))["on"]
    return day


def moved(pairing: Pairing) -> None:
    """Something was written, put on another day or taken back. Within a programme's own action, once it is saved: of
    two who take back at once, whoever comes second reads what the first one did."""
    Pairing.objects.select_for_update().get(pk=pairing.pk)
    days = [day for source in SOURCES if (day := source(pairing)) is not None]
    pairings.last_contact_was(pairing, max(days, default=None))
