"""Changes to a mediation: taken on, each time they met, its end, and whether it held."""

import datetime as dt
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.keys.sealing import new_key, seal

from ..teams.models import Team
from ..teams.queries import in_it_on
from ..teams.rules import require_open
from . import queries, rules
from .models import Mediation, Mediator, OfCase, Party, Session


@action("mentoring.open_mediation", subject=Team)
def open_mediation(team: Team, *, actor: Actor, dispute: rules.Dispute, key: UUID | None = None) -> Mediation:
    """A dispute is taken on (受理调解): who the sides are, and who of the team works on it."""
    require_open(team)
    sides = rules.require_dispute(team, dispute, in_it_on(team, clock.today()))
    assert actor.account_id is not None  # a member of the team
    case = Mediation(team=team, sort=dispute.sort, opened_on=clock.today(), by_id=actor.account_id)
    if dispute.matter_id is not None:
        case.matter = queries.matter_to_link(team, dispute.matter_id)
    case.place_in(dispute.place)
    case.key = new_key(team.county_id or 0)
    case.save(force_insert=True)
    for order, side in enumerate(sides):
        phone = seal(side.phone, case.key) if side.phone else None
        _hang(Party(mediation=case, name=seal(side.name, case.key), phone=phone, order=order))
    for account_id in sorted({*dispute.mediators, actor.account_id}):
        _hang(Mediator(mediation=case, account_id=account_id, from_on=clock.today()))
    return case


def _hang(row: OfCase) -> None:
    with changing(row):
        row.save(force_insert=True)


@action("mentoring.add_mediator", subject=Mediation)
def add_mediator(case: Mediation, *, actor: Actor, account_id: int, key: UUID | None = None) -> Mediation:
    """Another of the team works on it, and reads it from now on."""
    if account_id not in in_it_on(case.team, clock.today()):
        raise Refused("mentoring.case_people", _("一起调解的人要在队里。请重新选。"))
    try:
        with transaction.atomic():
            _hang(Mediator(mediation=case, account_id=account_id, from_on=clock.today()))
    except IntegrityError:
        raise Refused("mentoring.mediator_already", _("他已经在调解这一件了。")) from None
    return case


@action("mentoring.note_session", subject=Mediation)
def note_session(case: Mediation, *, actor: Actor, on: dt.date, said: str, key: UUID | None = None) -> Mediation:
    kept = rules.require_session(case, on, said)
    assert actor.account_id is not None  # one of its mediators
    _hang(Session(mediation=case, on=on, said=seal(kept, case.key), by_id=actor.account_id))
    return case


@action("mentoring.close_mediation", subject=Mediation)
def close_mediation(case: Mediation, *, actor: Actor, end: rules.Outcome, key: UUID | None = None) -> Mediation:
    """调成 with what both agreed to, 没调成, or 转走 and where to."""
    kept = rules.require_outcome(case, end)
    case.outcome, case.closed_on, case.referred_to = kept.outcome, clock.today(), kept.referred_to
    if kept.agreement:
        case.agreement = seal(kept.agreement, case.key)
        case.follow_on = clock.today() + dt.timedelta(days=rules.FOLLOW_DAYS)
    case.save(update_fields=["outcome", "closed_on", "referred_to", "agreement", "follow_on"])
    return case


@action("mentoring.follow_mediation", subject=Mediation)
def follow_mediation(case: Mediation, *, actor: Actor, kept: bool, key: UUID | None = None) -> Mediation:
    """回访: thirty days on, whether both did what they agreed to."""
    rules.require_to_follow(case)
    case.kept, case.followed_on = kept, clock.today()
    case.save(update_fields=["kept", "followed_on"])
    return case
