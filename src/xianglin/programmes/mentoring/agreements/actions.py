"""Changes: a county's standard lines, and a pair's agreement drawn up from them."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area
from xianglin.kernels.pairings import actions as pairings
from xianglin.kernels.pairings.models import Pairing

from ..abilities.rules import require_county
from ..pairs.rules import require_open
from ..pairs.telling import tell
from .models import StandardTerms
from .terms import Terms, require_terms


@action("mentoring.set_standard_terms")
def set_standard_terms(
    county: Area, *, actor: Actor, terms: Terms, source: str, key: UUID | None = None
) -> StandardTerms:
    """What the county's agreements begin with from now on. Those that stand already stay as they are."""
    require_county(county)
    assert actor.account_id is not None  # who sets them has an account
    if not source.strip():
        raise Refused("mentoring.no_source", _("请写这些条款出自哪份文件，比如“县委组织部〔2026〕5号”。"))
    kept = require_terms(terms)
    row = StandardTerms(mentor=list(kept.mentor), cadre=list(kept.cadre), neither=list(kept.neither))
    row.source, row.by_id, row.at = source.strip()[:120], actor.account_id, clock.now()
    row.place_in(county)
    row.save(force_insert=True)
    return row


@action("mentoring.draw_agreement", subject=Pairing)
def draw_agreement(pairing: Pairing, *, actor: Actor, terms: Terms, key: UUID | None = None) -> Pairing:
    """Its terms, line by line, until it is signed (拟协议); both are told to read them."""
    require_open(pairing)
    pairings.set_terms(pairing, actor=actor, lines=require_terms(terms).flat)
    pairing.refresh_from_db(fields=["terms"])
    tell(pairing, "mentoring.agreement_drawn", actor=actor, mark=clock.now().isoformat())
    return pairing
