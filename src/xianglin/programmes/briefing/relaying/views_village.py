"""联户, for the village's cadre: who links which household, who was told, and what came back."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xianglin.base import clock
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.access.queries import working_grant
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.people.queries import households_in
from xianglin.kernels.matters import marks
from xianglin.kernels.matters import queries as matters

from ..kinds import REPRESENTATIVE
from ..permissions import RECORDING
from . import actions, forms, queries, rules
from .queries import Door


def _village(request: Request) -> Area:
    grant = working_grant(request)
    if grant is None or grant.area.level != Level.VILLAGE:
        raise Http404
    return grant.area


@seen_by(*RECORDING)
@require_safe
def representatives(request: Request) -> HttpResponse:
    """联户: the village's representatives and how many households each links."""
    area = _village(request)
    rows = queries.representatives(area, REPRESENTATIVE)
    everybody = households_in(area).count()
    context = {"area": area, "rows": rows, "alone": everybody - sum(row.households for row in rows)}
    return render(request, "briefing/representatives.html", context)


@seen_by(*RECORDING)
def link(request: Request, representative_pk: int) -> HttpResponse:
    """One representative's households, ticked in the village's list: one by one, or a whole group."""
    area = _village(request)
    found = queries.representatives(area, REPRESENTATIVE)
    one = next((row for row in found if row.account.pk == representative_pk), None)
    if one is None:
        raise Http404
    doors = [Door(row) for row in queries.households_with_names(area, actor=request.actor)]
    groups = [(group, list(rows)) for group, rows in groupby(doors, key=lambda door: door.household.group)]
    names = [group for group, _rows in groups]
    form = forms.LinkForm(request.POST if request.method == "POST" else None, groups=names)
    if request.method == "POST" and form.is_valid():
        try:
            _link_all(request, area, representative_pk, groups, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("联户存好了"), extra_tags=f"link:{representative_pk}")
            return redirect("briefing:representatives")
    ticked = set(forms.ticked(form)) if form.is_bound else _linked_by(representative_pk, doors)
    shown = [(name, rows, sum(door.household.pk in ticked for door in rows)) for name, rows in groups]
    context = {"area": area, "one": one, "form": form, "groups": shown, "ticked": ticked}
    return render(request, "briefing/link.html", context, status=422 if form.is_bound else 200)


def _linked_by(account_id: int, doors: list[Door]) -> set[int]:
    return {door.household.pk for door in doors if door.linked_by is not None and door.linked_by.pk == account_id}


def _link_all(
    request: Request, area: Area, representative_pk: int, groups: list[tuple[str, list[Door]]], data: dict[str, Any]
) -> None:
    whole = {door.household.pk for group, rows in groups if group in data["groups"] for door in rows}
    actions.link_households(
        area,
        actor=request.actor,
        representative_id=representative_pk,
        household_ids=sorted(whole | set(data["households"])),
        key=data["key"],
    )


@seen_by(*RECORDING)
@require_safe
def relayed(request: Request, month: str) -> HttpResponse:
    """讲给几户听了，带回几条: which households, what they said to what, and who has still somebody to tell."""
    area = _village(request)
    of = queries.month(area, month) if rules.is_period(month) else None
    if of is None:
        raise Http404
    doors = queries.told_doors(of, actor=request.actor)
    brought = queries.brought_back(doors)
    marked = marks.with_marks(matters.read_titles([matter for matter, _about, _count in brought]), clock.today())
    context = {
        "area": area,
        "of": of,
        "heard": queries.heard(of),
        "doors": doors,
        "brought": [(*row, about, count) for row, (_m, about, count) in zip(marked, brought, strict=True)],
        "before": queries.newest(area, of.period),
        "left": [row for row in queries.representatives(area, REPRESENTATIVE, of) if row.left],
    }
    return render(request, "briefing/relayed.html", context)
