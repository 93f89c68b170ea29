"""调解: who works on a case and the officer read it; whoever opens the figure sees it without the two sides."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.access.queries import holds
from xianglin.commons.areas.queries import resolve
from xianglin.kernels.matters.queries import page_for
from xianglin.ui.forms import sent, status, taken

from ..agreements.views import answer
from ..desk import officers_grant
from ..kinds import MENTOR, OFFICER, YOUNG_CADRE
from ..registers.queries import page
from ..teams.queries import members
from ..teams.views import GOING, team_of
from . import actions, forms, paper, queries, rules
from .models import End, Mediation


@seen_by(*GOING)
@require_safe
def cases(request: Request) -> HttpResponse:
    context: dict[str, Any] = {"own": list(queries.own_cases(request.actor.account_id)[:100]), "keeps": False}
    if holds(request.actor, OFFICER):
        area, closed = officers_grant(request).area, request.GET.get("list") == "closed"
        rows = page(queries.cases(area, closed=closed), request.GET.get("after", ""))
        more = f"?{'list=closed&' if closed else ''}after={rows.after}" if rows.after else ""
        context |= {"keeps": True, "area": area, "closed": closed, "rows": rows.rows, "more_url": more}
    return render(request, "mentoring/mediation/cases.html", context)


def _case(request: Request, pk: int, action: str) -> Mediation:
    """A case that the reader works on, or keeps."""
    found = queries.case_for(request.actor, pk)
    if found is None or not found.reads or not hooks.may(request.actor, action, found.case):
        raise Http404
    return found.case


@seen_by("staff")
@require_safe
def case(request: Request, case_pk: int) -> HttpResponse:
    found = queries.case_for(request.actor, case_pk)
    if found is None:
        raise Http404
    context: dict[str, Any] = {"case": found.case, "reads": found.reads}
    return render(
        request, "mentoring/mediation/case.html", context | (_read(request, found.case) if found.reads else {})
    )


def _read(request: Request, case: Mediation) -> dict[str, Any]:
    works = rules.works_on(request.actor, case)
    matter = case.matter
    return {
        "sides": queries.sides(case),
        "sessions": queries.sessions(case),
        "agreement": queries.agreement(case),
        "mediators": queries.mediators(case),
        "works": works,
        "adds": case.open and hooks.may(request.actor, "mentoring.add_mediator", case),
        "follows": works and rules.is_due(case),
        "matter_url": page_for(request.actor, matter) if matter is not None else "",
    }


@seen_by(MENTOR, YOUNG_CADRE)
def open_mediation(request: Request, team_pk: int) -> HttpResponse:
    team = team_of(request, team_pk, "mentoring.open_mediation")
    others = [one for one in members(team) if one.account_id != request.actor.account_id]
    form = forms.CaseForm(sent(request), others=others, matters=queries.matters_to_link(team))
    made: list[Mediation] = []

    def make(data: dict[str, Any]) -> None:
        dispute = form.dispute(resolve(data["place"], team.area))
        made.append(actions.open_mediation(team, actor=request.actor, dispute=dispute, key=data["key"]))

    if taken(form, make, forms.FIELDS):
        messages.success(request, _("记好了"), extra_tags=f"case:{team.pk}")
        return redirect("mentoring:mediation", made[0].pk)
    return render(request, "mentoring/mediation/open.html", {"team": team, "form": form}, status=status(form))


def _step(
    request: Request, case: Mediation, form: Any, title: str, keep: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    if taken(form, keep, forms.FIELDS | {"mentoring.mediator_already": "mediators"}):
        messages.success(request, _("存好了"), extra_tags=f"mediation:{case.pk}")
        return redirect("mentoring:mediation", case.pk)
    context = {"case": case, "form": form, "title": title}
    return render(request, "mentoring/mediation/step.html", context, status=status(form))


@seen_by(MENTOR, YOUNG_CADRE)
def note_session(request: Request, case_pk: int) -> HttpResponse:
    found = _open(_case(request, case_pk, "mentoring.note_session"))
    form = forms.SessionForm(sent(request))

    def keep(data: dict[str, Any]) -> None:
        actions.note_session(found, actor=request.actor, on=data["on"], said=data["said"], key=data["key"])

    return _step(request, found, form, _("记一次调解"), keep)


def _open(found: Mediation) -> Mediation:
    if not found.open:
        raise Http404
    return found


@seen_by(MENTOR, YOUNG_CADRE)
def close_mediation(request: Request, case_pk: int) -> HttpResponse:
    found = _open(_case(request, case_pk, "mentoring.close_mediation"))
    form = forms.EndForm(sent(request))

    def keep(data: dict[str, Any]) -> None:
        actions.close_mediation(found, actor=request.actor, end=form.end, key=data["key"])

    return _step(request, found, form, _("写结果"), keep)


@seen_by(MENTOR, YOUNG_CADRE)
def follow_mediation(request: Request, settled_pk: int) -> HttpResponse:
    found = _case(request, settled_pk, "mentoring.follow_mediation")
    if found.follow_on is None or found.kept is not None:
        raise Http404
    form = forms.FollowForm(sent(request))

    def keep(data: dict[str, Any]) -> None:
        actions.follow_mediation(found, actor=request.actor, kept=data["kept"], key=data["key"])

    return _step(request, found, form, _("回访"), keep)


@seen_by(*GOING)
def add_mediator(request: Request, case_pk: int) -> HttpResponse:
    found = _open(_case(request, case_pk, "mentoring.add_mediator"))
    form = forms.MediatorForm(sent(request), others=queries.others(found))

    def keep(data: dict[str, Any]) -> None:
        actions.add_mediator(found, actor=request.actor, account_id=data["mediators"], key=data["key"])

    return _step(request, found, form, _("加一个人一起调解"), keep)


@seen_by(*GOING)
@require_safe
def agreement_paper(request: Request, settled_pk: int, paper_kind: str) -> HttpResponse:
    found = _case(request, settled_pk, "mentoring.see_mediation")
    if found.outcome != End.SETTLED:
        raise Http404
    with override(settings.LANGUAGE_CODE):
        return answer(paper.agreement(found), paper_kind, _("调解协议书"))
