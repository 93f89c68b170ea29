"""What the programme keeps, each in its own folder."""

from .abilities.models import Ability
from .agreements.models import StandardTerms
from .graduation.models import Certificate, Handover, Review
from .levels.models import Reading, Standing
from .matching.models import Giving, Wanting
from .plans.models import Assignment, Goal, Serves
from .registers.models import Avoidance, GoesTo, HeldPost, Mentor, Teaches, YoungCadre

__all__ = [
    "Ability",
    "Assignment",
    "Avoidance",
    "Certificate",
    "Giving",
    "Goal",
    "GoesTo",
    "Handover",
    "HeldPost",
    "Mentor",
    "Reading",
    "Review",
    "Serves",
    "StandardTerms",
    "Standing",
    "Teaches",
    "Wanting",
    "YoungCadre",
]
