"""走访: the village's households door by door, and 记一笔 at each; also for a device that was without a network."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from xianglin.base import clock, hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Grant
from xianglin.commons.access.queries import working_grant
from xianglin.commons.files.forms import with_uploads
from xianglin.commons.people import queries as people
from xianglin.commons.people.models import Household
from xianglin.kernels.matters.queries import READING

from . import actions_visits, rules
from . import queries_visits as queries
from .forms_visits import RoundForm, VisitForm
from .models import Visit
from .permissions import RECORDING

LIST_OF = "X-Visits-Of"  # whose list a page holds: the worker keeps it under this mark, and one account's at a time


def _grant(request: Request) -> Grant:
    grant = working_grant(request)
    assert grant is not None  # the page is for staff
    return grant


@seen_by(*RECORDING)
@require_safe
def visits(request: Request) -> HttpResponse:
    """The village's households by group, all on one page with an empty form, for when there is no network."""
    area, typed = _grant(request).area, request.GET.get("q", "")[:40]
    groups = queries.doors(area, actor=request.actor)
    total, heard = sum(len(group.doors) for group in groups), sum(group.heard for group in groups)
    mark = queries.device_mark(request.actor)
    context = {
        "area": area,
        "groups": queries.found(groups, typed) if typed.strip() else groups,
        "q": typed,
        "total": total,
        "heard": heard,
        "month": clock.today(),
        "mark": mark,
        "form": VisitForm(),
        "imports": hooks.may(request.actor, "people.note_household", area),
    }
    page = render(request, "briefing/visits.html", context)
    if not typed:
        page[LIST_OF] = mark
    return page


@seen_by(*READING)
def visit(request: Request, household_pk: int) -> HttpResponse:
    """One door: when it was visited, and for who goes there, 记一笔."""
    area = _grant(request).area
    household = people.household_in(area, household_pk)
    if household is None:
        raise Http404
    notes = hooks.may(request.actor, "briefing.note_visit", household)
    form = with_uploads(VisitForm(request.POST if request.method == "POST" else None), request)
    if request.method == "POST":
        if not notes:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return _note(request, household, form)
    return render(request, "briefing/visit.html", _shown(request, household, form, notes))


def _shown(request: Request, household: Household, form: VisitForm, notes: bool) -> dict[str, Any]:
    people.read_householders([household], actor=request.actor)
    reads = hooks.may(request.actor, "people.read_household", household)
    return {
        "area": household.area,
        "household": household,
        "notes": notes,
        "phone": people.read_phone(household, actor=request.actor),
        "before": queries.lately(household, reads=reads),
        "draft": f"visit:{household.pk}",
        "form": form,
        "mark": queries.device_mark(request.actor),
    }


def _note(request: Request, household: Household, form: VisitForm) -> HttpResponse:
    """Keep it. A device that sends from its queue asks for JSON; what it sent before is told to be there."""
    sends = request.headers.get("Accept", "") == "application/json"
    valid, key = form.is_valid(), form.cleaned_data.get("key")
    if sends and key and (known := queries.noted_before(key, household, request.actor)):
        return _told(known)
    if valid:
        try:
            kept = _keep(request, household, form.cleaned_data)
        except Refused as refused:
            again = queries.noted_before(form.cleaned_data["key"], household, request.actor)
            if sends and again:
                return _told(again)  # two pages of one device sent it at once
            form.refuse(refused)
        else:
            return _told(kept) if sends else _back(request, household, kept)
    if sends:
        return JsonResponse({"code": "visits.refused", "message": form.sentences()}, status=422)
    return render(request, "briefing/visit.html", _shown(request, household, form, True), status=422)


def _keep(request: Request, household: Household, data: dict[str, Any]) -> Visit:
    ago = dt.timedelta(seconds=data["ago"] or 0)
    if ago > dt.timedelta(days=rules.VISIT_DAYS):
        ago = dt.timedelta()  # a device whose clock jumped
    heard = actions_visits.Heard(
        words=data["words"],
        uploads=(*data["voice"], *data["photos"]),
        name=data["name"],
        phone=data["phone"],
        note=data["note"],
    )
    at = clock.now() - ago
    return actions_visits.note_visit(household, actor=request.actor, key=data["key"], heard=heard, at=at)


def _told(kept: Visit) -> HttpResponse:
    matter = kept.matter
    told = {"key": str(kept.key), "slip": matter.slip if matter is not None else ""}
    return JsonResponse(told | {"matter": matter.pk if matter is not None else 0})


def _back(request: Request, household: Household, kept: Visit) -> HttpResponse:
    told = _("%(door)s存好了") % {"door": household.door}
    if kept.matter is not None:
        told = _("%(door)s存好了，编号 %(slip)s") % {"door": household.door, "slip": kept.matter.slip}
    messages.success(request, told, extra_tags=f"visit:{household.pk}")
    return redirect("briefing:visits")


@seen_by(*RECORDING)
def visit_round(request: Request) -> HttpResponse:
    """Doors at which nobody had anything to say, ticked off together."""
    area = _grant(request).area
    groups = queries.doors(area, actor=request.actor)
    left = [(one.household.pk, one.household.door) for group in groups for one in group.doors if not one.visited_on]
    form = RoundForm(request.POST if request.method == "POST" else None, doors=left)
    if request.method == "POST" and form.is_valid():
        ticked = form.cleaned_data["doors"]
        try:
            actions_visits.note_round(area, actor=request.actor, households=ticked, key=form.cleaned_data["key"])
        except Refused as refused:
            form.add_error("doors", str(refused.message))
        else:
            messages.success(request, _("%(count)d 户存好了") % {"count": len(ticked)})
            return redirect("briefing:visits")
    ticked_before = {int(pk) for pk in form["doors"].value() or [] if str(pk).isdecimal()}
    context = {"area": area, "groups": groups, "form": form, "ticked": ticked_before, "month": clock.today()}
    return render(request, "briefing/visit_round.html", context, status=422 if form.is_bound else 200)


@seen_by(*RECORDING)
@never_cache
@require_safe
def device_state(request: Request) -> HttpResponse:
    """Who is logged in on this device, and a token that counts now: what was kept is sent under them."""
    return JsonResponse({"mark": queries.device_mark(request.actor), "token": get_token(request)})


@seen_by("everyone")
@cache_control(no_cache=True)
@require_safe
def worker(request: Request) -> HttpResponse:
    """The script that shows these pages without a network; its address bounds what it may touch."""
    return render(request, "briefing/worker.js", {"static_url": settings.STATIC_URL}, content_type="text/javascript")
