"""What somebody was asked: who, why this one, by when; yes or no, by themselves or noted by the officer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import clock, hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.base.registry import PairingKind
from xianglin.commons.deadlines.queries import explain
from xianglin.ui.forms import OnceForm, sent, status, taken

from . import actions, queries, rules
from .forms import AnswerForm, DeclineForm, WithdrawForm
from .models import Proposal


def _theirs(request: Request, pk: int) -> Proposal:
    found = queries.proposal_for(request.actor, pk)
    if found is None:
        raise Http404
    return found


@seen_by("account")
@require_safe
def proposal(request: Request, proposal_pk: int) -> HttpResponse:
    return _page(request, _theirs(request, proposal_pk), OnceForm())


@seen_by("account")
@require_POST
def accept(request: Request, proposal_pk: int) -> HttpResponse:
    asked, form = _theirs(request, proposal_pk), OnceForm(request.POST)
    if form.is_valid():
        try:
            said = actions.accept(asked, actor=request.actor, key=form.cleaned_data["key"])
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            both = said.state == Proposal.State.ACCEPTED
            told = _("两边都答应了，结对成了") if both else _("您答应了。等对方也答应，我们马上告诉您")
            messages.success(request, told, extra_tags=f"pairing:{asked.pk}")
            return redirect("pairings:proposal", asked.pk)
    return _page(request, _theirs(request, proposal_pk), form, status=422)


@seen_by("account")
def decline(request: Request, proposal_pk: int) -> HttpResponse:
    asked = _theirs(request, proposal_pk)
    if not hooks.may(request.actor, "pairings.decline", asked):
        raise Http404
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.decline(asked, actor=request.actor, reason=data["reason"], key=data["key"])
        except Refused as refused:
            form.add_error("reason", str(refused.message))
        else:
            messages.success(request, _("记下了，我们另找一位"), extra_tags=f"pairing:{asked.pk}")
            return redirect("pairings:proposal", asked.pk)
    context = {"proposal": asked, "form": form, "kind": rules.require_kind(asked.kind)}
    return render(request, "pairings/decline.html", context, status=422 if form.is_bound else 200)


@seen_by("account")
def note_answer(request: Request, proposal_pk: int) -> HttpResponse:
    """What one of the two said on the phone."""
    asked, _kind = _run(request, proposal_pk)
    names = {"need": asked.need.name, "offer": asked.offer.name}
    sides = [(side, name) for side, name in names.items() if asked.said(side) is None]
    form = AnswerForm(sent(request), sides=sides)

    def do(data: dict[str, Any]) -> None:
        said = {"side": data["side"], "yes": data["said"] == "yes", "reason": data["reason"]}
        actions.note_answer(asked, actor=request.actor, key=data["key"], **said)

    return _deed(request, asked, form, do, _("记电话里的回话"))


@seen_by("account")
def withdraw(request: Request, proposal_pk: int) -> HttpResponse:
    asked, _kind = _run(request, proposal_pk)
    form = WithdrawForm(sent(request))

    def do(data: dict[str, Any]) -> None:
        actions.withdraw(asked, actor=request.actor, reason=data["reason"], key=data["key"])

    return _deed(request, asked, form, do, _("收回"))


def _run(request: Request, pk: int) -> tuple[Proposal, PairingKind]:
    """A proposal that waits, for whoever runs its kind."""
    asked = _theirs(request, pk)
    if not hooks.may(request.actor, "pairings.withdraw", asked):
        raise Http404
    return asked, rules.require_kind(asked.kind)


def _deed(request: Request, asked: Proposal, form: Any, do: Any, label: Any) -> HttpResponse:
    if taken(form, do, {"pairings.no_reason": "reason"}):
        messages.success(request, _("记下了"), extra_tags=f"pairing:{asked.pk}")
        return redirect("pairings:proposal", asked.pk)
    context = {"proposal": asked, "form": form, "label": label, "kind": rules.require_kind(asked.kind)}
    return render(request, "pairings/proposal_deed.html", context, status=status(form))


def _page(request: Request, asked: Proposal, form: Any, status: int = 200) -> HttpResponse:
    kind, side = rules.require_kind(asked.kind), rules.side_of(request.actor, asked)
    context = {
        "proposal": asked,
        "kind": kind,
        "side": side,
        "other": asked.offer if side == "need" else asked.need,
        "due": explain(asked, clock.today()),
        "waits": asked.state == Proposal.State.WAITING,
        "said": bool(side) and asked.said(side) is not None,
        "may_answer": hooks.may(request.actor, "pairings.accept", asked),
        "runs": hooks.may(request.actor, "pairings.withdraw", asked),
        "form": form,
    }
    # What was said of either to bring them together is nobody's to read once they were not.
    context["tells_why"] = context["runs"] or asked.state in (Proposal.State.WAITING, Proposal.State.ACCEPTED)
    return render(request, "pairings/proposal.html", context, status=status)
