"""Who visits households, fixes the Party day, keeps the village's rules, records the conference, and carries it from
door to door."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from xianglin.base.actor import Actor
from xianglin.base.registry import Role, Row
from xianglin.commons.access.rules import relation
from xianglin.commons.people.models import Household

from .kinds import REPRESENTATIVE
from .models import Told
from .relaying import rules as relaying

ROLES = (Role(REPRESENTATIVE, _("村民代表"), login="phone", levels=("village",)),)
RECORDING = ("village_cadre",)

ASKING = ("town_inspector", "town_clerk")
_VERBS = ("plan_conference", "ask", "take_down", "answer_question", "make_task", "split_question", "close")
_VISITS = ("note_visit", "note_round")


@relation("links_household")
def links_household(actor: Actor, subject: Any) -> bool:
    return isinstance(subject, Household) and relaying.links(actor, subject)


@relation("told_by_actor")
def told_by_actor(actor: Actor, subject: Any) -> bool:
    return isinstance(subject, Told) and actor.account_id is not None and subject.by_id == actor.account_id


ROWS = (
    *(Row(f"briefing.{verb}", RECORDING) for verb in (*_VERBS, *_VISITS)),
    Row("briefing.set_articles", RECORDING),
    Row("briefing.link_households", RECORDING),
    Row("briefing.relay", (REPRESENTATIVE,)),
    Row("briefing.give_back", (REPRESENTATIVE,)),
    Row("briefing.untell", (REPRESENTATIVE,), "told_by_actor"),
    Row("matters.relay", (REPRESENTATIVE,)),  # what they answered becomes a matter
    Row("people.read_household", (REPRESENTATIVE,), "links_household"),
    Row("briefing.ask_village", ASKING),
    Row("briefing.set_party_day", (*RECORDING, "town_clerk")),
)
