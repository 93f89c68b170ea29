"""What the pages of this programme share: where its officer works, and whose file is opened."""

from django.http import Http404

from xianglin.base.pages import Request
from xianglin.commons.access.models import Grant
from xianglin.commons.access.queries import reach, working_grant

from .kinds import OFFICER
from .registers import queries
from .registers.models import Mentor, YoungCadre


def officers_grant(request: Request) -> Grant:
    """The one that they work under, else the first by which they are an officer."""
    held = [one for one in reach(request.actor) if one.role == OFFICER]
    return next((one for one in held if one == working_grant(request)), held[0])


def mentor(request: Request, pk: int) -> Mentor:
    found = queries.mentor_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


def cadre(request: Request, pk: int, may: str = "mentoring.see_cadre") -> YoungCadre:
    found = queries.cadre_for(request.actor, pk, may)
    if found is None:
        raise Http404
    return found
