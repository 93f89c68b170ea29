"""What the programme keeps, each in its own folder."""

from .abilities.models import Ability
from .levels.models import Reading, Standing
from .matching.models import Giving, Wanting
from .plans.models import Assignment, Goal, Serves
from .registers.models import Avoidance, GoesTo, HeldPost, Mentor, Teaches, YoungCadre

__all__ = [
    "Ability",
    "Assignment",
    "Avoidance",
    "Giving",
    "Goal",
    "GoesTo",
    "HeldPost",
    "Mentor",
    "Reading",
    "Serves",
    "Standing",
    "Teaches",
    "Wanting",
    "YoungCadre",
]
