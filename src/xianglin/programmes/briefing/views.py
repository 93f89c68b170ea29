"""发布会: the village's conferences and reports, month by month; beginning this month's; its Party day and rules."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import clock, hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.access.queries import working_grant
from xianglin.commons.areas.models import Area, Level
from xianglin.kernels.bulletins import actions as bulletins
from xianglin.kernels.bulletins import queries as texts
from xianglin.kernels.bulletins.permissions import READING, WRITING
from xianglin.kernels.gatherings import queries as meetings

from . import actions, amiss, forms, months, queries
from .kinds import CONFERENCE, REPORT
from .relaying import queries as relaying


@seen_by(*READING)
@require_safe
def reports(request: Request) -> HttpResponse:
    """A village's reports; a town's villages month by month; above it, the newest."""
    grant = working_grant(request)
    assert grant is not None
    month = f"{clock.today():%Y-%m}"
    if grant.area.level == Level.TOWN:
        grid = months.grid(grant.area, REPORT, clock.today())
        asks = hooks.may(request.actor, "briefing.ask_village", grant.area)
        shown, more = amiss.to_look_into(grid)
        found = {"amiss": shown, "amiss_more": more, "explained": amiss.explained(grid)}
        return render(request, "briefing/months.html", {"area": grant.area, "grid": grid, "asks": asks, **found})
    rows = list(texts.in_reach(grant.area, REPORT))
    context = {
        "area": grant.area,
        "rows": rows,
        "month": clock.today(),
        "opens": hooks.may(request.actor, "bulletins.open", grant.area)
        and not any(row.period == month and row.area_id == grant.area_id for row in rows),
    }
    if grant.area.level == Level.VILLAGE:
        context |= _of_village(request, grant.area, month)
    return render(request, "briefing/reports.html", context)


def _of_village(request: Request, area: Area, month: str) -> dict[str, Any]:
    links = hooks.may(request.actor, "briefing.link_households", area)
    return {
        "village": True,
        "fixed": queries.party_day(area, month),
        "meeting": meetings.of_period(area, CONFERENCE, month),
        "tallies": queries.tallies(area),
        "articles": len(queries.articles(area)),
        "heard": relaying.heard_lately(area) if links else [],
        "links": links,
        "fixes": hooks.may(request.actor, "briefing.set_party_day", area),
        "keeps": hooks.may(request.actor, "briefing.set_articles", area),
    }


@seen_by(*WRITING)
@require_POST
def open_report(request: Request) -> HttpResponse:
    """备会: this month's conference on its Party day, and its text, drafted from the records."""
    grant = working_grant(request)
    assert grant is not None
    period = f"{clock.today():%Y-%m}"
    try:
        actions.plan_conference(grant.area, actor=request.actor, period=period)
        opened = bulletins.open_bulletin(grant.area, actor=request.actor, kind=REPORT, period=period)
    except Refused as refused:
        messages.error(request, str(refused.message))
        return redirect("briefing:reports")
    return redirect("bulletins:draft", opened.pk)


@seen_by(*WRITING)
def party_day(request: Request) -> HttpResponse:
    """主题党日: on which day of the month this village holds its conference."""
    grant = working_grant(request)
    assert grant is not None
    area = grant.area
    fixed = queries.party_day(area, f"{clock.today():%Y-%m}")
    initial = {"day": fixed.day, "at": fixed.at, "venue": fixed.venue} if fixed else None
    form = forms.PartyDayForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            kept = actions.set_party_day(
                area, actor=request.actor, day=data["day"], at=data["at"], venue=data["venue"], key=data["key"]
            )
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            told = _("党日定好了，从 %(month)d 月起算")
            messages.success(request, told % {"month": kept.from_on.month}, extra_tags="party-day")
            return redirect("briefing:reports")
    context = {"area": area, "form": form, "fixed": fixed}
    return render(request, "briefing/party_day.html", context, status=422 if form.is_bound else 200)


@seen_by(*WRITING)
def articles(request: Request) -> HttpResponse:
    """村规民约: pasted whole; an answer at the conference can cite its article."""
    grant = working_grant(request)
    assert grant is not None
    standing = queries.articles(grant.area)
    pasted = "\n".join(f"第 {a.number} 条 {a.text}" for a in standing)  # zh: as villages write their rules
    form = forms.ArticlesForm(request.POST if request.method == "POST" else None, initial={"pasted": pasted})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_articles(
                grant.area, actor=request.actor, pasted=form.cleaned_data["pasted"], key=form.cleaned_data["key"]
            )
        except Refused as refused:
            form.add_error("pasted", str(refused.message))
        else:
            messages.success(request, _("村规民约存好了"), extra_tags="articles")
            return redirect("briefing:reports")
    context = {"area": grant.area, "form": form}
    return render(request, "briefing/articles.html", context, status=422 if form.is_bound else 200)
