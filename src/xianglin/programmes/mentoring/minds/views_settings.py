"""The county's officer: on or off, and the few by name. Not who consents, and no count below ten."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.areas.models import Area
from xianglin.ui.forms import Keys, sent, status, taken

from ..desk import officers_grant
from ..kinds import OFFICER
from . import actions, forms, queries, rules


def _county(request: Request) -> Area:
    """The county whose officer asks; a town's officer is told nothing."""
    county = Area.objects.get(pk=officers_grant(request).area.county_id or 0)
    if not hooks.may(request.actor, "mentoring.switch_minds", county):
        raise Http404
    return county


@seen_by(OFFICER)
@require_safe
def settings(request: Request) -> HttpResponse:
    county = _county(request)
    works = {one.pk for one in queries.working(county.pk)}
    context = {
        "county": county,
        "on": rules.is_on(county.pk),
        "works": works,
        "few": len(works) < rules.LEAST_CARERS,
        "switches": queries.switches(county.pk),
        "carers": queries.carers(county.pk),
        "most": rules.MOST_CARERS,
        "talked": queries.talked_with(county.pk),
        "once": Keys(),
    }
    return render(request, "mentoring/minds/settings.html", context)


@seen_by(OFFICER)
def switch(request: Request) -> HttpResponse:
    county = _county(request)
    form, on = forms.SwitchForm(sent(request)), not rules.is_on(county.pk)

    def turn(data: dict[str, Any]) -> None:
        actions.switch_minds(county, actor=request.actor, on=on, reason=data["reason"], key=data["key"])

    if taken(form, turn, {"mentoring.minds_reason": "reason"}):
        messages.success(request, _("开了，请点名关心人") if on else _("停了，记过的到日子就删"))
        return redirect("mentoring:minds_settings")
    context = {"county": county, "form": form, "on": on}
    return render(request, "mentoring/minds/switch.html", context, status=status(form))


@seen_by(OFFICER)
def name_carer(request: Request) -> HttpResponse:
    county = _county(request)
    if not rules.is_on(county.pk):
        raise Http404
    form = forms.CarerForm(sent(request))

    def name(data: dict[str, Any]) -> None:
        actions.name_carer(county, actor=request.actor, who=data["who"], key=data["key"])

    codes = ("several_named", "nobody_named", "carer_already", "minds_carers", "carer_self", "carer_officer")
    if taken(form, name, {f"mentoring.{code}": "who" for code in codes}):
        messages.success(request, _("点名了，他会收到通知"))
        return redirect("mentoring:minds_settings")
    return render(request, "mentoring/minds/carer.html", {"county": county, "form": form}, status=status(form))


@seen_by(OFFICER)
@require_POST
def end_carer(request: Request, carer_pk: int) -> HttpResponse:
    county = _county(request)
    carer = next((one for one in queries.carers(county.pk) if one.pk == carer_pk), None)
    if carer is None:
        raise Http404
    actions.end_carer(carer, actor=request.actor)
    messages.success(request, _("他从现在起看不到了"))
    return redirect("mentoring:minds_settings")
