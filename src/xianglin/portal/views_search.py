"""搜索: what is public, here or everywhere, the newest first. What was typed is written down nowhere."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from xianglin.base.logs import hide_after
from xianglin.base.pages import Request, seen_by
from xianglin.commons.access import limits
from xianglin.commons.access.queries import working_grant
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.pages import place
from xianglin.commons.areas.queries import ancestors
from xianglin.commons.search import queries
from xianglin.commons.search.declare import REGISTRY
from xianglin.commons.search.excerpts import Piece, excerpt, marked
from xianglin.commons.search.models import Document
from xianglin.commons.search.queries import Found
from xianglin.ui.parts import Crumb

# Of those who are not logged in; one village may share one address behind its operator.
SEARCHING = limits.Limit("search", 300, 600)
hide_after("/search/?q=")  # whoever logs an address does not log what was looked for


@seen_by("everyone")
@cache_control(private=True)
@require_safe
def search(request: Request) -> HttpResponse:
    typed = request.GET.get("q", "").strip()
    code, kind = request.GET.get("area", ""), request.GET.get("kind", "")
    area = place(code) if code else None
    kind = kind if kind in REGISTRY else ""
    told = {"q": typed, "area": code, "kind": kind}
    too_many = bool(typed) and _asks_too_much(request)
    found = Found((), (), 0, None) if too_many else _find(request, typed, area, kind)
    context = {
        "base": "ui/staff.html" if working_grant(request) is not None else "ui/villager.html",
        **told,
        "area": area,
        "too_many": too_many,
        "found": found,
        "rows": [_row(document, found) for document in found.rows],
        "first_page": "after" not in request.GET,
        "places": _places(area, told),
        "kinds": [(label, _address(told, kind=key), key == kind) for key, label in _kinds()],
        "everywhere": _address(told, area=""),
        "more_url": _address(told, after=found.after) if found.after else "",
        "title_only": any(len(word.units) == 1 and not word.units[0].isascii() for word in found.words),
    }
    return render(request, "portal/search.html", context, status=429 if too_many else 200)


def _asks_too_much(request: Request) -> bool:
    return request.actor.kind == "nobody" and not limits.count(SEARCHING, request.actor.origin or "none")


def _find(request: Request, typed: str, area: Area | None, kind: str) -> Found:
    after = request.GET.get("after", "")
    behind = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else None
    return queries.find(typed, area=area, kind=kind, after=behind)


def _row(document: Document, found: Found) -> tuple[Document, Any, list[Piece], list[Piece]]:
    kind = REGISTRY.get(document.kind)
    label = kind.label if kind else ""
    return document, label, marked(document.title, found.words), excerpt(document.text, found.words)


def _kinds() -> list[tuple[str, Any]]:
    return [("", _("全部")), *((kind.key, kind.label) for kind in REGISTRY.values())]


def _places(area: Area | None, told: dict[str, str]) -> list[Crumb]:
    """The place and what it lies in, up to its county, to look there instead; then everywhere."""
    if area is None:
        return []
    near = [one for one in ancestors(area) if one.level >= min(Level.COUNTY, area.level)]
    return [Crumb(one.name, _address(told, area=one.code)) for one in reversed(near)]


def _address(told: dict[str, str], **changed: Any) -> str:
    """This page with something changed; from its beginning, and without what is blank."""
    asked = {key: value for key, value in {**told, **changed}.items() if value or key == "q"}
    return f"{reverse('portal:search')}?{urlencode(asked)}"
