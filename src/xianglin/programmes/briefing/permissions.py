"""Who fixes the Party day, keeps the village's rules and records the conference."""

from xianglin.base.registry import Row

RECORDING = ("village_cadre",)

ASKING = ("town_inspector", "town_clerk")
_VERBS = ("plan_conference", "ask", "take_down", "answer_question", "make_task", "split_question", "close")

ROWS = (
    *(Row(f"briefing.{verb}", RECORDING) for verb in _VERBS),
    Row("briefing.set_articles", RECORDING),
    Row("briefing.ask_village", ASKING),
    Row("briefing.set_party_day", (*RECORDING, "town_clerk")),
)
