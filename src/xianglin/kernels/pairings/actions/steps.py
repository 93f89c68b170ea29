"""Steps on the way, looking after, and what came of it."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.commons.files.actions import keep_upload
from xianglin.commons.files.models import Upload

from .. import rules
from ..models import FollowUp, Milestone, Outcome, Pairing, Proof
from . import agreeing

State = Pairing.State


@action("pairings.add_milestone", subject=Pairing)
def add_milestone(
    pairing: Pairing,
    *,
    actor: Actor,
    title: str,
    starts_on: dt.date | None = None,
    due_on: dt.date | None = None,
    key: UUID | None = None,
) -> Milestone:
    """A step that both agreed, and by when."""
    rules.require_state(pairing, State.AGREED, State.SIGNED, State.ACTIVE)
    if starts_on is not None:
        rules.require_term(starts_on, due_on)
    return Milestone.objects.create(
        pairing=pairing, title=rules.require_title(title), starts_on=starts_on, due_on=due_on
    )


@action("pairings.reach_milestone", subject=Milestone)
def reach_milestone(
    milestone: Milestone, *, actor: Actor, result: str, on: dt.date | None = None, key: UUID | None = None
) -> Milestone:
    """It was done, and what came of it."""
    agreeing.had_contact(milestone.pairing, rules.require_past(on or clock.today()))
    return _finish(milestone, Milestone.State.REACHED, rules.require_result(result), on or clock.today())


@action("pairings.drop_milestone", subject=Milestone)
def drop_milestone(milestone: Milestone, *, actor: Actor, reason: str, key: UUID | None = None) -> Milestone:
    return _finish(milestone, Milestone.State.DROPPED, rules.require_reason(reason), clock.today())


def _finish(milestone: Milestone, state: str, result: str, on: dt.date) -> Milestone:
    rules.require_state(milestone, Milestone.State.PLANNED)
    milestone.state, milestone.result, milestone.ended_on = state, result, on
    milestone.save(update_fields=["state", "result", "ended_on"])
    return milestone


@action("pairings.follow_up", subject=FollowUp)
def follow_up(
    look: FollowUp, *, actor: Actor, result: str, note: str, on: dt.date | None = None, key: UUID | None = None
) -> FollowUp:
    """Somebody looked after the pairing; the next look is scheduled by it."""
    rules.require_follow_up_waits(look)
    look.open, look.done_on, look.by_id = False, rules.require_past(on or clock.today()), actor.account_id
    look.result, look.note = FollowUp.Result(result), rules.require_note(result, note)
    look.save(update_fields=["open", "done_on", "by_id", "result", "note"])
    agreeing.schedule(look.pairing, look.number + 1, look.done_on)
    return look


@action("pairings.note_outcome", subject=Pairing)
def note_outcome(
    pairing: Pairing,
    *,
    actor: Actor,
    title: str,
    evidence: str,
    topic: str = "",
    baseline: Decimal | None = None,
    value: Decimal | None = None,
    unit: str = "",
    on: dt.date | None = None,
    uploads: tuple[Upload, ...] = (),
    key: UUID | None = None,
) -> Outcome:
    """What came of it: an estimate (测算) until somebody else verifies it."""
    assert actor.account_id is not None  # who notes has an account
    outcome = Outcome.objects.create(
        pairing=pairing,
        topic=rules.require_topic(rules.require_kind(pairing.kind), topic),
        title=rules.require_title(title),
        baseline=baseline,
        value=value,
        unit=unit.strip(),
        on=rules.require_past(on or clock.today()),
        evidence=rules.require_evidence(evidence),
        noted_by_id=actor.account_id,
    )
    for upload in uploads:
        file = keep_upload(upload, actor=actor, county_id=pairing.county_id or 0, key=None)
        Proof.objects.create(outcome=outcome, file=file)
    return outcome


@action("pairings.verify_outcome", subject=Outcome)
def verify_outcome(
    outcome: Outcome, *, actor: Actor, value: Decimal | None = None, evidence: str = "", key: UUID | None = None
) -> Outcome:
    """Somebody else saw what proves it (核实); a ``value`` that turned out otherwise replaces the estimate."""
    rules.require_estimate(outcome)
    rules.require_another(actor, outcome.noted_by_id)
    outcome.basis, outcome.verified_by_id, outcome.verified_on = Outcome.Basis.VERIFIED, actor.account_id, clock.today()
    outcome.value = outcome.value if value is None else value
    outcome.evidence = rules.require_evidence(evidence) if evidence.strip() else outcome.evidence
    outcome.save(update_fields=["basis", "verified_by_id", "verified_on", "value", "evidence"])
    return outcome
