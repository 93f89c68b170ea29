"""Gatherings (活动): people meeting at a place and a time."""

from .gathering import AgendaItem, Gathering, Postponement, Presence, State
from .seats import Registration
from .series import Series
from .speaking import WORDS_LENGTH, Turn, Way

__all__ = [
    "WORDS_LENGTH",
    "AgendaItem",
    "Gathering",
    "Postponement",
    "Presence",
    "Registration",
    "Series",
    "State",
    "Turn",
    "Way",
]
