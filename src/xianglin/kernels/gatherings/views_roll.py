"""The list of a session, and the code at its door: who came."""

from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import clock, hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.ui.forms import Keys, OnceForm, sent, status, taken

from . import actions, rules, rules_sessions
from . import queries_sessions as queries
from .fields import FIELDS
from .forms_sessions import CorrectForm
from .models import Gathering, Registration, State
from .views_sessions import theirs

QR_SCALE = 8


def _held(request: Request, pk: int, action: str = "gatherings.mark_present") -> Gathering:
    shown = theirs(request, pk)
    if not hooks.may(request.actor, action, shown):
        raise Http404
    return shown


@seen_by("account")
@require_safe
def roll(request: Request, session_pk: int) -> HttpResponse:
    """Everybody by seat; on its day a press ticks them. Helpers see it too: they have to know whom they signed up."""
    shown = _held(request, session_pk, "gatherings.sign_up_other")
    rows = queries.roll(shown)
    context = {
        "session": shown,
        "rows": rows,
        "here": sum(row.registration.present for row in rows),
        "runs": hooks.may(request.actor, "gatherings.mark_present", shown),
        "ticks": shown.state == State.PLANNED and clock.today() == shown.on,
        "takes_off": shown.state == State.PLANNED and clock.now() < shown.starts,
        "ended": shown.state == State.ENDED,
        "form": Keys(),
    }
    return render(request, "gatherings/roll.html", context)


def _registration(shown: Gathering, pk: int) -> Registration:
    found = queries.registration_for(pk)
    if found is None or found.gathering_id != shown.pk:
        raise Http404
    return found


@seen_by("account")
def mark(request: Request, session_pk: int, registration_pk: int) -> HttpResponse:
    """On its day one press, there and back; after the end a form with the reason."""
    shown = _held(request, session_pk)
    one = _registration(shown, registration_pk)
    if shown.state == State.ENDED:
        return _correct(request, shown, one)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form, present = OnceForm(request.POST), request.POST.get("present") == "yes"
    if form.is_valid():
        actions.mark_present(one, actor=request.actor, present=present, key=form.cleaned_data["key"])
    return redirect("gatherings:roll", shown.pk)


def _correct(request: Request, shown: Gathering, one: Registration) -> HttpResponse:
    form = CorrectForm(sent(request), initial={"present": "yes" if one.present else "no"})

    def do(data: dict[str, Any]) -> None:
        said = {"present": data["present"] == "yes", "reason": data["reason"], "key": data["key"]}
        actions.mark_present(one, actor=request.actor, **said)

    if taken(form, do, FIELDS):
        messages.success(request, _("改好了，课时跟着改了"), extra_tags=f"session:mark:{one.pk}")
        return redirect("gatherings:roll", shown.pk)
    context = {"session": shown, "form": form, "label": _("改签到"), "draft": f"session:mark:{one.pk}"}
    return render(request, "gatherings/session_deed.html", context, status=status(form))


@seen_by("account")
@require_POST
def take_off(request: Request, session_pk: int, registration_pk: int) -> HttpResponse:
    """Somebody rang: they do not come."""
    shown = _held(request, session_pk)
    form = OnceForm(request.POST)
    if form.is_valid():
        one = _registration(shown, registration_pk)
        actions.leave_session(one, actor=request.actor, key=form.cleaned_data["key"])
        messages.success(request, _("退了。空出来的座位给候补的人"))
    return redirect("gatherings:roll", shown.pk)


@seen_by("account")
@require_safe
def code(request: Request, session_pk: int) -> HttpResponse:
    """The square to show on a wall or to print: whoever scans it is there."""
    shown = _held(request, session_pk)
    address = request.build_absolute_uri(reverse("gatherings:here", args=[shown.pk, shown.code]))
    drawn = segno.make(address, error="m").svg_data_uri(scale=QR_SCALE, border=2, dark="#000", light="#fff")
    return render(request, "gatherings/code.html", {"session": shown, "qr": drawn, "address": address})


@seen_by("account")
def here(request: Request, session_pk: int, session_code: str) -> HttpResponse:
    """What the scanned square opens: one press says 我到了. Whoever has not the code finds nothing here."""
    shown = Gathering.objects.select_related("area").filter(pk=session_pk).exclude(code="").first()
    if shown is None or not _right(shown, session_code) or not hooks.may(request.actor, "gatherings.arrive", shown):
        raise Http404
    form = OnceForm(sent(request))

    def do(data: dict[str, Any]) -> None:
        actions.arrive(shown, actor=request.actor, code=session_code, key=data["key"])

    if taken(form, do):
        return redirect(request.path)
    own = queries.registration_of(shown, request.actor.account_id)
    context = {
        "session": shown,
        "kind": rules.require_kind(shown.kind),
        "own": own,
        "open": rules_sessions.may_enter_now(shown),
        "form": form,
    }
    return render(request, "gatherings/here.html", context, status=status(form))


def _right(shown: Gathering, session_code: str) -> bool:
    try:
        rules_sessions.require_code(shown, session_code)
    except Refused:
        return False
    return True
