"""Changes to a pair's plan. Either of the two proposes, and so may the officer."""

import datetime as dt
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.kernels.pairings import actions as pairings
from xianglin.kernels.pairings.models import Pairing

from ..abilities.models import Ability
from ..abilities.queries import catalogue
from ..levels.models import Standing
from ..levels.rules import require_level, require_upwards
from ..pairs import queries as pairs
from ..pairs.rules import require_open
from ..pairs.telling import tell
from . import queries, rules
from .models import Assignment, Goal, Serves


@action("mentoring.set_goals", subject=Pairing)
def set_goals(pairing: Pairing, *, actor: Actor, aims: Sequence[rules.Aim], key: UUID | None = None) -> Pairing:
    """What the two want to reach (帮带目标): those not named are dropped, those that stay keep where they began."""
    require_open(pairing)
    rules.require_aims(aims, pairing.ends_on)
    standing = {goal.ability_id: goal for goal in queries.goals(pairing)}
    known = {ability.pk: ability for ability in catalogue(pairing)}
    for one in aims:
        _aim(pairing, one, standing.pop(one.ability_id, None), known)
    for goal in standing.values():
        with changing(goal):
            goal.dropped_on = clock.today()
            goal.save(update_fields=["dropped_on"])
    tell(pairing, "mentoring.plan_changed", actor=actor, mark=clock.today().isoformat())
    return pairing


def _aim(pairing: Pairing, aim: rules.Aim, goal: Goal | None, known: dict[int, Ability]) -> None:
    if goal is None:
        ability = known.get(aim.ability_id)
        if ability is None:
            raise Refused("mentoring.ability_gone", _("这项能力不在清单里了。请看一眼新的清单，再填一次。"))
        goal = Goal(pairing=pairing, ability=ability, baseline=_stands(pairing, ability), set_on=clock.today())
    if goal.by != aim.by:
        rules.require_by_ahead(aim.by)
    require_upwards(goal.ability.name, goal.baseline, require_level(aim.wanted))
    goal.wanted, goal.by, goal.how = aim.wanted, aim.by, aim.how.strip()
    with changing(goal):
        goal.save()


def _stands(pairing: Pairing, ability: Ability) -> int | None:
    cadre = pairs.cadre_of(pairing)
    return Standing.objects.filter(cadre=cadre, ability=ability).values_list("current", flat=True).first()


@action("mentoring.plan_assignment", subject=Pairing)
def plan_assignment(pairing: Pairing, *, actor: Actor, work: rules.Work, key: UUID | None = None) -> Assignment:
    """Work in one of five forms, from a day to a day (安排历练). Days may overlap others': the page says so."""
    require_open(pairing)
    rules.require_work(work)
    assignment = put(pairing, work, actor=actor, ability_ids=work.ability_ids)
    tell(pairing, "mentoring.assignment_planned", actor=actor, mark=str(assignment.pk))
    return assignment


def put(
    pairing: Pairing,
    work: rules.Work,
    *,
    actor: Actor,
    ability_ids: Iterable[int],
    continues: Assignment | None = None,
) -> Assignment:
    """The rows, within an action that has settled whether they may be."""
    step = pairings.add_milestone(pairing, actor=actor, title=work.title, starts_on=work.starts_on, due_on=work.due_on)
    assignment = Assignment(milestone=step, form=work.form, where=work.where.strip(), post=work.post.strip())
    proposer = continues.proposed_by_id if continues is not None else actor.account_id
    assert proposer is not None  # who plans has an account
    assignment.proposed_by_id = proposer
    assignment.continues = continues
    with changing(assignment):
        assignment.save(force_insert=True)
    for ability in Ability.objects.filter(county_id=pairing.county_id, pk__in=list(ability_ids)):
        row = Serves(assignment=assignment, ability=ability)
        with changing(row):
            row.save()
    return assignment


@action("mentoring.finish_assignment", subject=Assignment)
def finish_assignment(
    assignment: Assignment,
    *,
    actor: Actor,
    result: str,
    attested_by: str,
    on: dt.date | None = None,
    key: UUID | None = None,
) -> Assignment:
    """It is done, what came of it, and who vouches for it."""
    assignment.attested_by = rules.require_attested(attested_by)
    pairings.reach_milestone(assignment.milestone, actor=actor, result=result, on=on)
    assignment.save(update_fields=["attested_by"])
    tell(assignment.pairing, "mentoring.assignment_finished", actor=actor, mark=str(assignment.pk))
    return assignment


@action("mentoring.drop_assignment", subject=Assignment)
def drop_assignment(assignment: Assignment, *, actor: Actor, reason: str, key: UUID | None = None) -> Assignment:
    """It comes to nothing, and why; it stays in the plan, marked so."""
    pairings.drop_milestone(assignment.milestone, actor=actor, reason=reason)
    return assignment
