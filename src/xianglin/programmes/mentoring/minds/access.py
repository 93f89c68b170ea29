"""The few and nobody else: rows of the programme's access table. An administrator is in none of them."""

from typing import Any

from xianglin.base.actor import Actor
from xianglin.base.registry import Row
from xianglin.commons.access.rules import relation

from ..kinds import OFFICER, YOUNG_CADRE
from . import rules
from .models import Consent


@relation("mentoring_cares")
def cares(actor: Actor, subject: Any) -> bool:
    """One of the few who are named in the county of who consents."""
    return isinstance(subject, Consent) and rules.cares_for(actor, subject)


ROWS = (
    *(Row(f"mentoring.{verb}", (OFFICER,)) for verb in ("switch_minds", "name_carer", "end_carer")),  # the county's
    *(Row(f"mentoring.{verb}", (YOUNG_CADRE,), "own_file") for verb in ("consent_minds", "withdraw_minds")),
    *(Row(f"mentoring.{verb}", ("account",), "mentoring_cares") for verb in ("note_talk", "read_mind")),
    Row("mentoring.forget_mind", ("system",)),
)
