"""Who opens a mediation, who works on it, who reads it: rows of the programme's access table."""

from typing import Any

from xianglin.base.actor import Actor
from xianglin.base.registry import Row
from xianglin.commons.access.rules import relation

from ..kinds import OFFICER
from ..teams.models import Team
from ..teams.rules import is_member
from . import rules


@relation("mentoring_mediates")
def mediates(actor: Actor, subject: Any) -> bool:
    """In this team of mediators today."""
    return isinstance(subject, Team) and rules.is_mediators(subject) and is_member(actor, subject)


@relation("mentoring_works_on")
def works_on(actor: Actor, subject: Any) -> bool:
    case = rules.case_of(subject)
    return case is not None and rules.works_on(actor, case)


_OF_THE_CASE = ("see_mediation", "add_mediator", "note_session", "close_mediation", "follow_mediation")

ROWS = (
    *(Row(f"mentoring.{verb}", (OFFICER,)) for verb in ("see_mediation", "add_mediator")),
    Row("mentoring.open_mediation", ("account",), "mentoring_mediates"),
    *(Row(f"mentoring.{verb}", ("account",), "mentoring_works_on") for verb in _OF_THE_CASE),
)
