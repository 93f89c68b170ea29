"""A mentor's file: read and changed by the officer, and by himself."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.keys.sealing import open_all
from xianglin.ui.forms import sent, status, taken

from ..abilities.queries import catalogue
from ..desk import mentor as mentor_of
from ..kinds import MENTOR, OFFICER
from ..permissions import LISTED
from . import actions, forms, queries
from .models import Listed, Mentor
from .rolls import listed
from .rules import is_own, slots_in_words


def phone_of(request: Request, person: Listed) -> str:
    """In full for the officer who rings them, masked for everybody else."""
    if hooks.may(request.actor, "mentoring.read_phone", person):
        return open_all([person.account.phone])[0] or ""
    return person.account.phone_mask


@seen_by(MENTOR)
@require_safe
def own_mentor(request: Request) -> HttpResponse:
    """我当导师: what the register says of me."""
    mentor = queries.own_mentor(request.actor.account_id)
    if mentor is None:
        raise Http404
    return render(request, "mentoring/mentor.html", _shown(request, mentor))


@seen_by(*LISTED)
@require_safe
def mentor(request: Request, mentor_pk: int) -> HttpResponse:
    return render(request, "mentoring/mentor.html", _shown(request, mentor_of(request, mentor_pk)))


def _shown(request: Request, mentor: Mentor) -> dict[str, Any]:
    return {
        "mentor": mentor,
        "own": is_own(request.actor, mentor),
        "amends": mentor.active and hooks.may(request.actor, "mentoring.amend_mentor", mentor),
        "ends": mentor.active and hooks.may(request.actor, "mentoring.end_mentor", mentor),
        "phone": phone_of(request, mentor),
        "pairs": queries.open_pairs(mentor),
        "held": queries.held_posts(mentor),
        "taught": listed(one.ability.name for one in queries.taught(mentor)),
        "villages": listed(one.name for one in queries.villages_of(mentor)),
        "slots": listed(slots_in_words(mentor.slots)),
    }


@seen_by(*LISTED)
def amend_mentor(request: Request, mentor_pk: int) -> HttpResponse:
    mentor = mentor_of(request, mentor_pk)
    if not mentor.active or not hooks.may(request.actor, "mentoring.amend_mentor", mentor):
        raise Http404
    stands = forms.of_mentor(mentor, queries.held_posts(mentor), queries.taught(mentor), queries.villages_of(mentor))
    around = queries.villages_around(mentor.area)
    form = forms.MentorForm(sent(request), initial=stands, catalogue=catalogue(mentor), around=around)
    fields = {"mentoring.capacity": "most", "mentoring.held_post": "held", "mentoring.held_months": "held"}

    def amend(data: dict[str, Any]) -> None:
        actions.amend_mentor(mentor, actor=request.actor, facts=form.facts, key=data["key"])

    if taken(form, amend, fields):
        messages.success(request, _("存好了"), extra_tags=f"mentor:{mentor.pk}")
        return redirect("mentoring:mentor", mentor.pk)
    context = {"mentor": mentor, "form": form, "own": is_own(request.actor, mentor)}
    return render(request, "mentoring/mentor_form.html", context, status=status(form))


@seen_by(OFFICER)
def end_mentor(request: Request, mentor_pk: int) -> HttpResponse:
    mentor = mentor_of(request, mentor_pk)
    form = forms.EndForm(sent(request))

    def end(data: dict[str, Any]) -> None:
        actions.end_mentor(mentor, actor=request.actor, reason=data["reason"], key=data["key"])

    if taken(form, end):
        messages.success(request, _("%(name)s不在册了") % {"name": mentor.account.display_name})
        return redirect("mentoring:mentors")
    context = {"person": mentor, "form": form, "back": "mentoring:mentor"}
    return render(request, "mentoring/end.html", context, status=status(form))
