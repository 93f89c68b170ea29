from .stored import CalendarDay, CalendarFile, CalendarVersion, DeadlineRule, Recomputation, RulesVersion  # isort: skip
from .clocked import RECKONED, Clocked

__all__ = [
    "RECKONED",
    "CalendarDay",
    "CalendarFile",
    "CalendarVersion",
    "Clocked",
    "DeadlineRule",
    "Recomputation",
    "RulesVersion",
]
