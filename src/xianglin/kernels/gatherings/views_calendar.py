"""Sessions in the calendar of one's telephone (RFC 5545)."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from xianglin.base import clock
from xianglin.base.pages import Request, seen_by

from . import queries_sessions as queries
from .ical import calendar
from .models import Gathering
from .views_sessions import theirs

TYPE = "text/calendar; charset=utf-8"


@seen_by("account")
@require_safe
def session(request: Request, session_pk: int) -> HttpResponse:
    shown = theirs(request, session_pk)
    answer = _answer(request, [shown], shown.title)
    answer["Content-Disposition"] = f'attachment; filename="session-{shown.pk}.ics"'
    return answer


@seen_by("everyone")
@require_safe
def series(request: Request, series_feed: UUID) -> HttpResponse:
    """What a calendar asks for by itself, without logging in: whoever knows the address reads it; no name is in it."""
    found = queries.by_feed(series_feed)
    if found is None:
        raise Http404
    return _answer(request, queries.in_calendar(found), found.title)


def _answer(request: Request, sessions: Iterable[Gathering], name: str) -> HttpResponse:
    pages = [(one, request.build_absolute_uri(reverse("gatherings:session", args=[one.pk]))) for one in sessions]
    return HttpResponse(calendar(pages, name=name, now=clock.now()), content_type=TYPE)
