"""Who keeps teams and who writes what they brought back: rows of the programme's access table."""

from typing import Any

from xianglin.base.actor import Actor
from xianglin.base.registry import Row
from xianglin.commons.access.rules import relation
from xianglin.commons.areas.models import Area

from ..kinds import OFFICER
from . import rules


@relation("mentoring_team_member")
def team_member(actor: Actor, subject: Any) -> bool:
    """In the team today to which something belongs."""
    team = rules.team_of(subject)
    return team is not None and rules.is_member(actor, team)


@relation("mentoring_goes_there")
def goes_there(actor: Actor, subject: Any) -> bool:
    """In a team of the town or county that a place lies in."""
    return isinstance(subject, Area) and rules.goes_there(actor, subject)


ROWS = (
    *(Row(f"mentoring.{verb}", (OFFICER,)) for verb in ("open_team", "end_team", "add_member", "remove_member")),
    *(Row(f"mentoring.{verb}", (OFFICER,)) for verb in ("see_team", "see_outing")),
    *(Row(f"mentoring.{verb}", ("account",), "mentoring_team_member") for verb in ("see_team", "see_outing")),
    *(Row(f"mentoring.{verb}", ("account",), "mentoring_team_member") for verb in ("note_outing", "raise_heard")),
    Row("matters.visit", ("account",), "mentoring_goes_there"),  # what they heard becomes a matter
)
