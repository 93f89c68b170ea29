"""What is said of a time that a team went out, as one value: from a form or the demonstration."""

import datetime as dt
from dataclasses import dataclass

from xianglin.commons.areas.models import Area
from xianglin.commons.files.models import Upload


@dataclass(frozen=True)
class Trip:
    """``went``: accounts. Opinions and hardships: one thing heard each, in their words."""

    place: Area
    on: dt.date
    host: str
    where: str
    topic: str
    present: int
    went: tuple[int, ...]
    opinions: tuple[str, ...] = ()
    hardships: tuple[str, ...] = ()
    story_id: int | None = None  # a red story that was told there
    uploads: tuple[Upload, ...] = ()
