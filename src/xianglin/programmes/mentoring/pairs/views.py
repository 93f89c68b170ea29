"""A pair on one page: for the two, and for the officer, who has all pairs of the place by mentor."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.areas.models import Level
from xianglin.kernels.pairings.models import Pairing

from ..desk import officers_grant
from ..kinds import MENTOR, OFFICER, YOUNG_CADRE
from ..permissions import LISTED
from . import queries, rules
from .sections import SECTIONS, looked


def theirs(request: Request, pk: int) -> Pairing:
    found = queries.pair_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


@seen_by(*LISTED)
@require_safe
def pair(request: Request, pair_pk: int) -> HttpResponse:
    return render(request, "mentoring/pairs/pair.html", _shown(request, theirs(request, pair_pk)))


@seen_by(YOUNG_CADRE)
@require_safe
def plan(request: Request) -> HttpResponse:
    """我的计划: the pair in which I learn now; those before below it."""
    mine = queries.learning(request.actor.account_id)
    if not mine or not mine[0].open:
        return render(request, "mentoring/pairs/none.html", {"before": mine, "own": True})
    return render(request, "mentoring/pairs/pair.html", _shown(request, mine[0]) | {"before": mine[1:]})


@seen_by(MENTOR)
@require_safe
def led(request: Request) -> HttpResponse:
    """我带的人."""
    return render(request, "mentoring/pairs/led.html", {"rows": queries.leading(request.actor.account_id)})


@seen_by(OFFICER)
@require_safe
def pairs(request: Request) -> HttpResponse:
    """对子: a mentor with everybody he leads is one."""
    area, ended = officers_grant(request).area, request.GET.get("list") == "ended"
    page = queries.groups(area, request.GET.get("after", ""), ended=ended)
    more = f"?{'list=ended&' if ended else ''}after={page.after}" if page.after else ""
    context = {"area": area, "ended": ended, "page": page, "sizes": queries.sizes(area), "more_url": more}
    context["writes_terms"] = area.level == Level.COUNTY and hooks.may(
        request.actor, "mentoring.set_standard_terms", area
    )
    return render(request, "mentoring/pairs/pairs.html", context)


def _shown(request: Request, pairing: Pairing) -> dict[str, Any]:
    look = looked(request.actor, pairing)
    told = [(section, section.read(look)) for section in SECTIONS]
    cadre = queries.cadre_of(pairing)
    return {
        "pairing": pairing,
        "cadre": cadre,
        "mentor": queries.mentor_of(pairing),
        "learns": rules.is_cadre(request.actor, pairing),
        "leads": rules.is_mentor(request.actor, pairing),
        "judges": cadre is not None and queries.leads(request.actor, cadre),
        "runs": hooks.may(request.actor, "pairings.follow_up", pairing),
        "main": [(section.template, said) for section, said in told if not section.aside],
        "aside": [(section.template, said) for section, said in told if section.aside],
    }
