"""发布会: the village's reports, month by month, and beginning this month's."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import clock, hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.access.queries import working_grant
from xianglin.commons.areas.models import Level
from xianglin.kernels.bulletins import actions, queries
from xianglin.kernels.bulletins.permissions import READING, WRITING

from . import months

REPORT = "briefing.report"


@seen_by(*READING)
@require_safe
def reports(request: Request) -> HttpResponse:
    """A village's reports; a town's villages month by month; above it, the newest."""
    grant = working_grant(request)
    assert grant is not None
    month = f"{clock.today():%Y-%m}"
    if grant.area.level == Level.TOWN:
        shown = {"area": grant.area, "grid": months.grid(grant.area, REPORT, clock.today())}
        return render(request, "briefing/months.html", shown)
    rows = list(queries.in_reach(grant.area, REPORT))
    context = {
        "area": grant.area,
        "rows": rows,
        "month": clock.today(),
        "opens": hooks.may(request.actor, "bulletins.open", grant.area)
        and not any(row.period == month and row.area_id == grant.area_id for row in rows),
    }
    return render(request, "briefing/reports.html", context)


@seen_by(*WRITING)
@require_POST
def open_report(request: Request) -> HttpResponse:
    """备会: this month's text, drafted from the records."""
    grant = working_grant(request)
    assert grant is not None
    try:
        opened = actions.open_bulletin(grant.area, actor=request.actor, kind=REPORT, period=f"{clock.today():%Y-%m}")
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("briefing:reports")
    return redirect("bulletins:draft", opened.pk)
