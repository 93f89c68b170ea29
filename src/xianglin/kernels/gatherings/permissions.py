"""Who plans, holds and reads gatherings."""

from xianglin.base.registry import Row

HOLDING = ("village_cadre",)
READING = (*HOLDING, "village_supervisor", "town_clerk", "town_inspector", "county_clerk")

ROWS = (
    *(
        Row(f"gatherings.{verb}", HOLDING)
        for verb in [
            "plan",
            "postpone",
            "cancel",
            "set_agenda",
            "count_present",
            "start",
            "end",
            "queue",
            "take",
            "leave",
        ]
    ),
    Row("gatherings.see", READING),
)
