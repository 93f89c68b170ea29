"""A round as its officer sees it: solving, the board, one need's other offers, and the deeds."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.base.pages import Request, seen_by
from xianglin.base.registry import Text
from xianglin.commons.areas.models import InKind
from xianglin.ui.forms import Keys, taken

from . import actions, queries, rules
from .forms import PairForm
from .models import Need, Offer, Round

DESKS = 40  # on one page: a board of a thousand is looked through by name


def _theirs(request: Request, pk: int) -> Round:
    found = queries.round_for(request.actor, pk)
    if found is None or not hooks.may(request.actor, "pairings.approve", found):
        raise Http404
    return found


@seen_by("account")
@require_safe
def round_(request: Request, round_pk: int) -> HttpResponse:
    return _page(request, _theirs(request, round_pk))


def _page(request: Request, shown: Round, refused: Text = "", status: int = 200) -> HttpResponse:
    kind = rules.require_kind(shown.kind)
    board, far = queries.board(shown), rules.how_far(shown)
    name = request.GET.get("q", "").strip()
    desks = [desk for desk in board.desks if not name or _named(desk, name)]
    start = _number(request.GET.get("from", ""))
    context = {
        "round": shown,
        "kind": kind,
        "how_far": far,
        "stuck": rules.is_stuck(far),
        "locks": shown.holds.filter(keep=True).exists(),
        "board": board,
        "desks": desks[start : start + DESKS],
        "count": len(desks),
        "next_from": start + DESKS if len(desks) > start + DESKS else 0,
        "name": name,
        "short": queries.short_in_words(shown.chosen) if shown.chosen else [],
        "needs_open": queries.open_sides(Need, shown.area, shown.kind)[: queries.CAP].count(),
        "offers_open": queries.open_sides(Offer, shown.area, shown.kind)[: queries.CAP].count(),
        "refused": refused,
        "once": Keys(),
    }
    return render(request, "pairings/round.html", context, status=status)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _named(desk: queries.Desk, name: str) -> bool:
    return name in desk.offer.name or any(name in seat.pick.need.name for seat in desk.seats)


@seen_by("account")
@require_safe
def options(request: Request, round_pk: int, need_pk: int) -> HttpResponse:
    """换人: whom else one need could have, and whom they have now."""
    shown = _theirs(request, round_pk)
    need = Need.objects.select_related("holder", "area").filter(pk=need_pk, kind=shown.kind).first()
    if need is None or getattr(need, shown.area.column) != shown.area_id:
        raise Http404
    context = {
        "round": shown,
        "kind": rules.require_kind(shown.kind),
        "need": need,
        "options": queries.options(shown, need),
        "instead": queries.instead_of(shown, need),
        "banned": set(shown.holds.filter(need=need, keep=False).values_list("offer_id", flat=True)),
        "locked": shown.holds.filter(need=need, keep=True).values_list("offer_id", flat=True).first(),
        "open": shown.state == Round.State.SOLVED,
        "asks": shown.state == Round.State.APPROVED and not need.full,
        "once": Keys(),
    }
    return render(request, "pairings/options.html", context)


Deed = Callable[[Round, Actor, dict[str, Any]], Any]


def _two(data: dict[str, Any]) -> dict[str, Any]:
    return {"need_id": data["need"] or 0, "offer_id": data["offer"] or 0, "key": data["key"]}


def _ask(round_: Round, actor: Actor, need_id: int, offer_id: int, key: Any) -> Any:
    """After it was approved: one more is asked about one more."""
    need, offer = rules.of_round(round_, need_id, offer_id)
    place = InKind(need.area, round_.kind)
    return actions.propose(place, actor=actor, need=need, offer=offer, round_=round_, key=key)


# What is done to a round, and what is said afterwards.
_DEEDS: dict[str, tuple[Deed, Any]] = {
    "solve": (lambda r, a, d: actions.solve(r, actor=a, key=d["key"]), ""),
    "choose": (
        lambda r, a, d: actions.choose(r, actor=a, objective=d["objective"], key=d["key"]),
        _("换成这一种了"),
    ),
    "hold": (lambda r, a, d: actions.hold(r, actor=a, keep=True, **_two(d)), _("锁定了，再配也不会动")),
    "ban": (lambda r, a, d: actions.hold(r, actor=a, keep=False, **_two(d)), _("记下了，再配的时候不会配到一起")),
    "unhold": (lambda r, a, d: actions.unhold(r, actor=a, **_two(d)), _("解开了")),
    "move": (lambda r, a, d: actions.move(r, actor=a, **_two(d)), ""),
    "ask": (lambda r, a, d: _ask(r, a, **_two(d)), _("去问了")),
    "approve": (lambda r, a, d: actions.approve(r, actor=a, key=d["key"]), _("审定了，正在一一问两边")),
    "close": (lambda r, a, d: actions.close_round(r, actor=a, key=d["key"]), _("这一轮结束了")),
}


@seen_by("account")
@require_POST
def round_deed(request: Request, round_pk: int, round_verb: str) -> HttpResponse:
    shown = _theirs(request, round_pk)
    if round_verb not in _DEEDS:
        raise Http404
    do, done = _DEEDS[round_verb]
    form = PairForm(request.POST)
    if taken(form, lambda data: do(shown, request.actor, data)):
        if done:
            messages.success(request, done, extra_tags=f"round:{round_verb}:{round_pk}")
        if round_verb in ("hold", "unhold", "ban") and form.cleaned_data["need"]:
            return redirect(f"{reverse('pairings:round', args=[round_pk])}#need-{form.cleaned_data['need']}")
        return redirect("pairings:round", round_pk)
    refused = " ".join(str(error) for errors in form.errors.values() for error in errors)
    return _page(request, _theirs(request, round_pk), refused, 422)
