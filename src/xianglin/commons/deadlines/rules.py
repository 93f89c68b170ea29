"""Decisions without writing: which days a clock counts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from xianglin.commons.areas.models import LEVEL_COLUMNS
from xianglin.engine import workdays

from .almanacs import Almanac
from .models.stored import DeadlineRule


def due_of(rule: DeadlineRule, started_on: date, almanac: Almanac, pauses: Iterable[workdays.Pause]) -> workdays.Due:
    return workdays.due(rule.period, started_on, almanac.calendar, pauses)


def pauses_of(stored: Sequence[Mapping[str, str | None]]) -> list[workdays.Pause]:
    """A row's `pauses` as the engine takes them."""
    return [
        workdays.Pause(
            date.fromisoformat(str(pause["from_on"])),
            date.fromisoformat(pause["to_on"]) if pause["to_on"] else None,
        )
        for pause in stored
    ]


def places_of(row: object) -> list[int]:
    """The ids of the areas that a row or an area lies in, the innermost last."""
    found = (getattr(row, column, None) for column in LEVEL_COLUMNS)
    return [place for place in found if place is not None]
