"""大家在说什么: a place's matters of some months by category, each count opening the records it was counted from."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianglin.base import clock
from xianglin.base.months import month_before, next_month
from xianglin.base.pages import Request, seen_by
from xianglin.commons.access.models import Grant
from xianglin.commons.access.queries import working_grant
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.pages import place
from xianglin.commons.areas.queries import ancestors, children
from xianglin.ui.parts import Cell, Column, Crumb

from . import likeness, marks, queries, topics

SPANS = {1: _("一个月"), 3: _("三个月"), 12: _("一年")}
STATES = {"": _("提了"), "open": _("没了结"), "settled": _("办好了"), "else": _("别的了结")}
UNSORTED = _("还没分类")


@dataclass(frozen=True)
class Here:
    """Where and which months somebody looks at, under which grant."""

    grant: Grant
    area: Area
    period: topics.Period

    @property
    def rows(self) -> queries.Set:
        return topics.said(self.grant, self.area, self.period)

    def query(
        self,
        asked: Mapping[str, str] | None = None,
        *,
        area: Area | None = None,
        month: dt.date | None = None,
        months: int = 0,
    ) -> str:
        """An address's end: here and these months, or others, with what else was ``asked`` for."""
        where = {"area": (area or self.area).code, "month": f"{month or self.period.last:%Y-%m}"}
        return urlencode({**where, "months": months or self.period.count, **(asked or {})})


def _here(request: Request) -> Here:
    grant = working_grant(request)
    assert grant is not None
    area = place(request.GET["area"]) if request.GET.get("area") else grant.area
    if getattr(area, grant.area.column) != grant.area_id:
        raise Http404
    this = clock.today().replace(day=1)
    try:
        month = min(dt.date.fromisoformat(f"{request.GET.get('month', '')}-01"), this)
    except ValueError:
        month = this
    months = request.GET.get("months", "")
    count = int(months) if months in {str(n) for n in topics.SPANS} else topics.SPANS[0]
    return Here(grant, area, topics.Period(month, count))


def _frame(here: Here, asked: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What both pages show: where we are, how far up, the months beside, and how many at once."""
    above = [one for one in ancestors(here.area) if here.grant.area.level <= one.level <= here.area.level]
    month, this = here.period.last, clock.today().replace(day=1)
    return {
        "area": here.area,
        "period": here.period,
        "crumbs": [Crumb(one.name, f"?{here.query(asked, area=one)}") for one in above],
        "before": f"?{here.query(asked, month=month_before(month))}",
        "after": f"?{here.query(asked, month=next_month(month))}" if month < this else "",
        "spans": [
            (label, f"?{here.query(asked, months=count)}", count == here.period.count) for count, label in SPANS.items()
        ],
    }


@seen_by(*queries.READING)
@require_safe
def topics_page(request: Request) -> HttpResponse:
    here = _here(request)
    found = topics.by_category(here.rows)
    below = list(children(here.area)) if here.area.level < Level.VILLAGE else []
    context = _frame(here) | {
        "head": [Column(_("说的是")), *(Column(label, number=True) for label in STATES.values())],
        "table": [_line(topic, here) for topic in found],
        "raised": sum(topic.raised for topic in found),
        "places": [(one.name, f"?{here.query(area=one)}") for one in below],
    }
    return render(request, "matters/topics.html", context)


def _line(topic: topics.Topic, here: Here) -> list[Cell]:
    counts = zip(STATES, (topic.raised, topic.open, topic.settled, topic.otherwise), strict=True)
    name = Cell(topic.category or UNSORTED, _opened(here, topic.category, ""))
    return [name, *(Cell(str(n), _opened(here, topic.category, state) if n else "") for state, n in counts)]


def _opened(here: Here, category: str, state: str) -> str:
    return f"{reverse('matters:topic')}?{here.query({'category': category, 'state': state})}"


@seen_by(*queries.READING)
@require_safe
def records(request: Request) -> HttpResponse:
    """A count opened: the matters that it was counted from, and which of them say much the same."""
    here, category = _here(request), request.GET.get("category", "")
    which = request.GET.get("state", "")
    which = which if which in STATES else ""
    rows = topics.standing(here.rows.filter(category=category), which)
    try:
        shown, after = topics.page(rows, request.GET.get("after", ""))
    except ValueError:
        raise Http404 from None
    compared, cut = topics.newest(rows)
    queries.titled_for(here.grant, [*shown, *compared])
    today, asked = clock.today(), {"category": category, "state": which}
    context = _frame(here, asked) | {
        "category": category or UNSORTED,
        "count": rows.count(),
        "states": [(label, _opened(here, category, state), state == which) for state, label in STATES.items()],
        "rows": marks.with_marks(shown, today),
        "groups": [marks.with_marks(group.matters, today) for group in topics.groups(compared)],
        "compared": likeness.LOOKED_THROUGH if cut else 0,
        "many_places": here.area.level < Level.VILLAGE,
        "more_url": f"?{here.query({**asked, 'after': after})}" if after else "",
        "all_topics": f"{reverse('matters:topics')}?{here.query()}",
    }
    return render(request, "matters/topic.html", context)
