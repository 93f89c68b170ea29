"""Writing a pair's plan: goals, and assignments in five forms."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.kernels.pairings.models import Milestone, Pairing
from xianglin.ui.forms import sent, status, taken

from ..abilities.queries import catalogue
from ..levels.queries import of_cadre
from ..pairs.queries import cadre_of
from ..pairs.views import theirs
from ..permissions import LISTED
from . import actions, forms, queries
from .models import Assignment


def writable(request: Request, pk: int, action: str) -> Pairing:
    """An open pair that this reader may write to."""
    pairing = theirs(request, pk)
    if not pairing.open or not hooks.may(request.actor, action, pairing):
        raise Http404
    return pairing


@seen_by(*LISTED)
def set_goals(request: Request, pair_pk: int) -> HttpResponse:
    pairing = writable(request, pair_pk, "mentoring.set_goals")
    cadre = cadre_of(pairing)
    if cadre is None:
        raise Http404
    rows = [one for one in of_cadre(cadre) if one.ability.to_on is None]
    form = forms.GoalsForm(sent(request), rows=rows, goals=queries.goals(pairing), last=pairing.ends_on)

    def keep(data: dict[str, Any]) -> None:
        actions.set_goals(pairing, actor=request.actor, aims=form.aims, key=data["key"])

    if taken(form, keep):
        messages.success(request, _("目标存好了"), extra_tags=f"goals:{pairing.pk}")
        return redirect("mentoring:pair", pairing.pk)
    context = {"pairing": pairing, "form": form}
    return render(request, "mentoring/pairs/goals_form.html", context, status=status(form))


@seen_by(*LISTED)
def plan_assignment(request: Request, pair_pk: int) -> HttpResponse:
    pairing = writable(request, pair_pk, "mentoring.plan_assignment")
    form = forms.WorkForm(sent(request), abilities=catalogue(pairing))
    fields = {"mentoring.no_where": "where", "mentoring.work_dates": "due_on", "mentoring.form": "form"}
    kept: list[Assignment] = []

    def keep(data: dict[str, Any]) -> None:
        kept.append(actions.plan_assignment(pairing, actor=request.actor, work=form.work, key=data["key"]))

    if taken(form, keep, fields | {"pairings.no_title": "title", "pairings.term": "due_on"}):
        messages.success(request, _told(pairing, kept[0]), extra_tags=f"work:{pairing.pk}")
        return redirect("mentoring:pair", pairing.pk)
    context = {"pairing": pairing, "form": form}
    return render(request, "mentoring/pairs/work_form.html", context, status=status(form))


def _told(pairing: Pairing, one: Assignment) -> str:
    """Days that overlap are no mistake, but worth a look."""
    overlaps = queries.overlapping(queries.assignments(pairing), one)
    if not overlaps:
        return _("安排好了")
    return _("安排好了。日子和“%(other)s”重叠，看看忙不忙得过来。") % {"other": overlaps[0]}


def _assignment(request: Request, pk: int, action: str) -> Assignment:
    found = queries.assignment_for(request.actor, pk)
    if found is None or not found.pairing.open or found.milestone.state != Milestone.State.PLANNED:
        raise Http404
    if not hooks.may(request.actor, action, found):
        raise Http404
    return found


@seen_by(*LISTED)
def finish_assignment(request: Request, assignment_pk: int) -> HttpResponse:
    assignment = _assignment(request, assignment_pk, "mentoring.finish_assignment")
    form = forms.FinishForm(sent(request))

    def finish(data: dict[str, Any]) -> None:
        said = {name: data[name] for name in ("result", "attested_by", "on", "key")}
        actions.finish_assignment(assignment, actor=request.actor, **said)

    if taken(form, finish, {"pairings.in_the_future": "on", "mentoring.no_witness": "attested_by"}):
        messages.success(request, _("结果存好了"), extra_tags=f"finish:{assignment.pk}")
        return redirect("mentoring:pair", assignment.pairing.pk)
    return _page(request, assignment, form, finishes=True)


@seen_by(*LISTED)
def drop_assignment(request: Request, assignment_pk: int) -> HttpResponse:
    assignment = _assignment(request, assignment_pk, "mentoring.drop_assignment")
    form = forms.DropForm(sent(request))

    def drop(data: dict[str, Any]) -> None:
        actions.drop_assignment(assignment, actor=request.actor, reason=data["reason"], key=data["key"])

    if taken(form, drop):
        messages.success(request, _("记下了，这一项不做了"))
        return redirect("mentoring:pair", assignment.pairing.pk)
    return _page(request, assignment, form, finishes=False)


def _page(request: Request, assignment: Assignment, form: Any, *, finishes: bool) -> HttpResponse:
    context = {"assignment": assignment, "pairing": assignment.pairing, "form": form, "finishes": finishes}
    return render(request, "mentoring/pairs/assignment_form.html", context, status=status(form))
