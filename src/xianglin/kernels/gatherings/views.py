"""The desk of a gathering: when and where, the agenda, who came; beginning it, moving it."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.ui.forms import OnceForm

from . import actions, queries, rules
from .forms import AgendaForm, PostponeForm, PresentForm, ReasonForm
from .models import Gathering, State
from .permissions import HOLDING, READING
from .rules_sessions import is_session

_FIELDS = {
    "gatherings.no_reason": "reason",
    "gatherings.leak": "reason",
    "gatherings.day_out_of_reach": "to_on",
    "gatherings.not_later": "to_on",
    "gatherings.day_has_passed": "to_on",
}


def theirs(request: Request, pk: int) -> Gathering:
    gathering = queries.gathering_for(request.actor, pk)
    if gathering is None or is_session(gathering):
        raise Http404
    return gathering


@seen_by(*READING)
@require_safe
def desk(request: Request, gathering_pk: int) -> HttpResponse:
    return _page(request, theirs(request, gathering_pk))


def _page(request: Request, gathering: Gathering) -> HttpResponse:
    kind = rules.require_kind(gathering.kind)
    holds = hooks.may(request.actor, "gatherings.start", gathering)
    context = {
        "gathering": gathering,
        "kind": kind,
        "agenda": list(gathering.agenda.all()),
        "quorums": rules.quorums(kind, gathering.presences.all()),
        "moved": list(gathering.postponements.order_by("at")),
        "holds": holds,
        "verbs": [verb for verb, one in _DEEDS.items() if holds and one.button and gathering.state in one.when],
        "deeds": _DEEDS,
        "starts": holds and gathering.state == State.PLANNED,
        "early": gathering.on > clock.today(),
        "once": OnceForm(),
        "desk": reverse(kind.desk, args=[gathering.pk]),
    }
    return render(request, "gatherings/desk.html", context)


class _Deed:
    """Something done from the desk: its form, its action, in which states."""

    def __init__(
        self,
        label: Any,
        form: Callable[[Gathering, Any], django_forms.Form],
        run: Callable[[Gathering, Actor, Any], Any],
        when: tuple[str, ...],
        done: Any,
        *,
        button: bool = True,
    ) -> None:
        self.label, self.form, self.run, self.when, self.done, self.button = label, form, run, when, done, button


def _agenda(gathering: Gathering, data: Any) -> AgendaForm:
    lines = "\n".join(item.text for item in gathering.agenda.all())
    return AgendaForm(data, initial={"lines": lines})


def _present(gathering: Gathering, data: Any) -> PresentForm:
    kind = rules.require_kind(gathering.kind)
    initial: dict[str, int] = {}
    for one in rules.quorums(kind, gathering.presences.all()):
        if one.due or one.present:
            initial |= {f"{one.capacity.key}_due": one.due, f"{one.capacity.key}_present": one.present}
    return PresentForm(data, initial=initial, capacities=kind.capacities)


_DEEDS: dict[str, _Deed] = {
    "start": _Deed(
        _("开会"),
        lambda g, data: OnceForm(data),
        lambda g, a, f: actions.start_gathering(g, actor=a, key=f.cleaned_data["key"]),
        (State.PLANNED,),
        _("会开始了"),
        button=False,
    ),
    "present": _Deed(
        _("记到会人数"),
        _present,
        lambda g, a, f: actions.count_present(g, actor=a, counts=f.counts(), key=f.cleaned_data["key"]),
        (State.PLANNED, State.RUNNING),
        _("人数记下了"),
    ),
    "agenda": _Deed(
        _("改议程"),
        _agenda,
        lambda g, a, f: actions.set_agenda(
            g, actor=a, lines=f.cleaned_data["lines"].splitlines(), key=f.cleaned_data["key"]
        ),
        (State.PLANNED, State.RUNNING),
        _("议程改好了"),
    ),
    "postpone": _Deed(
        _("改期"),
        lambda g, data: PostponeForm(data),
        lambda g, a, f: actions.postpone_gathering(
            g, actor=a, to_on=f.cleaned_data["to_on"], reason=f.cleaned_data["reason"], key=f.cleaned_data["key"]
        ),
        (State.PLANNED,),
        _("改期了，公开栏上写明了"),
    ),
    "cancel": _Deed(
        _("不开了"),
        lambda g, data: ReasonForm(data),
        lambda g, a, f: actions.cancel_gathering(
            g, actor=a, reason=f.cleaned_data["reason"], key=f.cleaned_data["key"]
        ),
        (State.PLANNED,),
        _("记下了：不开了"),
    ),
}


@seen_by(*HOLDING)
def deed(request: Request, gathering_pk: int, meeting_verb: str) -> HttpResponse:
    gathering = theirs(request, gathering_pk)
    chosen = _DEEDS.get(meeting_verb)
    if chosen is None or not hooks.may(request.actor, "gatherings.start", gathering):
        raise Http404
    form = chosen.form(gathering, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.run(gathering, request.actor, form)
        except Refused as refused:
            field = _FIELDS.get(refused.code, "")
            form.add_error(field if field in form.fields else None, str(refused.message))
        else:
            messages.success(request, chosen.done, extra_tags=f"gathering:{meeting_verb}:{gathering_pk}")
            return _after(meeting_verb, gathering)
    context = {"gathering": gathering, "form": form, "deed": chosen, "meeting_verb": meeting_verb}
    return render(request, "gatherings/deed.html", context, status=422 if form.is_bound else 200)


def _after(verb: str, gathering: Gathering) -> HttpResponse:
    if verb == "start":
        return redirect(rules.require_kind(gathering.kind).desk, gathering.pk)
    return redirect("gatherings:desk", gathering.pk)
