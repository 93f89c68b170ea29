"""What the programme shows of itself elsewhere."""

from typing import Any

from xianglin.commons.areas.models import Area
from xianglin.kernels.bulletins import queries


def on_the_board(area: Area) -> dict[str, Any]:
    """The village's page: the newest report."""
    return {"report": queries.published_in(area, "briefing.report").first()}
