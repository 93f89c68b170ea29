"""A young cadre's file, and what the officer alone keeps of them: whom they are not brought together with."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.ui.forms import sent, status, taken

from ..courses.showing import hours_of
from ..desk import cadre as cadre_of
from ..kinds import OFFICER, YOUNG_CADRE
from ..levels.showing import growth_of
from ..minds.rules import is_on
from ..permissions import LISTED
from . import actions, forms, queries
from .models import Avoidance, YoungCadre
from .rules import is_own
from .views_mentors import phone_of


@seen_by(YOUNG_CADRE)
@require_safe
def growth(request: Request) -> HttpResponse:
    """我的成长: where I stand, and where I want to be."""
    cadre = queries.own_cadre(request.actor.account_id)
    if cadre is None:
        raise Http404
    return render(request, "mentoring/cadre.html", _shown(request, cadre) | {"minds": is_on(cadre.county_id)})


@seen_by(*LISTED)
@require_safe
def cadre(request: Request, cadre_pk: int) -> HttpResponse:
    return render(request, "mentoring/cadre.html", _shown(request, cadre_of(request, cadre_pk)))


def _shown(request: Request, cadre: YoungCadre) -> dict[str, Any]:
    actor = request.actor
    sees = hooks.may(actor, "mentoring.see_avoidances", cadre)
    avoided = queries.avoided_by(cadre.account_id) if sees else []
    return {
        "cadre": cadre,
        "own": is_own(actor, cadre),
        "amends": cadre.active and hooks.may(actor, "mentoring.amend_cadre", cadre),
        "ends": cadre.active and hooks.may(actor, "mentoring.end_cadre", cadre),
        "phone": phone_of(request, cadre),
        "pairs": queries.open_pairs(cadre),
        "sees_avoidances": sees,
        "avoided": queries.with_names_of(avoided, cadre.account_id),
        **growth_of(cadre),
        **hours_of(cadre.account_id),
    }


@seen_by(*LISTED)
def amend_cadre(request: Request, cadre_pk: int) -> HttpResponse:
    cadre = cadre_of(request, cadre_pk)
    if not cadre.active or not hooks.may(request.actor, "mentoring.amend_cadre", cadre):
        raise Http404
    form = forms.CadreForm(sent(request), initial=forms.of_cadre(cadre))
    fields = {"mentoring.no_post": "post", "mentoring.since": "since", "mentoring.month": "since"}

    def amend(data: dict[str, Any]) -> None:
        actions.amend_cadre(cadre, actor=request.actor, facts=form.facts, key=data["key"])

    if taken(form, amend, fields | {"mentoring.birth_year": "birth_year"}):
        messages.success(request, _("存好了"), extra_tags=f"cadre:{cadre.pk}")
        return redirect("mentoring:cadre", cadre.pk)
    context = {"cadre": cadre, "form": form, "own": is_own(request.actor, cadre)}
    return render(request, "mentoring/cadre_form.html", context, status=status(form))


@seen_by(OFFICER)
def end_cadre(request: Request, cadre_pk: int) -> HttpResponse:
    cadre = cadre_of(request, cadre_pk)
    form = forms.EndForm(sent(request))

    def end(data: dict[str, Any]) -> None:
        actions.end_cadre(cadre, actor=request.actor, reason=data["reason"], key=data["key"])

    if taken(form, end):
        messages.success(request, _("%(name)s不在册了") % {"name": cadre.account.display_name})
        return redirect("mentoring:cadres")
    context = {"person": cadre, "form": form, "back": "mentoring:cadre"}
    return render(request, "mentoring/end.html", context, status=status(form))


@seen_by(OFFICER)
def avoid(request: Request, cadre_pk: int) -> HttpResponse:
    """回避: a mentor whom this cadre is never given."""
    cadre = cadre_of(request, cadre_pk)
    form = forms.AvoidanceForm(sent(request))

    def note(data: dict[str, Any]) -> None:
        actions.note_avoidance(cadre, actor=request.actor, other=data["other"], why=data["why"], key=data["key"])

    codes = ("no_such_mentor", "several_mentors", "avoids_himself", "avoided_already")
    if taken(form, note, {f"mentoring.{code}": "other" for code in codes}):
        messages.success(request, _("记下了，结对时不会把他们放在一起"))
        return redirect("mentoring:cadre", cadre.pk)
    return render(request, "mentoring/avoid.html", {"cadre": cadre, "form": form}, status=status(form))


@seen_by(OFFICER)
@require_POST
def lift(request: Request, cadre_pk: int, avoidance_pk: int) -> HttpResponse:
    cadre = cadre_of(request, cadre_pk)
    row: Avoidance | None = next((r for r in queries.avoided_by(cadre.account_id) if r.pk == avoidance_pk), None)
    if row is None or not hooks.may(request.actor, "mentoring.lift_avoidance", row):
        raise Http404
    actions.lift_avoidance(row, actor=request.actor)
    messages.success(request, _("回避解除了"))
    return redirect("mentoring:cadre", cadre.pk)
