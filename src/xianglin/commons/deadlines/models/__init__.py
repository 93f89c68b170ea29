from .stored import CalendarDay, CalendarVersion, DeadlineRule, Recomputation, RulesVersion  # isort: skip
from .clocked import RECKONED, Clocked

__all__ = [
    "RECKONED",
    "CalendarDay",
    "CalendarVersion",
    "Clocked",
    "DeadlineRule",
    "Recomputation",
    "RulesVersion",
]
