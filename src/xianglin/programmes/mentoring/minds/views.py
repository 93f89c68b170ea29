"""For the few: whom they may talk with, and what is noted. Nobody else learns that there is such a page: 404."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.trail import chain
from xianglin.ui.forms import Keys, sent, status, taken

from ..kinds import YOUNG_CADRE
from ..registers.models import YoungCadre
from ..registers.queries import own_cadre
from . import actions, errands, forms, queries, rules
from .models import Consent


@seen_by("staff")
@require_safe
def minds(request: Request) -> HttpResponse:
    """Who consents, by name: that this was read is in the trail too."""
    counties = queries.counties_of(request.actor)
    if not counties:
        raise Http404
    rows: list[Consent] = []
    for county_id in counties:
        chain.record("mentoring.list_minds", request.actor, chain=county_id)
        rows += queries.cared_for(county_id, request.actor.account_id or 0)
    return render(request, "mentoring/minds/minds.html", {"rows": rows})


def _consent(request: Request, pk: int) -> Consent:
    """Every page that says whose it is comes through here: that it was read is noted before it is shown."""
    found = queries.consent_for(request.actor, pk)
    if found is None:
        raise Http404
    actions.read_mind(found, actor=request.actor)
    return found


@seen_by("staff")
@require_safe
def mind_waiting(request: Request, line: int) -> HttpResponse:
    """Who waits in this line of 今日: no redirect, or its address would tell who before the reading is noted."""
    rows = errands.waiting(request.actor.account_id or 0)
    if not 1 <= line <= len(rows):
        raise Http404
    return _shown(request, rows[line - 1][2].pk)


@seen_by("staff")
@require_safe
def mind(request: Request, consent_pk: int) -> HttpResponse:
    return _shown(request, consent_pk)


def _shown(request: Request, consent_pk: int) -> HttpResponse:
    found = _consent(request, consent_pk)
    return render(request, "mentoring/minds/mind.html", {"consent": found, "talks": queries.talks(found)})


@seen_by("staff")
def note_talk(request: Request, consent_pk: int) -> HttpResponse:
    found = _consent(request, consent_pk)
    form = forms.TalkForm(sent(request))

    def note(data: dict[str, Any]) -> None:
        said = {name: data[name] for name in ("talked_on", "next_on", "attention", "key")}
        actions.note_talk(found, actor=request.actor, **said)

    if taken(form, note, {"mentoring.talked_on": "talked_on", "mentoring.next_on": "next_on"}):
        messages.success(request, _("记下了"))
        return redirect("mentoring:minds")
    return render(request, "mentoring/minds/talk.html", {"consent": found, "form": form}, status=status(form))


def _own(request: Request) -> YoungCadre:
    """Who asks, where it is on, or where something of theirs is still kept."""
    cadre = own_cadre(request.actor.account_id)
    if cadre is None or not (rules.is_on(cadre.county_id) or queries.consents_of(cadre).exists()):
        raise Http404
    return cadre


@seen_by(YOUNG_CADRE)
@require_safe
def own_mind(request: Request) -> HttpResponse:
    """Mine: yes or no, what is noted of me, and who read it."""
    cadre = _own(request)
    carers = queries.who_care(cadre)
    context = {
        "consent": queries.consent_of(cadre),
        "on": rules.is_on(cadre.county_id),
        "kept_days": rules.KEPT_DAYS,
        "carers": carers,
        "ready": len(carers) >= rules.LEAST_CARERS,
        "talks": queries.own_talks(cadre),
        "looks": queries.looks(cadre),
        "once": Keys(),
    }
    return render(request, "mentoring/minds/own.html", context)


@seen_by(YOUNG_CADRE)
@require_POST
def consent(request: Request) -> HttpResponse:
    cadre = _own(request)
    if not hooks.may(request.actor, "mentoring.consent_minds", cadre):
        raise Http404
    actions.consent_minds(cadre, actor=request.actor)
    messages.success(request, _("记下了。随时可以停。"))
    return redirect("mentoring:own_mind")


@seen_by(YOUNG_CADRE)
@require_POST
def withdraw(request: Request) -> HttpResponse:
    cadre = _own(request)
    actions.withdraw_minds(cadre, actor=request.actor)
    messages.success(request, _("停了，从现在起没有人再看得到。"))
    return redirect("mentoring:own_mind")
