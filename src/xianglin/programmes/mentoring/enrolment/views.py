"""入册: one mentor, one young cadre, by hand. Whole sheets come in through exchange."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xianglin.base.pages import Request, seen_by
from xianglin.ui.forms import sent, status, taken

from ..abilities.queries import catalogue
from ..desk import cadre as cadre_of
from ..desk import officers_grant
from ..kinds import OFFICER
from . import actions, forms
from .places import place_of, town_of

_FIELDS = {
    "areas.unknown": "place",
    "areas.ambiguous": "place",
    "mentoring.another_county": "place",
    "mentoring.not_a_town": "place",
    "mentoring.not_a_place_of_work": "place",
    "mentoring.already_listed": "phone",
    "mentoring.another_name": "phone",
    "mentoring.account_closed": "phone",
    "mentoring.capacity": "most",
    "mentoring.held_post": "held",
    "mentoring.held_months": "held",
    "mentoring.since": "since",
    "mentoring.month": "since",
    "mentoring.birth_year": "birth_year",
    "mentoring.unknown_ability": "levels",
    "mentoring.ability_said_twice": "levels",
}


@seen_by(OFFICER)
def enrol_mentor(request: Request) -> HttpResponse:
    area = officers_grant(request).area
    form = forms.EnrolMentorForm(sent(request), catalogue=catalogue(area), initial={"place": _home(area)})

    def enrol(data: dict[str, Any]) -> None:
        town = town_of(place_of(data["place"], "", area))
        made = actions.enrol_mentor(town, actor=request.actor, who=form.who, facts=form.facts, key=data["key"])
        messages.success(request, _("%(name)s入册了") % {"name": made.account.display_name}, extra_tags="enrol-mentor")

    if taken(form, enrol, _FIELDS):
        return redirect("mentoring:mentors")
    return render(request, "mentoring/enrol_mentor.html", {"area": area, "form": form}, status=status(form))


@seen_by(OFFICER)
def enrol_cadre(request: Request) -> HttpResponse:
    area = officers_grant(request).area
    form = forms.EnrolCadreForm(sent(request), initial={"place": _home(area)})

    def enrol(data: dict[str, Any]) -> None:
        place = place_of(data["place"], "", area)
        said = data["levels"]
        made = actions.enrol_cadre(
            place, actor=request.actor, who=form.who, facts=form.facts, said=said, key=data["key"]
        )
        messages.success(request, _("%(name)s入册了") % {"name": made.account.display_name}, extra_tags="enrol-cadre")

    if taken(form, enrol, _FIELDS):
        return redirect("mentoring:cadres")
    return render(request, "mentoring/enrol_cadre.html", {"area": area, "form": form}, status=status(form))


@seen_by(OFFICER)
def move_cadre(request: Request, cadre_pk: int) -> HttpResponse:
    """换岗: another post, perhaps in another place; the file goes along."""
    area, cadre = officers_grant(request).area, cadre_of(request, cadre_pk)
    form = forms.MoveForm(sent(request), initial={"place": cadre.area.name, "post": cadre.post})

    def move(data: dict[str, Any]) -> None:
        place = place_of(data["place"], "", area)
        actions.move_cadre(cadre, actor=request.actor, place=place, post=data["post"], key=data["key"])

    if taken(form, move, _FIELDS):
        messages.success(request, _("换好了，档案跟着走"))
        return redirect("mentoring:cadre", cadre.pk)
    return render(request, "mentoring/move.html", {"cadre": cadre, "form": form}, status=status(form))


def _home(area: Any) -> str:
    return area.name if area.town_id else ""
