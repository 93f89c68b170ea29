"""和青社: what is coming, whose hours, and for the officer the series and the next session."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.access.queries import holds, working_grant
from xianglin.commons.areas.models import Area
from xianglin.kernels.gatherings import actions as gatherings
from xianglin.kernels.gatherings import queries_sessions as sessions
from xianglin.kernels.gatherings.fields import FIELDS as SESSION_FIELDS
from xianglin.kernels.gatherings.models import Gathering, Series, State
from xianglin.ui.forms import Keys, OnceForm, sent, status, taken

from ..abilities.queries import catalogue
from ..desk import officers_grant
from ..kinds import COURSE, OFFICER
from ..permissions import LISTED
from ..registers.queries import own_cadre, own_mentor
from . import actions, forms, queries
from .models import Course
from .showing import hours_of

FIELDS = {"mentoring.no_teacher": "teacher"}


@seen_by(*LISTED)
@require_safe
def courses(request: Request) -> HttpResponse:
    """What is coming; a cadre's own hours and what fills their gaps; an officer's series. ``?list=over``: what was."""
    actor, runs = request.actor, holds(request.actor, OFFICER)
    area, over = _area(request, runs=runs), request.GET.get("list") == "over"
    cadre = own_cadre(actor.account_id)
    if over:
        rows = queries.over_for(area) if runs else queries.over_near(actor.account_id or 0)
        found = queries.cards(rows[: queries.SHOWN], actor.account_id)
    else:
        found = queries.cards(queries.coming_for(area), actor.account_id)
    suggested = queries.suggestions(cadre, found) if cadre is not None and not over else []
    context = {
        "area": area,
        "runs": runs,
        "over": over,
        "cards": [one for one in found if one not in [each.card for each in suggested]],
        "series": list(queries.open_series(area)[: queries.SHOWN]) if runs and not over else [],
        "suggestions": suggested,
        "own": cadre is not None,
        "form": Keys(),
        **(hours_of(cadre.account_id) if cadre is not None else {}),
    }
    return render(request, "mentoring/courses/courses.html", context)


def _area(request: Request, *, runs: bool) -> Area:
    """An officer's own; else where somebody works as it stands in the register."""
    if runs:
        return officers_grant(request).area
    listed = own_cadre(request.actor.account_id) or own_mentor(request.actor.account_id)
    if listed is not None:
        return listed.area
    grant = working_grant(request)
    assert grant is not None  # the page is for those who hold a role
    return grant.area


@seen_by(OFFICER)
def open_series(request: Request) -> HttpResponse:
    area = officers_grant(request).area
    form = forms.SeriesForm(sent(request), abilities=catalogue(area))
    made: list[Series] = []

    def do(data: dict[str, Any]) -> None:
        said = {"title": data["title"], "about": data["about"], "ability_ids": data["abilities"], "key": data["key"]}
        made.append(actions.open_course_series(area, actor=request.actor, **said))

    if taken(form, do, {"gatherings.no_reason": "title", "gatherings.leak": "title"}):
        messages.success(request, _("系列开好了，接着安排第一课"), extra_tags="course_series")
        return redirect(f"{reverse('mentoring:plan_course')}?series={made[0].pk}")
    context = {"form": form, "label": _("开一个系列"), "draft": "course_series"}
    return render(request, "mentoring/courses/form.html", context, status=status(form))


def _series(request: Request, pk: int) -> Series:
    found = sessions.series_for(request.actor, pk)
    if found is None or found.kind != COURSE:
        raise Http404
    return found


@seen_by(*LISTED)
@require_safe
def series(request: Request, series_pk: int) -> HttpResponse:
    shown = _series(request, series_pk)
    rows = sessions.sessions_of(shown).select_related("area", "series")[: queries.SHOWN]
    context = {
        "series": shown,
        "abilities": queries.abilities_of(shown),
        "cards": queries.cards(rows, request.actor.account_id),
        "runs": hooks.may(request.actor, "gatherings.end_series", shown),
        "feed": request.build_absolute_uri(reverse("gatherings:series_calendar", args=[shown.feed])),
        "form": OnceForm(),
    }
    return render(request, "mentoring/courses/series.html", context)


@seen_by(OFFICER)
@require_POST
def end_series(request: Request, series_pk: int) -> HttpResponse:
    shown, form = _series(request, series_pk), OnceForm(request.POST)
    if not hooks.may(request.actor, "gatherings.end_series", shown):
        raise Http404
    if form.is_valid():
        gatherings.end_series(shown, actor=request.actor, key=form.cleaned_data["key"])
        messages.success(request, _("这个系列办完了"))
    return redirect("mentoring:course_series", shown.pk)


@seen_by(OFFICER)
def plan(request: Request) -> HttpResponse:
    area = officers_grant(request).area
    known = list(queries.open_series(area)[: queries.SHOWN])
    asked = next((one for one in known if str(one.pk) == request.GET.get("series")), None)
    form = forms.PlanForm(
        sent(request),
        series=known,
        abilities=catalogue(area),
        first=[one.pk for one in queries.abilities_of(asked)] if asked else (),
        initial={"series": asked.pk if asked else ""},
    )
    made: list[Gathering] = []

    def do(data: dict[str, Any]) -> None:
        said = {"plan": form.plan, "lesson": form.lesson, "series": form.chosen, "key": data["key"]}
        made.append(actions.plan_course(area, actor=request.actor, **said))

    if taken(form, do, {**SESSION_FIELDS, **FIELDS, "gatherings.no_reason": "title", "gatherings.leak": "title"}):
        messages.success(request, _("课安排好了，现在就能报名"), extra_tags="course")
        return redirect("gatherings:session", made[0].pk)
    context = {"form": form, "label": _("安排一次课"), "draft": "course"}
    return render(request, "mentoring/courses/plan.html", context, status=status(form))


@seen_by(OFFICER)
def amend(request: Request, course_pk: int) -> HttpResponse:
    """Another teacher, other abilities or hours."""
    course = Course.objects.select_related("session__area").filter(pk=course_pk).first()
    if course is None or not hooks.may(request.actor, "mentoring.amend_course", course):
        raise Http404
    if course.session.state != State.PLANNED:
        return redirect("gatherings:session", course.pk)
    standing = {f"hours_{one.ability_id}": one.hours for one in queries.course_of(course.session)[1]}
    initial = {"teacher": course.teacher, **standing}
    first = [int(name.removeprefix("hours_")) for name in standing]
    form = forms.LessonForm(sent(request), abilities=catalogue(course.area), first=first, initial=initial)

    def do(data: dict[str, Any]) -> None:
        actions.amend_course(course, actor=request.actor, lesson=form.lesson, key=data["key"])

    if taken(form, do, FIELDS):
        messages.success(request, _("改好了"), extra_tags=f"course:{course.pk}")
        return redirect("gatherings:session", course.pk)
    context = {"form": form, "label": _("改讲课的人和能力"), "draft": f"course:{course.pk}", "session": course.session}
    return render(request, "mentoring/courses/plan.html", context, status=status(form))
