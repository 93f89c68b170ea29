"""The sections of a pair's page, in order. Whoever knows more of a pair adds one to the tuple."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.kernels.pairings.models import Pairing

from ..plans import drawing
from ..plans import queries as plans
from . import rules


@dataclass(frozen=True)
class Looked:
    """Who looks at which pair, and when."""

    pairing: Pairing
    actor: Actor
    today: dt.date

    def may(self, action: str, subject: Any = None) -> bool:
        return hooks.may(self.actor, action, self.pairing if subject is None else subject)


@dataclass(frozen=True)
class PairSection:
    """A part of the page: a template, and what it shows (under the name ``told``). ``aside``: in the narrow column."""

    template: str
    read: Callable[[Looked], dict[str, Any]]
    aside: bool = False


def looked(actor: Actor, pairing: Pairing) -> Looked:
    return Looked(pairing, actor, clock.today())


def goals(look: Looked) -> dict[str, Any]:
    writes = look.pairing.open and look.may("mentoring.set_goals")
    return {"pairing": look.pairing, "rows": plans.reached(look.pairing), "writes": writes}


def assignments(look: Looked) -> dict[str, Any]:
    rows = plans.assignments(look.pairing)
    pairing = look.pairing
    with_overlaps = [(row, plans.overlapping(rows, row)) for row in rows]
    return {
        "pairing": pairing,
        "timeline": drawing.timeline(with_overlaps, pairing.starts_on, pairing.ends_on, look.today),
        "writes": pairing.open and look.may("mentoring.plan_assignment"),
        "own": rules.is_cadre(look.actor, pairing),
    }


SECTIONS: tuple[PairSection, ...] = (
    PairSection("mentoring/pairs/_goals.html", goals),
    PairSection("mentoring/pairs/_assignments.html", assignments),
)
