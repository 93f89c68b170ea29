"""What the programme keeps, each in its own folder."""

from .abilities.models import Ability
from .levels.models import Reading, Standing
from .matching.models import Giving, Wanting
from .registers.models import Avoidance, GoesTo, HeldPost, Mentor, Teaches, YoungCadre

__all__ = [
    "Ability",
    "Avoidance",
    "Giving",
    "GoesTo",
    "HeldPost",
    "Mentor",
    "Reading",
    "Standing",
    "Teaches",
    "Wanting",
    "YoungCadre",
]
