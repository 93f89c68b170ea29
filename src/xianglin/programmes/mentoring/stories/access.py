"""Who reads stories, and who writes them: rows of the programme's access table."""

from typing import Any

from xianglin.base.actor import Actor
from xianglin.base.registry import Row
from xianglin.commons.access.rules import relation
from xianglin.commons.areas.models import Area

from ..kinds import OFFICER
from ..teams.models import TeamKind
from ..teams.rules import goes_there
from . import rules
from .models import Story


@relation("mentoring_tells_there")
def tells_there(actor: Actor, subject: Any) -> bool:
    """In a team of storytellers of the town or county that a place lies in."""
    return isinstance(subject, Area) and goes_there(actor, subject, kind=TeamKind.STORYTELLERS)


@relation("mentoring_teller")
def teller(actor: Actor, subject: Any) -> bool:
    """Who told it first or wrote it down, while they are still one of the programme's people in that county."""
    return isinstance(subject, Story) and rules.is_teller(actor, subject) and rules.of_the_county(actor, subject)


@relation("mentoring_of_the_county")
def of_the_county(actor: Actor, subject: Any) -> bool:
    return isinstance(subject, Story) and rules.of_the_county(actor, subject)


ROWS = (
    Row("mentoring.see_story", ("account",), "mentoring_of_the_county"),
    *(Row(f"mentoring.{verb}_story", (OFFICER,)) for verb in ("note", "correct", "withdraw")),
    Row("mentoring.note_story", ("account",), "mentoring_tells_there"),
    *(Row(f"mentoring.{verb}_story", ("account",), "mentoring_teller") for verb in ("correct", "withdraw")),
)
