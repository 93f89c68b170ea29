"""The first pages: home, 今日, the village's page, 我的."""

import datetime as dt
from collections.abc import Iterable
from textwrap import wrap
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xianglin.base import clock
from xianglin.base.pages import Request, seen_by
from xianglin.base.registry import PROGRAMMES, Text
from xianglin.commons.access.queries import demo_doors, home_area, posts, working_grant
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.pages import place
from xianglin.commons.areas.queries import ancestors, children, is_on
from xianglin.commons.notices import queries as notices
from xianglin.commons.trail import chain
from xianglin.kernels.bulletins import queries as bulletins
from xianglin.kernels.matters import marks, queries
from xianglin.kernels.matters.models import Matter, State
from xianglin.ui.marks import Mark
from xianglin.ui.parts import Crumb

from .waiting import errands, waiting

_FIRST = 20  # of each sort that a page of 今日 shows
HASH_PIECE = 4  # characters: as one reads a hash out


@seen_by("everyone")
@require_safe
def home(request: Request) -> HttpResponse:
    """The demonstration's doors, and those of its villages whose page has a report to read."""
    context: dict[str, Any] = {}
    if settings.DEMO:
        villages = Area.objects.current().filter(level=Level.VILLAGE, pk__in=bulletins.have_published())
        context = {"doors": demo_doors(), "villages": villages.order_by("code")[:8]}
    return render(request, "portal/home.html", context)


@seen_by("everyone")
@require_safe
def village(request: Request, code: str) -> HttpResponse:
    """What a village's notice board shows: read without logging in. A wider place shows what lies in it."""
    area = place(code)
    above = ancestors(area)
    context: dict[str, Any] = {"area": area, "crumbs": [_crumb(a) for a in above if a.level < area.level]}
    if area.level < Level.VILLAGE:
        return render(request, "portal/places.html", context | _places(area))
    county = next((a for a in above if a.level == Level.COUNTY), None)
    on = [p for p in PROGRAMMES.values() if county is not None and is_on(p.key, county, clock.today())]
    context["crumbs"] = [_crumb(a) for a in above if Level.COUNTY <= a.level < area.level]
    context["sections"] = [(s.template, s.read(area)) for programme in on for s in programme.sections]
    return render(request, "portal/village.html", context | _everyones_matters(area))


def _crumb(area: Area) -> Crumb:
    return Crumb(area.name, reverse("portal:village", args=[area.code]))


def _places(area: Area) -> dict[str, Any]:
    """The places right below; and saying a word here, where somebody receives it."""
    say = {Level.COUNTY: _("跟县里说一句"), Level.TOWN: _("跟镇里说一句")}
    return {"places": children(area), "say": say.get(Level(area.level), "")}


def _everyones_matters(area: Area) -> dict[str, Any]:
    today = clock.today()
    unsettled, settled = queries.public_open(area), queries.public_ended(area)
    first = [*queries.soonest_first(unsettled)[:4], *queries.latest_first(settled)[:3]]
    waiting, done = queries.capped(unsettled), queries.capped(settled)
    return {"rows": marks.with_marks(first, today), "waiting": waiting, "done": done, "all": waiting + done}


@seen_by("everyone")
@require_safe
def privacy(request: Request) -> HttpResponse:
    return render(request, "portal/privacy.html", {})


@seen_by("everyone")
@require_safe
def feedback(request: Request) -> HttpResponse:
    """意见反馈: whom to tell what is wrong with the platform itself; what is wrong in the village is said there."""
    return render(request, "portal/feedback.html", {})


@seen_by("everyone")
@require_safe
def heads(request: Request) -> HttpResponse:
    """每日封签: the published heads, for anybody to write down. What is altered later fits them no more."""
    day, before, found = chain.published(_day(request.GET.get("on", "")))
    names = Area.objects.in_bulk([head.chain for head in found])
    rows = [
        (names[head.chain].name if head.chain in names else _("平台"), head.position, wrap(head.hash, HASH_PIECE))
        for head in found
    ]
    return render(request, "portal/heads.html", {"day": day, "before": before, "rows": rows})


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
    here = waiting(grant, request.actor.account_id)
    rest = [matter for rows in here.rest for matter in queries.soonest_first(rows)[:_FIRST]]
    rest.sort(key=lambda matter: (matter.next_on, matter.pk))
    new = _marked(queries.soonest_first(here.new)[:_FIRST])
    receiving = grant.role in queries.RECEIVING
    context = {
        "new": new,
        "rest": _marked(rest),
        "nothing_new": not new,
        "day": clock.today(),
        "grant": grant,
        "others": queries.capped(queries.mine(request.actor.account_id).filter(state=State.ANSWERED)),
        "area": grant.area,
        "receiving": receiving,
        "reads": grant.role in queries.READING,
        "errands": errands(request, grant, request.actor.account_id),
        "supervises": grant.role == bulletins.SUPERVISOR,
        "texts": bulletins.waiting_for(grant.role, grant.area)[:_FIRST],
        "administers": grant.role == "county_admin",
        "inspecting": grant.role == "town_inspector",
        "posts": posts(request),
        "open_here": queries.capped(queries.open_for_grant(grant)),
    }
    return render(request, "portal/today.html", context)


def _marked(matters: Iterable[Matter]) -> list[tuple[Matter, Mark, Text]]:
    return marks.with_marks(queries.read_titles(matters), clock.today())


@seen_by(*queries.RECEIVING)
@require_safe
def hand_in(request: Request) -> HttpResponse:
    """导入表格, for the menu: the page knows where its reader works."""
    grant = working_grant(request)
    assert grant is not None
    return redirect(f"{reverse('exchange:upload', args=['opinions'])}?area={grant.area.code}")


@seen_by("account")
@require_safe
def me(request: Request) -> HttpResponse:
    account_id = request.actor.account_id
    said = queries.read_titles(queries.said_by(account_id)[: queries.PAGE])
    staff = working_grant(request) is not None
    context = {
        "base": "ui/staff.html" if staff else "ui/villager.html",
        "staff": staff,
        "rows": marks.with_marks(said, clock.today()),
        "unread": notices.unread(account_id or 0),
    }
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
