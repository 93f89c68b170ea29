"""走出去: written down when they come back, read by the team and the officer; what was heard goes on from there."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.areas.queries import resolve
from xianglin.commons.files import serving
from xianglin.commons.files.forms import with_uploads
from xianglin.ui.forms import Keys, sent, status, taken

from ..kinds import MENTOR, YOUNG_CADRE
from . import actions, forms, queries
from .models import Outing
from .views import GOING, team_of

_FIELDS = {
    "areas.unknown": "place",
    "areas.ambiguous": "place",
    "mentoring.outing_place": "place",
    "mentoring.outing_day": "on",
    "mentoring.host": "host",
    "mentoring.outing_where": "where",
    "mentoring.outing_topic": "topic",
    "mentoring.outing_present": "present",
    "mentoring.outing_went": "went",
    "mentoring.heard": "opinions",
    "mentoring.outing_story": "story",
    "mentoring.outing_photos": "photos",
    "files.used_already": "photos",
    "files.gone": "photos",
}


@seen_by(MENTOR, YOUNG_CADRE)
def note_outing(request: Request, team_pk: int) -> HttpResponse:
    team = team_of(request, team_pk, "mentoring.note_outing")
    form = forms.OutingForm(sent(request), members=queries.members(team), stories=queries.stories_to_tell(team))
    form = with_uploads(form, request)
    made: list[Outing] = []

    def note(data: dict[str, Any]) -> None:
        trip = form.trip(resolve(data["place"], team.area))
        made.append(actions.note_outing(team, actor=request.actor, trip=trip, key=data["key"]))

    if taken(form, note, _FIELDS):
        messages.success(request, _("记好了"), extra_tags=f"outing:{team.pk}")
        return redirect("mentoring:outing", made[0].pk)
    return render(request, "mentoring/teams/outing_form.html", {"team": team, "form": form}, status=status(form))


@seen_by(*GOING)
@require_safe
def outing(request: Request, outing_pk: int) -> HttpResponse:
    found = queries.outing_for(request.actor, outing_pk)
    if found is None:
        raise Http404
    context = {
        "outing": found,
        "went": queries.went(found),
        "things": queries.things(found, request.actor),
        "photos": queries.photos(found),
        "raises": hooks.may(request.actor, "mentoring.note_outing", found.team),
        "sees_team": hooks.may(request.actor, "mentoring.see_team", found.team),
        "once": Keys(),
    }
    return render(request, "mentoring/teams/outing.html", context)


@seen_by(MENTOR, YOUNG_CADRE)
@require_POST
def raise_heard(request: Request, heard_pk: int) -> HttpResponse:
    """转成事项: one press a thing."""
    heard = queries.heard_for(request.actor, heard_pk)
    if heard is None:
        raise Http404
    raised = actions.raise_heard(heard, actor=request.actor)
    assert raised.matter is not None  # just raised
    messages.success(request, _("转成事项了，编号 %(slip)s") % {"slip": raised.matter.slip})
    return redirect("mentoring:outing", heard.outing_id)


@seen_by(*GOING)
@require_safe
def photo(request: Request, outing_photo_pk: int) -> HttpResponse:
    found = queries.photo_for(request.actor, outing_photo_pk)
    if found is None:
        raise Http404
    return serving.respond(request, found.file, small="small" in request.GET)
