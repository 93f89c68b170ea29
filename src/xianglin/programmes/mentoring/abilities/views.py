"""能力清单: read by every officer, changed by the county's."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.areas.models import Area
from xianglin.ui.forms import sent, status, taken

from ..desk import officers_grant
from ..kinds import OFFICER
from . import actions, defaults, forms, queries
from .models import Ability


def _county(request: Request) -> Area:
    area = officers_grant(request).area
    assert area.county_id is not None  # their role is given in a town or a county
    return Area.objects.get(pk=area.county_id)


@seen_by(OFFICER)
def catalogue(request: Request) -> HttpResponse:
    county = _county(request)
    form = forms.AddForm(sent(request))

    def add(data: dict[str, str]) -> None:
        told = {name: data[name] for name in ("name", "description", "also", "key")}
        actions.add_ability(county, actor=request.actor, **told)  # type: ignore[arg-type]  # the form's own types

    if taken(form, add, {"mentoring.ability_twice": "name", "mentoring.no_ability_name": "name"}):
        messages.success(request, _("加进清单了"))
        return redirect("mentoring:abilities")
    rows = list(queries.catalogue(county))
    context = {
        "county": county,
        "rows": rows,
        "begun": bool(rows) or queries.ended(county).exists(),
        "defaults": defaults.ABILITIES,
        "ended": queries.ended(county),
        "changes": hooks.may(request.actor, "mentoring.add_ability", county),
        "form": form,
    }
    return render(request, "mentoring/abilities.html", context, status=status(form))


@seen_by(OFFICER)
@require_POST
def begin(request: Request) -> HttpResponse:
    """就用这份清单."""
    county = _county(request)
    if not hooks.may(request.actor, "mentoring.begin_catalogue", county):
        raise Http404
    actions.begin_catalogue(county, actor=request.actor)
    return redirect("mentoring:abilities")


def _ability(request: Request, pk: int) -> Ability:
    ability = Ability.objects.filter(pk=pk, to_on=None).first()
    if ability is None or not hooks.may(request.actor, "mentoring.amend_ability", ability):
        raise Http404
    return ability


@seen_by(OFFICER)
def ability(request: Request, ability_pk: int) -> HttpResponse:
    """Change what it is called, or end it."""
    row = _ability(request, ability_pk)
    shown = {name: getattr(row, name) for name in ("name", "description", "also", "order")}
    form = forms.AmendForm(sent(request), initial=shown)

    def amend(data: dict[str, str]) -> None:
        actions.amend_ability(row, actor=request.actor, **data)  # type: ignore[arg-type]  # the form's own types

    if taken(form, amend, {"mentoring.ability_twice": "name", "mentoring.no_ability_name": "name"}):
        messages.success(request, _("存好了"))
        return redirect("mentoring:abilities")
    return render(request, "mentoring/ability.html", {"row": row, "form": form}, status=status(form))


@seen_by(OFFICER)
@require_POST
def end(request: Request, ability_pk: int) -> HttpResponse:
    row = _ability(request, ability_pk)
    actions.end_ability(row, actor=request.actor)
    messages.success(request, _("“%(name)s”停用了，以前评过的还看得到") % {"name": row.name})
    return redirect("mentoring:abilities")
