"""A review's steps, its certificate, and handing over."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.kernels.pairings.models import Offer
from xianglin.ui.forms import sent, status, taken

from ..agreements.views import answer
from ..kinds import MENTOR, OFFICER, YOUNG_CADRE
from ..pairs.views import theirs
from ..permissions import LISTED
from ..plans import queries as plans
from ..plans.views import writable
from . import actions, forms, handing, queries
from .models import Decision, Review
from .paper import certificate


@seen_by(OFFICER)
@require_POST
def open_review(request: Request, pair_pk: int) -> HttpResponse:
    pairing = writable(request, pair_pk, "mentoring.open_review")
    actions.open_review(pairing, actor=request.actor)
    messages.success(request, _("评议开始了，两个人都会收到通知"))
    return redirect("mentoring:pair", pairing.pk)


def _review(request: Request, pk: int, action: str) -> Review:
    found = queries.review_for(request.actor, pk)
    if found is None or not (found.open and found.pairing.open) or not hooks.may(request.actor, action, found):
        raise Http404
    return found


def _step(
    request: Request, review: Review, form: Any, title: str, keep: Callable[[dict[str, Any]], Any], said: str
) -> HttpResponse:
    codes = {"no_summary": "text", "no_opinion": "text", "decision": "decision", "not_heard": "decision"}
    codes |= {"months": "months", "no_decision_reason": "reason"}
    if taken(form, keep, {f"mentoring.{code}": field for code, field in codes.items()}):
        messages.success(request, said, extra_tags=f"review:{review.pk}")
        return redirect("mentoring:pair", review.pairing.pk)
    context = {"review": review, "pairing": review.pairing, "form": form, "title": title}
    return render(request, "mentoring/pairs/review_form.html", context, status=status(form))


@seen_by(YOUNG_CADRE)
def write_summary(request: Request, review_pk: int) -> HttpResponse:
    review = _review(request, review_pk, "mentoring.write_summary")
    form = forms.SummaryForm(sent(request), initial={"text": review.summary})

    def keep(data: dict[str, Any]) -> None:
        actions.write_summary(review, actor=request.actor, text=data["text"], key=data["key"])

    return _step(request, review, form, _("写述学"), keep, _("述学存好了"))


@seen_by(MENTOR)
def give_opinion(request: Request, review_pk: int) -> HttpResponse:
    review = _review(request, review_pk, "mentoring.give_opinion")
    form = forms.OpinionForm(sent(request), rows=plans.reached(review.pairing), initial={"text": review.opinion})

    def keep(data: dict[str, Any]) -> None:
        said = {"text": data["text"], "said": form.levels, "key": data["key"]}
        actions.give_opinion(review, actor=request.actor, **said)

    return _step(request, review, form, _("导师意见"), keep, _("意见存好了"))


@seen_by(OFFICER)
def decide(request: Request, review_pk: int) -> HttpResponse:
    review = _review(request, review_pk, "mentoring.decide_review")
    form = forms.DecisionForm(sent(request))

    def keep(data: dict[str, Any]) -> None:
        said = {name: data[name] for name in ("decision", "months", "reason", "key")}
        actions.decide_review(review, actor=request.actor, **said)

    return _step(request, review, form, _("出师评议"), keep, _("记下了，两个人都会收到通知"))


@seen_by(*LISTED)
@require_safe
def certificate_paper(request: Request, certificate_pk: int, paper_kind: str) -> HttpResponse:
    review = queries.review_for(request.actor, certificate_pk)
    if review is None or review.decision != Decision.GRADUATED:
        raise Http404
    with override(settings.LANGUAGE_CODE):
        return answer(certificate(review), paper_kind, f"{review.pairing.need.name}{_('出师证书')}")


@seen_by(OFFICER)
def hand_over(request: Request, pair_pk: int) -> HttpResponse:
    """换导师: of an open pair, or of one whose next mentor did not want to."""
    pairing = theirs(request, pair_pk)
    begun = getattr(pairing, "handover", None)
    unfinished = pairing.open or (begun is not None and begun.following_id is None)
    if not unfinished or not hooks.may(request.actor, "mentoring.hand_over", pairing):
        raise Http404
    offers = {one.pk: one for one in queries.successors(pairing)}
    form = forms.HandOverForm(sent(request), offers=offers.values())

    def keep(data: dict[str, Any]) -> None:
        offer: Offer = offers[data["offer"]]
        said: dict[str, Any] = {"offer": offer, "reason": data["reason"], "ask": data["ask"] == "ask"}
        handing.hand_over(pairing, actor=request.actor, key=data["key"], **said)

    if taken(form, keep, {"mentoring.same_mentor": "offer", "pairings.full": "offer", "pairings.forbidden": "offer"}):
        messages.success(request, _("换导师记下了，三个人都会收到通知"), extra_tags=f"handover:{pairing.pk}")
        return redirect("mentoring:pair", pairing.pk)
    context = {"pairing": pairing, "form": form}
    return render(request, "mentoring/pairs/hand_over.html", context, status=status(form))
