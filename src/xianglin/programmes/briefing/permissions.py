"""Who fixes the Party day, keeps the village's rules, records the conference, and carries it from door to door."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import Role, Row

REPRESENTATIVE = "villagers_representative"
ROLES = (Role(REPRESENTATIVE, _("村民代表"), login="phone", levels=("village",)),)
RECORDING = ("village_cadre",)

ASKING = ("town_inspector", "town_clerk")
_VERBS = ("plan_conference", "ask", "take_down", "answer_question", "make_task", "split_question", "close")

ROWS = (
    *(Row(f"briefing.{verb}", RECORDING) for verb in _VERBS),
    Row("briefing.set_articles", RECORDING),
    Row("matters.relay", (REPRESENTATIVE,)),  # what the households answered becomes a matter
    Row("briefing.ask_village", ASKING),
    Row("briefing.set_party_day", (*RECORDING, "town_clerk")),
)
