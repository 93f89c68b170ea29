"""The sections of a pair's page, in order. Whoever knows more of a pair adds one to the tuple."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.kernels.pairings.models import Pairing

from ..agreements import terms
from ..asking.sections import asking
from ..graduation import queries as graduation
from ..graduation.models import Handover
from ..outcomes import queries as outcomes
from ..plans import drawing
from ..plans import queries as plans
from ..records.sections import records
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


def agreement(look: Looked) -> dict[str, Any]:
    said, others = terms.read(look.pairing.terms)
    unsigned = look.pairing.state == Pairing.State.AGREED
    draws = unsigned and look.may("mentoring.draw_agreement")
    signs = unsigned and bool(look.pairing.terms) and look.may("pairings.sign")
    return {"pairing": look.pairing, "parts": said.parts, "others": others, "draws": draws, "signs": signs}


def review(look: Looked) -> dict[str, Any]:
    pairing = look.pairing
    rows = graduation.reviews(pairing)
    waiting = rows[0] if rows and rows[0].open and pairing.open else None
    active = pairing.state == Pairing.State.ACTIVE
    return {
        "pairing": pairing,
        "reviews": rows,
        "rows": plans.reached(pairing, rows[0].decided_on) if rows else [],
        "writes": waiting is not None and rules.is_cadre(look.actor, pairing),
        "judges": waiting is not None and rules.is_mentor(look.actor, pairing),
        "decides": waiting is not None and look.may("mentoring.decide_review", waiting),
        "opens": active and waiting is None and look.may("mentoring.open_review"),
        **_handing(look),
    }


def _handing(look: Looked) -> dict[str, Any]:
    """What it goes on from, what goes on from it, or who is asked to."""
    pairing = look.pairing
    rows = Handover.objects.select_related("following__offer__holder", "offer__holder", "proposal")
    begun = rows.filter(pairing=pairing).first()
    later = begun.following if begun is not None else None
    earlier = Pairing.objects.select_related("offer__holder", "need").filter(pk=pairing.follows_id or 0).first()
    unfinished = pairing.open or (begun is not None and later is None)
    return {
        "earlier": earlier,
        "later": later,
        "see_earlier": earlier is not None and look.may("pairings.see", earlier),
        "see_later": later is not None and look.may("pairings.see", later),
        "asked": begun if later is None else None,
        "hands_over": unfinished and look.may("mentoring.hand_over"),
    }


def outcomes_of_pair(look: Looked) -> dict[str, Any]:
    pairing = look.pairing
    return {
        "pairing": pairing,
        "outcomes": outcomes.of_pair(pairing),
        "runs": look.may("pairings.sign"),
        "notes": pairing.state in (Pairing.State.ACTIVE, Pairing.State.ENDED) and look.may("pairings.note_outcome"),
    }


SECTIONS: tuple[PairSection, ...] = (
    PairSection("mentoring/pairs/_goals.html", goals),
    PairSection("mentoring/pairs/_assignments.html", assignments),
    PairSection("mentoring/records/_section.html", records),
    PairSection("mentoring/asking/_section.html", asking),
    PairSection("mentoring/pairs/_agreement.html", agreement, aside=True),
    PairSection("mentoring/pairs/_review.html", review, aside=True),
    PairSection("mentoring/pairs/_outcomes.html", outcomes_of_pair, aside=True),
)
