"""One pairing: what was agreed, its steps, who looks after it, what came of it; and what is done to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.base.pages import Request, seen_by
from xianglin.commons.files.forms import with_uploads
from xianglin.ui.forms import sent, status, taken

from . import actions, queries, rules
from .forms import (
    EndForm,
    FollowUpForm,
    MilestoneForm,
    OutcomeForm,
    ResultForm,
    SignForm,
    TermsForm,
    VerifyForm,
)
from .models import FollowUp, Milestone, Outcome, Pairing

State = Pairing.State


def theirs(request: Request, pk: int) -> Pairing:
    found = queries.pairing_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


@seen_by("account")
@require_safe
def pairing(request: Request, pairing_pk: int) -> HttpResponse:
    shown = theirs(request, pairing_pk)
    kind = rules.require_kind(shown.kind)
    context = {
        "pairing": shown,
        "kind": kind,
        "own_page": rules.page_of(shown) if kind.page != "pairings:pairing" else "",
        "runs": hooks.may(request.actor, "pairings.sign", shown),
        "verbs": [verb for verb in _DEEDS if _may(request.actor, verb, shown)],
        "deeds": _DEEDS,
        "steps": list(shown.milestones.order_by("due_on", "pk")),
        "looks": list(shown.follow_ups.select_related("by").order_by("number")),
        "outcomes": list(shown.outcomes.select_related("noted_by", "verified_by").order_by("pk")),
        "topics": dict(kind.topics),
        "today": clock.today(),
    }
    return render(request, "pairings/pairing.html", context)


Run = Callable[[Any, Actor, dict[str, Any]], Any]


@dataclass(frozen=True)
class _Deed:
    """Something done to a pairing: its name, its form, its action, in which states."""

    label: Any
    form: Callable[[Pairing, Any], django_forms.Form]
    run: Run
    asks: str  # the action that access is asked for
    when: tuple[str, ...]
    done: Any


_DEEDS: dict[str, _Deed] = {
    "terms": _Deed(
        _("写商定的内容"),
        lambda p, data: TermsForm(data, initial={"lines": "\n".join(p.terms)}),
        lambda p, a, d: actions.set_terms(p, actor=a, lines=d["lines"].splitlines(), key=d["key"]),
        "pairings.set_terms",
        (State.AGREED,),
        _("记下了，签字以前都能改"),
    ),
    "sign": _Deed(
        _("签好了"),
        lambda p, data: SignForm(data, initial={"signed_on": clock.today(), "starts_on": clock.today()}),
        lambda p, a, d: actions.sign(
            p,
            actor=a,
            signed_on=d["signed_on"],
            starts_on=d["starts_on"],
            ends_on=d["ends_on"],
            key=d["key"],
        ),
        "pairings.sign",
        (State.AGREED,),
        _("签字的日子记下了"),
    ),
    "step": _Deed(
        _("加一步"),
        lambda p, data: MilestoneForm(data),
        lambda p, a, d: actions.add_milestone(p, actor=a, title=d["title"], due_on=d["due_on"], key=d["key"]),
        "pairings.add_milestone",
        (State.AGREED, State.SIGNED, State.ACTIVE),
        _("加上了"),
    ),
    "outcome": _Deed(
        _("记一条成效"),
        lambda p, data: OutcomeForm(data, topics=rules.require_kind(p.kind).topics),
        lambda p, a, d: actions.note_outcome(p, actor=a, uploads=tuple(d.pop("photos")), **d),
        "pairings.note_outcome",
        (State.ACTIVE, State.ENDED),
        _("成效记下了。要算数，还要另一个人核实"),
    ),
    "end": _Deed(
        _("结束这一对"),
        lambda p, data: EndForm(data, endings=rules.require_kind(p.kind).endings),
        lambda p, a, d: actions.end(p, actor=a, ending=d["ending"], reason=d["reason"], key=d["key"]),
        "pairings.end",
        (State.AGREED, State.SIGNED, State.ACTIVE),
        _("结束了，两边的名额空出来了"),
    ),
}
_FIELDS = {
    "pairings.no_terms": "lines",
    "pairings.terms_too_long": "lines",
    "pairings.term": "ends_on",
    "pairings.in_the_future": "signed_on",
    "pairings.no_title": "title",
    "pairings.no_reason": "reason",
    "pairings.no_result": "result",
    "pairings.no_evidence": "evidence",
}


def _may(actor: Actor, verb: str, shown: Pairing) -> bool:
    deed = _DEEDS[verb]
    return _lent(shown, verb) and shown.state in deed.when and hooks.may(actor, deed.asks, shown)


def _lent(shown: Pairing, verb: str) -> bool:
    """Whether its kind leaves this deed to the common page."""
    return verb in rules.require_kind(shown.kind).deeds


@seen_by("account")
def deed(request: Request, pairing_pk: int, pairing_verb: str) -> HttpResponse:
    shown = theirs(request, pairing_pk)
    chosen = _DEEDS.get(pairing_verb)
    if chosen is None or not _lent(shown, pairing_verb) or not hooks.may(request.actor, chosen.asks, shown):
        raise Http404
    form = with_uploads(chosen.form(shown, sent(request)), request)
    return _do(request, shown, form, chosen.label, lambda data: chosen.run(shown, request.actor, data), chosen.done)


def _do(
    request: Request, shown: Pairing, form: django_forms.Form, label: Any, run: Callable[[Any], Any], done: Any
) -> HttpResponse:
    if taken(form, run, _FIELDS):
        messages.success(request, done, extra_tags=f"pairing:{request.path}")
        return redirect(rules.page_of(shown))
    context = {"pairing": shown, "form": form, "label": label, "kind": rules.require_kind(shown.kind)}
    context["back"] = rules.page_of(shown)
    return render(request, "pairings/deed.html", context, status=status(form))


# --- what is done to something of a pairing: a step, a look, an outcome


@seen_by("account")
def step(request: Request, pairing_pk: int, step_pk: int, step_verb: str) -> HttpResponse:
    """做到了, or 不做了."""
    shown = theirs(request, pairing_pk)
    row = Milestone.objects.filter(pk=step_pk, pairing=shown).first()
    verbs: dict[str, tuple[Any, Callable[..., Any]]] = {
        "reach": (_("做到了"), actions.reach_milestone),
        "drop": (_("不做了"), actions.drop_milestone),
    }
    if (
        row is None
        or not _lent(shown, "step")
        or step_verb not in verbs
        or not hooks.may(request.actor, f"pairings.{step_verb}_milestone", row)
    ):
        raise Http404
    label, action = verbs[step_verb]
    said = "result" if step_verb == "reach" else "reason"
    form = ResultForm(sent(request), asked=said)

    def run(data: dict[str, Any]) -> None:
        action(row, actor=request.actor, **{said: data[said]}, key=data["key"])

    return _do(request, shown, form, label, run, _("记下了"))


@seen_by("account")
def look(request: Request, pairing_pk: int, look_pk: int) -> HttpResponse:
    """The follow-up that waits."""
    shown = theirs(request, pairing_pk)
    row = FollowUp.objects.filter(pk=look_pk, pairing=shown).first()
    if row is None or not hooks.may(request.actor, "pairings.follow_up", row):
        raise Http404
    form = FollowUpForm(sent(request))

    def run(data: dict[str, Any]) -> None:
        actions.follow_up(row, actor=request.actor, result=data["result"], note=data["reason"], key=data["key"])

    return _do(request, shown, form, _("跟进一次"), run, _("记下了，下一次的日子排好了"))


@seen_by("account")
def verify(request: Request, pairing_pk: int, outcome_pk: int) -> HttpResponse:
    """核实: by somebody else than who noted it."""
    shown = theirs(request, pairing_pk)
    row = Outcome.objects.filter(pk=outcome_pk, pairing=shown).first()
    if row is None or not hooks.may(request.actor, "pairings.verify_outcome", row):
        raise Http404
    form = VerifyForm(sent(request), initial={"value": row.value})

    def run(data: dict[str, Any]) -> None:
        actions.verify_outcome(
            row, actor=request.actor, value=data["value"], evidence=data["evidence"], key=data["key"]
        )

    return _do(request, shown, form, _("核实"), run, _("核实过了"))
