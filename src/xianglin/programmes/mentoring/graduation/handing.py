"""换导师: the mentor is ill or moved, another goes on; goals and open work go over, nothing is lost."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor, system
from xianglin.commons.areas.models import InKind
from xianglin.kernels.pairings import actions as pairings
from xianglin.kernels.pairings.models import Offer, Pairing

from ..pairs.rules import require_pair
from ..pairs.telling import tell
from ..plans import queries as plans
from ..plans.actions import put
from ..plans.models import Assignment, Goal
from ..plans.rules import Work
from . import rules
from .models import Handover

PLATFORM = system("mentoring")


@action("mentoring.hand_over", subject=Pairing)
def hand_over(
    pairing: Pairing, *, actor: Actor, offer: Offer, reason: str, ask: bool = True, key: UUID | None = None
) -> Handover:
    """End it with this mentor and go on with another: ``ask`` both first, or note that they agreed already."""
    require_pair(pairing)
    rules.require_another(pairing, offer)
    handover = _begun(pairing, actor, offer, reason)
    place = InKind(pairing.need.area, pairing.kind)
    following: Pairing | None = None
    with changing(handover):
        handover.offer, handover.reason, handover.on = offer, pairing.reason, clock.today()
        if ask:
            handover.proposal = pairings.propose(place, actor=actor, need=pairing.need, offer=offer)
        else:
            said: dict[str, Any] = {"need": pairing.need, "offer": offer, "follows": pairing}
            handover.following = following = pairings.note_pairing(place, actor=actor, **said)
        handover.save()
    tell(pairing, "mentoring.mentor_leaves", actor=actor, mark=f"leaves-{offer.pk}")
    if following is not None:
        _carry_over(handover, following)
    return handover


def _begun(pairing: Pairing, actor: Actor, offer: Offer, reason: str) -> Handover:
    """The row of this handover, to be filled: a new one as the pair ends, or the one whose asking failed."""
    if pairing.open:
        pairings.end(pairing, actor=actor, ending=Pairing.Ending.TERMINATED, reason=reason)
        pairing.refresh_from_db()
        return Handover(pairing=pairing)
    known = Handover.objects.select_related("proposal").filter(pairing=pairing).first()
    return rules.require_unfinished(known)


def on_made(*, pairing: Pairing) -> None:
    """Both said yes to a mentor who takes over: in that same action the pair's things go over."""
    if pairing.proposal_id is None:
        return
    handover = Handover.objects.select_related("pairing").filter(proposal_id=pairing.proposal_id).first()
    if handover is not None:
        with changing(handover):
            handover.following = pairing
            handover.save(update_fields=["following"])
        pairings.goes_on_from(pairing, handover.pairing)
        _carry_over(handover, pairing)


def _carry_over(handover: Handover, to: Pairing) -> None:
    old = handover.pairing
    with override(settings.LANGUAGE_CODE):  # stored: Chinese, whatever its writer reads
        why = _("转到下一任导师，接着做")
    for goal in plans.goals(old):
        row = Goal(pairing=to, ability=goal.ability, baseline=goal.baseline, wanted=goal.wanted, by=goal.by)
        row.how, row.set_on = goal.how, goal.set_on
        with changing(row):
            row.save()
    for one in plans.open_assignments(old):
        _go_on(one, to)
        pairings.drop_milestone(one.milestone, actor=PLATFORM, reason=why)
    tell(to, "mentoring.handed_over", actor=None, mark="new")
    tell(old, "mentoring.handed_over", actor=None, mark="old", to=(old.offer.holder_id,))


def _go_on(one: Assignment, to: Pairing) -> None:
    step = one.milestone
    assert step.starts_on is not None  # an assignment has both
    assert step.due_on is not None
    work = Work(one.form, step.title, one.where, step.starts_on, step.due_on, one.post)
    put(to, work, actor=PLATFORM, ability_ids=[row.ability_id for row in one.serves.all()], continues=one)
