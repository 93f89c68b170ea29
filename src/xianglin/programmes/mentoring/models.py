"""What the programme keeps, each in its own folder."""

from .abilities.models import Ability
from .agreements.models import StandardTerms
from .asking.models import Thread, Turn, TurnPhoto
from .courses.models import Course, CourseServes, SeriesServes
from .experience.models import Experience, Teaching, Useful
from .graduation.models import Certificate, Handover, Review
from .levels.models import Reading, Standing
from .matching.models import Giving, Wanting
from .mediation.models import Mediation, Mediator, Party, Session
from .minds.models import Carer, Consent, Look, Switch, Talk
from .plans.models import Assignment, Goal, Serves
from .records.models import Edition, Evidence, Record, Trains
from .registers.models import Avoidance, GoesTo, HeldPost, Mentor, Teaches, YoungCadre
from .stories.models import Story, Version
from .teams.models import Heard, Member, Outing, OutingPhoto, Team, Went

__all__ = [
    "Ability",
    "Assignment",
    "Avoidance",
    "Carer",
    "Certificate",
    "Edition",
    "Evidence",
    "Course",
    "CourseServes",
    "Experience",
    "Consent",
    "Giving",
    "Goal",
    "GoesTo",
    "Handover",
    "Heard",
    "HeldPost",
    "Look",
    "Mediation",
    "Mediator",
    "Member",
    "Mentor",
    "Outing",
    "OutingPhoto",
    "Party",
    "Reading",
    "Record",
    "Review",
    "SeriesServes",
    "Serves",
    "Session",
    "StandardTerms",
    "Standing",
    "Story",
    "Switch",
    "Talk",
    "Teaches",
    "Teaching",
    "Thread",
    "Trains",
    "Team",
    "Version",
    "Turn",
    "TurnPhoto",
    "Useful",
    "Wanting",
    "Went",
    "YoungCadre",
]
