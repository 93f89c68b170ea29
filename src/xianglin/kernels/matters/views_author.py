"""What an author sees: 查回音, one's own matter, and what one says about it. By account or by a receipt."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.access import limits
from xianglin.ui.templatetags.ui import day_words

from . import actions, forms, marks, queries, rules
from .models import Matter, State
from .refusals import add_refusal
from .views_public import remember

RECEIPTS = limits.Limit("matters-receipt", 20, 900)
_CONFIRM = "confirm_%s"  # the page has another field for words


@seen_by("everyone")
@cache_control(no_store=True)
def receipt(request: Request) -> HttpResponse:
    """查回音: type the receipt's code."""
    form = forms.ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = None
        if not limits.count(RECEIPTS, request.actor.origin or "none"):
            form.add_error(None, _("试得太多了，请过一刻钟再试，或者找村里查。"))
        else:
            found = queries.by_receipt(form.cleaned_data["code"])
            if found is None:
                form.add_error("code", _("没有这个回执码。请对照纸条再看一眼，一共 12 位数字。"))
        if found is not None:
            remember(request, found)
            return redirect("matters:own", pk=found.matter_id)
    known = queries.held_receipts(request.session.get("receipts", []))
    rows = marks.with_marks(queries.read_titles(known), clock.today())
    return render(request, "matters/receipt.html", {"form": form, "rows": rows}, status=422 if form.is_bound else 200)


def author_of(request: Request, pk: int) -> tuple[Actor, Matter]:
    """The actor as this matter's author: by account, or by a receipt shown in this browser. 404 for anybody else."""
    matter = get_object_or_404(Matter.objects.select_related("area", "author"), pk=pk)
    actor: Actor = request.actor
    if not rules.is_author(actor, matter) and not rules.has_in_charge(matter, actor):
        held = rules.receipts_in_force(matter).filter(pk__in=request.session.get("receipts", [])).first()
        if held is not None:
            shown = str(held.matter_id)
            actor = Actor("receipt", shown, via="web", origin=actor.origin, request_id=actor.request_id)
    if not rules.is_author(actor, matter):
        raise Http404
    return actor, matter


@seen_by("receipt")
@require_safe
def own(request: Request, pk: int) -> HttpResponse:
    actor, matter = author_of(request, pk)
    return render(request, "matters/own.html", _own(request, actor, matter))


def _own(request: Request, actor: Actor, matter: Matter) -> dict[str, Any]:
    today = clock.today()
    answers = queries.answers_of(matter)
    _matter, *parts = queries.read_titles([matter, *queries.parts_of(matter)])
    return {
        "matter": matter,
        "words": queries.words_of(matter),
        "heard": queries.heard_beside(matter),
        "enclosures": queries.enclosures_of(matter),
        "confirm": _confirm_form(request, matter),
        "later": queries.later_words(matter),
        "mark": marks.beside_due(matter, today) if matter.open else marks.mark_of(matter, today),
        "due": marks.due_view(matter, today),
        "timeline": marks.timeline(matter.steps.order_by("at", "pk"), answers=answers),
        "answer": answers[-1] if answers else None,
        "asked": matter.state in ("answered", "unconfirmed"),
        "again": matter.state == State.SETTLED,
        "withdrawable": matter.open and not (actor.kind == "receipt" and rules.slip_is_from_handler(matter)),
        "claimable": request.actor.kind == "account" and matter.author_account_id is None,
        "parts": marks.with_marks(parts, today),
        "form": forms.WordForm(),
        "area": matter.area,
        "asked_by_phone": actor.kind == "receipt" and rules.slip_is_from_handler(matter),
    }


@seen_by("receipt")
@require_POST
def own_word(request: Request, pk: int) -> HttpResponse:
    actor, matter = author_of(request, pk)
    form = forms.WordForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.settle_matter(matter, actor=actor, settled=data["settled"], text=data["text"], key=data["key"])
        except Refused as refused:
            add_refusal(form, refused)
            matter.refresh_from_db()
        else:
            messages.success(request, _("谢谢您，记下了") if data["settled"] else _goes_on(pk))
            return redirect("matters:own", pk=pk)
    return render(request, "matters/own.html", _own(request, actor, matter) | {"form": form}, status=422)


def _confirm_form(request: Request, matter: Matter) -> forms.ConfirmForm | None:
    """What somebody else wrote down, while its author has not read it; who wrote it is not asked."""
    told = queries.to_confirm(matter)
    if not told or request.actor.account_id in (matter.recorded_by_id or 0, matter.transcribed_by_id or 0):
        return None
    return forms.ConfirmForm(initial={"text": told}, auto_id=_CONFIRM)


@seen_by("receipt")
@require_POST
def own_confirm(request: Request, pk: int) -> HttpResponse:
    """就是这样: what was written down is right, or put right here."""
    actor, matter = author_of(request, pk)
    form = forms.ConfirmForm(request.POST, auto_id=_CONFIRM)
    if form.is_valid():
        data = form.cleaned_data
        try:
            rules.require_not_writer(matter, request.actor)  # with a receipt in hand too
            actions.confirm_words(matter, actor=actor, text=data["text"], key=data["key"])
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("谢谢您，记下的话就按这个"))
            return redirect("matters:own", pk=pk)
    return render(request, "matters/own.html", _own(request, actor, matter) | {"confirm": form}, status=422)


def _goes_on(pk: int) -> str:
    """Who goes on with it, and by when: what somebody who said 没解决 wants to know."""
    matter = Matter.objects.get(pk=pk)
    if matter.handler_id is None and not matter.department:
        return _("知道了，这就再办")
    facts = {"owner": queries.owner_name(matter), "day": day_words(matter.next_on, weekday=False)}
    return _("知道了，%(owner)s接着办，%(day)s前再答复您") % facts


@seen_by("receipt")
def own_withdraw(request: Request, pk: int) -> HttpResponse:
    actor, matter = author_of(request, pk)
    form = forms.OnlyKeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw_matter(matter, actor=actor, key=form.cleaned_data["key"])
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("撤回了"))
            return redirect("matters:own", pk=pk)
    queries.read_titles([matter])
    return render(
        request,
        "matters/withdraw.html",
        {"matter": matter, "form": form, "area": matter.area},
        status=422 if form.is_bound else 200,
    )


@seen_by("account")
@require_POST
def claim(request: Request, pk: int) -> HttpResponse:
    """认领: from now on the matter is the account's, without the code. A receipt in this browser is the proof."""
    _actor, matter = author_of(request, pk)
    form = forms.ReceiptForm(request.POST)
    if form.is_valid():
        actions.claim_matter(matter, actor=request.actor, code=form.cleaned_data["code"])
        messages.success(request, _("认领好了，以后登录就能看到"))
    else:
        messages.error(request, _("还没输回执码。请对照纸条输 12 位数字。"))
    return redirect("matters:own", pk=pk)
