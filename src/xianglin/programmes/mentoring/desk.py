"""What the pages of this programme share: where its officer works, and how a form is taken."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest

from xianglin.base.pages import Request
from xianglin.base.refused import Refused
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


def cadre(request: Request, pk: int) -> YoungCadre:
    found = queries.cadre_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


def sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def taken(form: forms.Form, do: Callable[[dict[str, Any]], Any], fields: dict[str, str] | None = None) -> bool:
    """Whether a form was sent and done; a refusal stands in it, at the field that its code names."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        do(form.cleaned_data)
    except Refused as refused:
        form.add_error((fields or {}).get(refused.code), str(refused.message))
        return False
    return True


def status(form: forms.Form) -> int:
    return 422 if form.is_bound else 200
