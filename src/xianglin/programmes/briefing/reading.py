"""What the programme shows of itself elsewhere."""

from typing import Any

from xianglin.base import clock
from xianglin.commons.areas.models import Area
from xianglin.kernels.bulletins import queries as texts
from xianglin.kernels.gatherings import queries as meetings
from xianglin.kernels.indicators import queries as indicators
from xianglin.kernels.indicators import rules
from xianglin.kernels.indicators.declare import REGISTRY

from . import queries
from .kinds import CONFERENCE, REPORT


def on_the_board(area: Area) -> dict[str, Any]:
    """The village's page: the newest report, the conference that comes or runs, what became of the last one's
    questions, and of a year's tasks how many were done in time."""
    measure = REGISTRY["briefing.tasks_settled_in_time"]
    (tasks,) = indicators.figures([measure], area, rules.months_to(clock.today()))
    return {
        "report": texts.published_in(area, REPORT).first(),
        "meeting": meetings.running(area, CONFERENCE) or meetings.next_planned(area, CONFERENCE),
        "tallies": queries.tallies(area),
        "due": sum(tasks.whole),
        "settled": sum(tasks.values),
    }
