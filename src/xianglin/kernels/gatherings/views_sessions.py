"""A session on one page: when, where, how many seats are left, one press to sign up; and what its holder does to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.base.pages import Request, seen_by
from xianglin.ui.forms import OnceForm, sent, status, taken

from . import actions, rules
from . import forms_sessions as forms
from . import queries_sessions as queries
from .fields import FIELDS
from .models import Gathering, Registration, State


def theirs(request: Request, pk: int) -> Gathering:
    found = queries.session_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


@seen_by("account")
@require_safe
def session(request: Request, session_pk: int) -> HttpResponse:
    return _page(request, theirs(request, session_pk), OnceForm())


def _page(request: Request, shown: Gathering, form: django_forms.Form) -> HttpResponse:
    kind = rules.require_kind(shown.kind)
    own = queries.registration_of(shown, request.actor.account_id)
    runs = hooks.may(request.actor, "gatherings.end_session", shown)
    before = shown.state == State.PLANNED and clock.now() < shown.starts
    context = {
        "session": shown,
        "kind": kind,
        "own": own,
        "ahead": queries.place_in_queue(own) - 1 if own and own.state == Registration.State.WAITING else 0,
        "signs_up": before and own is None and hooks.may(request.actor, "gatherings.sign_up", shown),
        "leaves": before and own is not None,
        "runs": runs,
        "here": queries.count_here(shown) if runs else 0,
        "verbs": [verb for verb in _DEEDS if _may(request.actor, verb, shown)],
        "deeds": _DEEDS,
        "moved": list(shown.postponements.order_by("at", "pk")),
        "told": (kind.told.template, kind.told.read(shown)) if kind.told is not None else None,
        "form": form,
    }
    return render(request, "gatherings/session.html", context, status=status(form))


@seen_by("account")
@require_POST
def sign_up(request: Request, session_pk: int) -> HttpResponse:
    shown = theirs(request, session_pk)
    form = OnceForm(request.POST)
    made: list[Registration] = []

    def do(data: dict[str, Any]) -> None:
        made.append(actions.sign_up(shown, actor=request.actor, key=data["key"]))

    if not taken(form, do):
        return _page(request, shown, form)
    seated = made[0].state == Registration.State.SEATED
    messages.success(request, _("报上名了") if seated else _("排在候补里了，有空位就告诉您"))
    return redirect("gatherings:session", shown.pk)


@seen_by("account")
@require_POST
def leave(request: Request, session_pk: int) -> HttpResponse:
    shown = theirs(request, session_pk)
    own = queries.registration_of(shown, request.actor.account_id)
    if own is None:
        return redirect("gatherings:session", shown.pk)
    form = OnceForm(request.POST)
    if not taken(form, lambda data: actions.leave_session(own, actor=request.actor, key=data["key"])):
        return _page(request, shown, form)
    messages.success(request, _("退了。空出来的座位给候补的人"))
    return redirect("gatherings:session", shown.pk)


# --- what is done to it


@dataclass(frozen=True)
class _Deed:
    """Something done to a session: its name, its form, its action, for whom, when."""

    label: Any
    form: Callable[[Gathering, Any], Any]
    run: Callable[[Gathering, Actor, Any], Any]  # takes the form
    asks: str
    when: Callable[[Gathering], bool]
    done: Any


def _before(session: Gathering) -> bool:
    return clock.now() < session.starts


_DEEDS: dict[str, _Deed] = {
    "other": _Deed(
        _("帮人报名"),
        lambda s, data: forms.OtherForm(data),
        lambda s, a, f: actions.sign_up_other(
            s, actor=a, guest=f.guest, by_phone=f.cleaned_data["by_phone"], key=f.cleaned_data["key"]
        ),
        "gatherings.sign_up_other",
        _before,
        _("报上名了"),
    ),
    "let-in": _Deed(
        _("没报名的来了"),
        lambda s, data: forms.GuestForm(data),
        lambda s, a, f: actions.let_in(s, actor=a, guest=f.guest, key=f.cleaned_data["key"]),
        "gatherings.let_in",
        lambda s: clock.today() == s.on,
        _("记下了，有座"),
    ),
    "end": _Deed(
        _("结束"),
        lambda s, data: OnceForm(data),
        lambda s, a, f: actions.end_session(s, actor=a, key=f.cleaned_data["key"]),
        "gatherings.end_session",
        lambda s: not _before(s),
        _("结束了，签到的人都记上了"),
    ),
    "seats": _Deed(
        _("改座位"),
        lambda s, data: forms.SeatsForm(data, initial={"seats": s.seats}),
        lambda s, a, f: actions.set_seats(s, actor=a, seats=f.cleaned_data["seats"], key=f.cleaned_data["key"]),
        "gatherings.set_seats",
        lambda s: True,
        _("座位改好了"),
    ),
    "hours": _Deed(
        _("改课时"),
        lambda s, data: forms.HoursForm(data, initial={"hours": s.hours}),
        lambda s, a, f: actions.set_hours(s, actor=a, hours=f.cleaned_data["hours"], key=f.cleaned_data["key"]),
        "gatherings.set_hours",
        lambda s: s.hours is not None,
        _("课时改好了"),
    ),
    "move": _Deed(
        _("改期"),
        lambda s, data: forms.MoveForm(data, session=s),
        lambda s, a, f: actions.move_session(s, actor=a, **f.cleaned_data),
        "gatherings.move_session",
        _before,
        _("改期了，报了名的人都告诉了"),
    ),
    "call-off": _Deed(
        _("不办了"),
        lambda s, data: forms.WhyForm(data),
        lambda s, a, f: actions.call_off(s, actor=a, reason=f.cleaned_data["reason"], key=f.cleaned_data["key"]),
        "gatherings.call_off",
        _before,
        _("记下了：不办了，报了名的人都告诉了"),
    ),
}
_LISTED = ("other", "let-in", "end")  # done from the list


def _may(actor: Actor, verb: str, shown: Gathering) -> bool:
    deed = _DEEDS[verb]
    return shown.state == State.PLANNED and deed.when(shown) and hooks.may(actor, deed.asks, shown)


@seen_by("account")
def deed(request: Request, session_pk: int, session_verb: str) -> HttpResponse:
    shown = theirs(request, session_pk)
    chosen = _DEEDS.get(session_verb)
    if chosen is None or not hooks.may(request.actor, chosen.asks, shown):
        raise Http404
    form = chosen.form(shown, sent(request))
    if taken(form, lambda data: chosen.run(shown, request.actor, form), FIELDS):
        messages.success(request, chosen.done, extra_tags=f"session:{session_verb}:{session_pk}")
        return redirect(
            "gatherings:roll" if session_verb in ("other", "let-in", "end") else "gatherings:session", shown.pk
        )
    context = {"session": shown, "form": form, "label": chosen.label, "draft": f"session:{session_verb}:{session_pk}"}
    return render(request, "gatherings/session_deed.html", context, status=status(form))
