"""The first pages: home, 今日, the village's page, 我的."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xianglin.base import clock
from xianglin.base.pages import Request, seen_by
from xianglin.base.registry import PROGRAMMES
from xianglin.commons.access.queries import demo_doors, home_area, posts, working_grant
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.queries import ancestors, is_on
from xianglin.commons.notices import queries as notices
from xianglin.commons.trail import chain
from xianglin.kernels.matters import marks, queries
from xianglin.kernels.matters.models import WORKED_ON, State
from xianglin.kernels.matters.views_public import place
from xianglin.ui.parts import Column, Crumb


@seen_by("everyone")
@require_safe
def home(request: Request) -> HttpResponse:
    villages = Area.objects.current().filter(level=Level.VILLAGE).order_by("code")[:8] if settings.DEMO else []
    return render(request, "portal/home.html", {"doors": demo_doors() if settings.DEMO else [], "villages": villages})


@seen_by("everyone")
@require_safe
def village(request: Request, code: str) -> HttpResponse:
    """What a village's notice board shows: read without logging in."""
    area = place(code)
    above = ancestors(area)
    county = next((a for a in above if a.level == Level.COUNTY), None)
    on = [p for p in PROGRAMMES.values() if county is not None and is_on(p.key, county, clock.today())]
    context: dict[str, Any] = {
        "area": area,
        "crumbs": [Crumb(a.name) for a in above if Level.COUNTY <= a.level < area.level],
        "sections": [section for programme in on for section in programme.sections],
        "today": clock.today(),
        **_everyones_matters(area),
    }
    return render(request, "portal/village.html", context)


def _everyones_matters(area: Area) -> dict[str, Any]:
    today = clock.today()
    unsettled, settled = queries.public_open(area), queries.public_ended(area)
    first = [*queries.soonest_first(unsettled)[:4], *queries.latest_first(settled)[:3]]
    waiting, done = queries.capped(unsettled), queries.capped(settled)
    return {
        "rows": marks.with_marks(first, today),
        "waiting": waiting,
        "done": done,
        "capped": max(waiting, done) >= queries.CAP,
    }


@seen_by("everyone")
@require_safe
def privacy(request: Request) -> HttpResponse:
    return render(request, "portal/privacy.html", {})


@seen_by("everyone")
@require_safe
def heads(request: Request) -> HttpResponse:
    """每日封签: the published heads, for anybody to write down. What is altered later fits them no more."""
    day, before, found = chain.published(_day(request.GET.get("on", "")))
    names = Area.objects.in_bulk([head.chain for head in found])
    rows = [
        (names[head.chain].name if head.chain in names else _("平台"), str(head.position), head.hash) for head in found
    ]
    columns = (Column(_("哪里")), Column(_("第几条"), number=True), Column(_("封签")))
    return render(request, "portal/heads.html", {"day": day, "before": before, "head": columns, "rows": rows})


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return clock.today()


@seen_by("staff")
@require_safe
def today(request: Request) -> HttpResponse:
    """今日: what waits for me, soonest first, one press from done."""
    grant = working_grant(request)
    assert grant is not None
    day = clock.today()
    receiving = grant.role in queries.RECEIVING
    new = [*queries.soonest_first(queries.to_receive(grant))[:20], *queries.to_hand_over(grant)[:20]]
    own = [
        *queries.soonest_first(queries.mine(request.actor.account_id).exclude(state=State.ANSWERED))[:20],
        *queries.soonest_first(queries.to_take(grant).filter(state__in=WORKED_ON))[:20],
    ]
    silent = queries.open_in(grant.area).filter(state=State.ANSWERED, next_on__lt=day) if receiving else None
    calls = list(queries.soonest_first(silent)[:10]) if silent is not None else []
    waiting = sorted(
        marks.with_marks(queries.read_titles({m.pk: m for m in (*new, *own, *calls)}.values()), day),
        key=lambda pair: pair[0].next_on,
    )
    answered = queries.mine(request.actor.account_id).filter(state=State.ANSWERED)
    context = {
        "waiting": waiting,
        "day": day,
        "grant": grant,
        "others": queries.capped(answered),
        "area": grant.area,
        "receiving": receiving,
        "posts": posts(request),
        "open_here": queries.capped(queries.open_for_grant(grant)),
    }
    return render(request, "portal/today.html", context)


@seen_by("account")
@require_safe
def me(request: Request) -> HttpResponse:
    account_id = request.actor.account_id
    said = queries.read_titles(queries.said_by(account_id)[: queries.PAGE])
    context = {"rows": marks.with_marks(said, clock.today()), "unread": notices.unread(account_id or 0)}
    return render(request, "portal/me.html", context)


@seen_by("account")
@require_safe
def my_village(request: Request) -> HttpResponse:
    area = home_area(request.actor)
    return redirect("portal:village", code=area.code) if area else redirect("portal:home")


@seen_by("account")
@require_safe
def my_say(request: Request) -> HttpResponse:
    area = home_area(request.actor)
    return redirect("matters:say", code=area.code) if area else redirect("portal:home")
