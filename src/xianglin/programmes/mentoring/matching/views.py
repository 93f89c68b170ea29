"""Where the officer brings people together: the pairings' own page of this kind."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from xianglin.base.pages import Request, seen_by

from ..kinds import OFFICER, PAIR


@seen_by(OFFICER)
@require_safe
def matching(request: Request) -> HttpResponse:
    return redirect("pairings:kind", PAIR)
