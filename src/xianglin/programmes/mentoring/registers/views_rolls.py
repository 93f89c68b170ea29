"""导师、青年干部: an officer's two rolls, narrowed and taken out as a sheet."""

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xianglin.base.pages import Request, seen_by

from ..abilities.queries import catalogue
from ..desk import officers_grant
from ..kinds import OFFICER
from ..levels.queries import gaps_in_words
from . import forms, queries, rolls
from .models import MentorKind
from .queries import Asked


def _asked(request: Request, form: forms.AskForm) -> Asked:
    form.is_valid()
    data = form.cleaned_data
    kind = request.GET.get("kind", "")
    ability = data.get("ability") or None
    return Asked(
        name=data.get("name", ""),
        ability_id=int(ability) if ability else None,
        kind=kind if kind in MentorKind.values else "",
        gone=request.GET.get("list") == "gone",
    )


def _form(request: Request) -> forms.AskForm:
    return forms.AskForm(request.GET, abilities=catalogue(officers_grant(request).area))


def _query(request: Request, **more: Any) -> str:
    """What the page was asked for, and more; the place where it begins only where that is said anew."""
    kept = {name: value for name, value in request.GET.items() if value and name != "after"}
    return urlencode({name: value for name, value in {**kept, **more}.items() if value})


def _shown(request: Request, form: forms.AskForm, asked: Asked, page: queries.Page) -> dict[str, Any]:
    return {
        "area": officers_grant(request).area,
        "form": form,
        "asked": asked,
        "narrowed": bool(asked.name or asked.ability_id or asked.kind),
        "query": _query(request),
        "here": _query(request, list="") or "list=",
        "gone": _query(request, list="gone"),
        "more_url": f"?{_query(request, after=page.after)}" if page.after else "",
    }


@seen_by(OFFICER)
@require_safe
def mentors(request: Request) -> HttpResponse:
    form = _form(request)
    asked = _asked(request, form)
    page = queries.page(queries.mentors(officers_grant(request).area, asked), request.GET.get("after", ""))
    rows = [(row, rolls.listed(one.ability.name for one in row.teaches.all())) for row in page.rows]
    context = _shown(request, form, asked, page) | {"rows": rows, "kinds": MentorKind.choices}
    return render(request, "mentoring/mentors.html", context)


@seen_by(OFFICER)
@require_safe
def mentors_sheet(request: Request) -> FileResponse:
    area = officers_grant(request).area
    return rolls.mentors_sheet(area, queries.mentors(area, _asked(request, _form(request))))


@seen_by(OFFICER)
@require_safe
def cadres(request: Request) -> HttpResponse:
    form = _form(request)
    asked = _asked(request, form)
    page = queries.page(queries.cadres(officers_grant(request).area, asked), request.GET.get("after", ""))
    rows = [(row, gaps_in_words(row.gaps)) for row in page.rows]
    return render(request, "mentoring/cadres.html", _shown(request, form, asked, page) | {"rows": rows})


@seen_by(OFFICER)
@require_safe
def cadres_sheet(request: Request) -> FileResponse:
    area = officers_grant(request).area
    return rolls.cadres_sheet(area, queries.cadres(area, _asked(request, _form(request))))
