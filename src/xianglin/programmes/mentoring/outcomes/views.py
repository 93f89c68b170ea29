"""The officer's pages: what the place had of it by heading, and the gap that was closed by ability."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xianglin.base.pages import Request, seen_by

from ..abilities.models import Ability
from ..desk import officers_grant
from ..kinds import OFFICER
from . import gaps, queries


@seen_by(OFFICER)
@require_safe
def outcomes(request: Request) -> HttpResponse:
    area = officers_grant(request).area
    context = {"area": area, "headings": queries.of_place(area), "gaps": gaps.by_ability(area)}
    return render(request, "mentoring/outcomes.html", context)


@seen_by(OFFICER)
@require_safe
def gap(request: Request, ability_pk: int) -> HttpResponse:
    """Whose level moved in one ability: what the figure was counted from."""
    area = officers_grant(request).area
    ability = Ability.objects.filter(pk=ability_pk, county_id=area.county_id).first()
    if ability is None:
        raise Http404
    goals = gaps.of_ability(area, ability.pk)
    return render(request, "mentoring/gap.html", {"area": area, "ability": ability, "goals": goals})
