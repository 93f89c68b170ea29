"""数字: a place's figures, and behind each the records that it was counted from."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianglin.base import clock, hooks
from xianglin.base.measure import Measure
from xianglin.base.months import month_before, months_to, next_month
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Grant
from xianglin.commons.access.queries import programme_of, roles_that_may, working_grant
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.pages import place
from xianglin.commons.areas.queries import ancestors, children, programmes_on
from xianglin.ui.parts import Cell, Column, Crumb, Spark, spark

from . import exports, queries, rules
from .declare import REGISTRY
from .permissions import SEE


@dataclass(frozen=True)
class Here:
    """Where and when somebody looks, under which grant, and the measures that are theirs there."""

    grant: Grant
    area: Area
    month: dt.date
    measures: Sequence[Measure]

    def query(self, *, area: Area | None = None, month: dt.date | None = None) -> str:
        return urlencode({"area": (area or self.area).code, "month": f"{month or self.month:%Y-%m}"})


@dataclass(frozen=True)
class Shown:
    """A figure as a page draws it: ``table`` tells its months, which the line only hints at."""

    figure: queries.Figure
    url: str
    points: Spark
    head: Sequence[Column]
    table: Sequence[Sequence[str]]
    whole: str  # "…: 9 件", what it is a part of


def _here(request: Request) -> Here:
    grant = working_grant(request)
    assert grant is not None
    area = place(request.GET["area"]) if request.GET.get("area") else grant.area
    if grant.role not in roles_that_may(SEE) or not hooks.may(request.actor, SEE, area):
        raise Http404
    on = programmes_on(area, clock.today())
    return Here(grant, area, _month(request), rules.open_to(REGISTRY.values(), grant.role, programme_of(grant), on))


def _month(request: Request) -> dt.date:
    this = clock.today().replace(day=1)
    try:
        return min(rules.month_named(request.GET.get("month", "")), this)
    except Refused:
        return this


@seen_by(f"may {SEE}")
@require_safe
def figures(request: Request) -> HttpResponse:
    here = _here(request)
    months = months_to(here.month)
    shown = [_shown(figure, months, here) for figure in queries.figures(here.measures, here.area, months)]
    below = list(children(here.area)) if here.area.level < Level.VILLAGE else []
    places = [(one.name, f"?{here.query(area=one)}") for one in below]
    return render(request, "indicators/figures.html", _frame(here) | {"figures": shown, "places": places})


def _shown(figure: queries.Figure, months: Sequence[dt.date], here: Here) -> Shown:
    measure = figure.measure
    head = [Column(_("月份")), Column(measure.name, number=True)]
    columns: list[Sequence[Any]] = [[f"{month:%Y-%m}" for month in months], figure.values]
    whole = ""
    if measure.out_of:
        of = REGISTRY[measure.out_of]
        head.append(Column(of.name, number=True))
        columns.append(figure.whole)
        told = {"name": of.name, "count": figure.whole[-1], "unit": of.unit}
        whole = str(_("%(name)s：%(count)d %(unit)s") % told)
    table = [[str(cell) for cell in row] for row in zip(*columns, strict=True)][::-1]
    url = f"{reverse('indicators:measure', args=[measure.code])}?{here.query()}"
    return Shown(figure, url, spark(figure.values), head, table, whole)


def _frame(here: Here) -> dict[str, Any]:
    """What both pages show: where we are, how far up, and the months beside."""
    above = [one for one in ancestors(here.area) if here.grant.area.level <= one.level <= here.area.level]
    this = clock.today().replace(day=1)
    return {
        "area": here.area,
        "month": here.month,
        "crumbs": [Crumb(one.name, f"?{here.query(area=one)}") for one in above],
        "query": here.query(),
        "before": f"?{here.query(month=month_before(here.month))}",
        "after": f"?{here.query(month=next_month(here.month))}" if here.month < this else "",
    }


@seen_by(f"may {SEE}")
@require_safe
def measure(request: Request, measure: str) -> HttpResponse:
    """A figure opened: its definition, its places, and what was counted, as far as it is the reader's to read."""
    here, wanted = _opened(request, measure)
    rows = queries.rows_of(wanted, here.area, here.month)
    readable = wanted.within(here.grant.scope, rows)
    try:
        page = queries.page(wanted, readable, request.GET.get("from", ""))
    except ValueError:
        raise Http404 from None
    value = queries.total(wanted, here.area, here.month)
    context = _frame(here) | {
        "measure": wanted,
        "value": value,
        "whole": REGISTRY.get(wanted.out_of),
        "whole_value": queries.total(REGISTRY[wanted.out_of], here.area, here.month) if wanted.out_of else 0,
        "hidden": bool(here.grant.scope) and rows.count() - readable.count(),
        "records": page.records,
        "more_url": f"?{here.query()}&{urlencode({'from': page.after})}" if page.after else "",
        "all_figures": f"{reverse('indicators:figures')}?{here.query()}",
    }
    return render(request, "indicators/measure.html", context | _places(wanted, here))


def _opened(request: Request, code: str) -> tuple[Here, Measure]:
    here = _here(request)
    wanted = next((m for m in here.measures if m.code == code), None)
    if wanted is None:
        raise Http404
    return here, wanted


def _places(wanted: Measure, here: Here) -> dict[str, Any]:
    """The places right below, by code and never ranked, each leading to its own figure."""
    if here.area.level >= Level.VILLAGE:
        return {"places": []}
    values = queries.by_place(wanted, here.area, here.month)
    rows = [
        [Cell(one.name, f"?{here.query(area=one)}"), Cell(str(values.get(one.pk, 0)))] for one in children(here.area)
    ]
    return {"places": rows, "places_head": [Column(_("按编号，不排名")), Column(wanted.unit, number=True)]}


@seen_by(f"may {SEE}")
@require_safe
def sheet(request: Request, form: str) -> FileResponse:
    """The page of figures as a sheet, a line for each figure, a column for each month."""
    here = _here(request)
    return exports.figures_sheet(_form(form), here.measures, here.area, months_to(here.month))


@seen_by(f"may {SEE}")
@require_safe
def records_sheet(request: Request, measure: str, form: str) -> FileResponse:
    """What was counted as a sheet, as far as it is the reader's to read."""
    here, wanted = _opened(request, measure)
    rows = wanted.within(here.grant.scope, queries.rows_of(wanted, here.area, here.month))
    return exports.records_sheet(_form(form), wanted, rows, here.area, here.month)


def _form(text: str) -> exports.Form:
    try:
        return exports.Form(text)
    except ValueError:
        raise Http404 from None
