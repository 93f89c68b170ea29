"""What the programme shows of itself elsewhere."""

from typing import Any

from xianglin.commons.areas.models import Area
from xianglin.kernels.bulletins import queries as texts
from xianglin.kernels.gatherings import queries as meetings

from . import queries
from .kinds import CONFERENCE, REPORT


def on_the_board(area: Area) -> dict[str, Any]:
    """The village's page: the newest report, the conference that comes or runs, what became of the last one's
    questions. No figure over all matters: it would read the whole table for each visitor of a province's page."""
    return {
        "report": texts.published_in(area, REPORT).first(),
        "meeting": meetings.running(area, CONFERENCE) or meetings.next_planned(area, CONFERENCE),
        "tallies": queries.tallies(area),
    }
