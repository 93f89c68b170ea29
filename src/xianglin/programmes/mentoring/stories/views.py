"""红色故事库: read by the county's mentors, young cadres and officers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.access.models import Grant
from xianglin.commons.access.queries import holds, reach, working_grant
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import resolve
from xianglin.commons.files import serving
from xianglin.commons.files.forms import with_uploads
from xianglin.ui.forms import sent, status, taken

from ..kinds import OFFICER
from ..teams.queries import tells
from ..teams.views import GOING
from . import actions, forms, queries
from .models import Story

PAGE = 50


def _grant(request: Request) -> Grant:
    """By which they read stories: the one that they work under, else the first."""
    held = [one for one in reach(request.actor) if one.role in GOING]
    return next((one for one in held if one == working_grant(request)), held[0])


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 16 else None


@seen_by(*GOING)
@require_safe
def stories(request: Request) -> HttpResponse:
    county_id, officer = _grant(request).area.county_id, holds(request.actor, OFFICER)
    withdrawn = officer and request.GET.get("list") == "withdrawn"
    place, before = (_number(request.GET.get(name, "")) for name in ("place", "before"))
    rows = queries.stories(county_id, place_id=place, withdrawn=withdrawn)
    found = list(rows.filter(pk__lt=before)[: PAGE + 1] if before else rows[: PAGE + 1])
    kept = {"place": place, "list": "withdrawn" if withdrawn else ""}
    more = "&".join(f"{name}={value}" for name, value in kept.items() if value)
    context = {
        "rows": found[:PAGE],
        "more_url": f"?{more}&before={found[PAGE - 1].pk}" if len(found) > PAGE else "",
        "places": queries.places(county_id),
        "place": place,
        "withdrawn": withdrawn,
        "officer": officer,
        "writes": officer or tells(request.actor.account_id),
    }
    return render(request, "mentoring/stories/stories.html", context)


def _story(request: Request, pk: int, action: str = "mentoring.see_story") -> Story:
    found = queries.story_for(request.actor, pk)
    changes = action != "mentoring.see_story"
    if found is None or (changes and not (found.shown and hooks.may(request.actor, action, found))):
        raise Http404
    return found


@seen_by(*GOING)
@require_safe
def story(request: Request, story_pk: int) -> HttpResponse:
    found = _story(request, story_pk)
    context = {
        "story": found,
        "told": queries.tellings(found),
        "versions": queries.versions(found),
        "corrects": found.shown and hooks.may(request.actor, "mentoring.correct_story", found),
    }
    return render(request, "mentoring/stories/story.html", context)


@seen_by(*GOING)
@require_safe
def picture(request: Request, story_pk: int) -> HttpResponse:
    found = _story(request, story_pk)
    if found.picture is None:
        raise Http404
    return serving.respond(request, found.picture, small="small" in request.GET)


@seen_by(*GOING)
def note_story(request: Request) -> HttpResponse:
    if not holds(request.actor, OFFICER) and not tells(request.actor.account_id):
        raise Http404
    county = Area.objects.get(pk=_grant(request).area.county_id or 0)
    form = with_uploads(forms.StoryForm(sent(request)), request)
    made: list[Story] = []

    def note(data: dict[str, Any]) -> None:
        place = resolve(data["place"], county)
        said: dict[str, Any] = {"said": form.said, "first": form.first, "key": data["key"]}
        made.append(actions.note_story(place, actor=request.actor, **said))

    if taken(form, note, forms.FIELDS):
        messages.success(request, _("收进故事库了"), extra_tags="story")
        return redirect("mentoring:story", made[0].pk)
    return render(request, "mentoring/stories/story_form.html", {"form": form}, status=status(form))


@seen_by(*GOING)
def correct_story(request: Request, story_pk: int) -> HttpResponse:
    found = _story(request, story_pk, "mentoring.correct_story")
    form = forms.CorrectForm(sent(request), initial=forms.of_story(found))

    def correct(data: dict[str, Any]) -> None:
        said: dict[str, Any] = {"said": form.said, "reason": data["reason"], "key": data["key"]}
        actions.correct_story(found, actor=request.actor, **said)

    if taken(form, correct, forms.FIELDS):
        messages.success(request, _("改好了，原来的还留着"), extra_tags=f"story:{found.pk}")
        return redirect("mentoring:story", found.pk)
    return render(request, "mentoring/stories/correct.html", {"story": found, "form": form}, status=status(form))


@seen_by(*GOING)
def withdraw_story(request: Request, story_pk: int) -> HttpResponse:
    found = _story(request, story_pk, "mentoring.withdraw_story")
    form = forms.WithdrawForm(sent(request))

    def withdraw(data: dict[str, Any]) -> None:
        actions.withdraw_story(found, actor=request.actor, reason=data["reason"], key=data["key"])

    if taken(form, withdraw, forms.FIELDS):
        messages.success(request, _("撤下了"))
        return redirect("mentoring:stories")
    return render(request, "mentoring/stories/withdraw.html", {"story": found, "form": form}, status=status(form))
