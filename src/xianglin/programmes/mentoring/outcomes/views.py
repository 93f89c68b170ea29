"""The officer's page: what the place had of it, by heading."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xianglin.base.pages import Request, seen_by

from ..desk import officers_grant
from ..kinds import OFFICER
from . import queries


@seen_by(OFFICER)
@require_safe
def outcomes(request: Request) -> HttpResponse:
    area = officers_grant(request).area
    return render(request, "mentoring/outcomes.html", {"area": area, "headings": queries.of_place(area)})
