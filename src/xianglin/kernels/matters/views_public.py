"""What a villager sees: saying something, the receipt, one's own matter, and the public page of one."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.access import limits
from xianglin.commons.areas.models import Area
from xianglin.commons.deadlines.queries import explain

from . import actions, forms, marks, queries, rules
from .models import Matter

SAYING = limits.Limit("matters-say", 30, 3600)  # one village may share one address behind its operator
RECEIPTS = limits.Limit("matters-receipt", 20, 900)
_KEPT = 20  # receipts a browser remembers


def add_refusal(form: Form, refused: Refused) -> None:
    """Show a refusal beside the form, with everything typed still in it."""
    form.add_error(None, str(refused.message))


def place(code: str) -> Area:
    area: Area = get_object_or_404(Area.objects.current(), code=code)
    return area


@seen_by("everyone")
def say(request: Request, code: str) -> HttpResponse:
    area = place(code)
    form = forms.SayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if not limits.count(SAYING, request.actor.origin or "none"):
                raise Refused("matters.too_many", _("说得太多了，请过一小时再说。急事请打村里电话。"))
            said = actions.Said(words=data["words"], name=data["name"], phone=data["phone"])
            matter = actions.raise_matter(area, actor=request.actor, said=said, key=data["key"])
        except Refused as refused:
            add_refusal(form, refused)
        else:
            remember(request, matter)
            request.session["slip"] = {"pk": matter.pk, "key": str(data["key"])}
            return redirect("matters:slip")
    return render(request, "matters/say.html", {"form": form, "area": area}, status=422 if form.is_bound else 200)


@seen_by("everyone")
@require_safe
def slip(request: Request) -> HttpResponse:
    """The slip that its author keeps: number, code, and by when there is an answer. Shown in this browser only."""
    kept = request.session.get("slip")
    if not kept:
        return redirect("matters:receipt")
    matter = get_object_or_404(Matter.objects.select_related("area"), pk=kept["pk"])
    code = rules.spaced(rules.code_of(kept["key"]))
    own = matter.recorded_by_id is None
    return render(request, "matters/slip.html", {"matter": matter, "code": code, "own": own, "area": matter.area})


def remember(request: Request, matter: Matter) -> None:
    kept = [pk for pk in request.session.get("receipts", []) if pk != matter.pk]
    request.session["receipts"] = [matter.pk, *kept][:_KEPT]


@seen_by("everyone")
def receipt(request: Request) -> HttpResponse:
    """查回音: type the receipt's code."""
    form = forms.ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        matter = None
        if not limits.count(RECEIPTS, request.actor.origin or "none"):
            form.add_error(None, _("试得太多了，请过一刻钟再试，或者找村里查。"))
        else:
            matter = queries.by_receipt(form.cleaned_data["code"])
            if matter is None:
                form.add_error("code", _("没有这个回执码。请对照纸条再看一眼，一共 12 位数字。"))
        if matter is not None:
            remember(request, matter)
            return redirect("matters:own", pk=matter.pk)
    known = Matter.objects.filter(pk__in=request.session.get("receipts", [])).select_related("area").defer("words")
    rows = marks.with_marks(queries.read_titles(known.order_by("-pk")), clock.today())
    return render(request, "matters/receipt.html", {"form": form, "rows": rows}, status=422 if form.is_bound else 200)


def author_of(request: Request, pk: int) -> tuple[Actor, Matter]:
    """The actor as this matter's author: by account, or by a receipt shown in this browser. 404 for anybody else."""
    matter = get_object_or_404(Matter.objects.select_related("area", "author"), pk=pk)
    actor: Actor = request.actor
    held = {pk, matter.split_from_id} & set(request.session.get("receipts", []))
    if held and not rules.is_author(actor, matter) and actor.account_id not in rules.in_charge_now(matter):
        actor = Actor("receipt", str(held.pop()), via="web", origin=actor.origin, request_id=actor.request_id)
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
    _matter, *parts = queries.read_titles([matter, *queries.parts_of(matter)])
    return {
        "matter": matter,
        "words": queries.words_of(matter),
        "mark": marks.mark_of(matter, today),
        "due": explain(matter, today) if matter.open else None,
        "timeline": marks.timeline(matter.steps.order_by("at", "pk")),
        "asked": matter.state in ("answered", "unconfirmed"),
        "withdrawable": matter.open,
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
        actions.settle_matter(matter, actor=actor, settled=data["settled"], text=data["text"], key=data["key"])
        messages.success(request, _("谢谢您，记下了") if data["settled"] else _("知道了，这就再办"))
        return redirect("matters:own", pk=pk)
    return render(request, "matters/own.html", _own(request, actor, matter) | {"form": form}, status=422)


@seen_by("receipt")
def own_withdraw(request: Request, pk: int) -> HttpResponse:
    actor, matter = author_of(request, pk)
    form = forms.OnlyKeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_matter(matter, actor=actor, key=form.cleaned_data["key"])
        messages.success(request, _("撤回了"))
        return redirect("matters:own", pk=pk)
    queries.read_titles([matter])
    return render(request, "matters/withdraw.html", {"matter": matter, "form": form, "area": matter.area})


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


@seen_by("everyone")
@require_safe
def public(request: Request, code: str, serial: int) -> HttpResponse:
    area = place(code)
    matter = queries.public_matter(area, serial)
    if matter is None:
        raise Http404
    today = clock.today()
    answers = list(matter.answers.order_by("round"))
    context = {
        "matter": matter,
        "area": area,
        "mark": marks.mark_of(matter, today),
        "due": explain(matter, today) if matter.open else None,
        "answers": answers,
        "may_open": hooks.may(request.actor, "matters.see", matter),
        "share": _share(matter, area),
    }
    return render(request, "matters/public.html", context)


def _share(matter: Matter, area: Area) -> str:
    """复制到群: the matter in a few plain lines."""
    facts = {"slip": matter.slip, "title": matter.title, "place": area.name, "answer": matter.answer}
    if matter.answer:
        return _("【%(place)s】%(title)s\n村里答复：%(answer)s\n（%(slip)s）") % facts
    told = {**facts, "day": matter.next_on.isoformat()}
    return _("【%(place)s】%(title)s\n正在办，%(day)s 前答复。（%(slip)s）") % told


@seen_by("everyone")
@require_safe
def everything(request: Request, code: str) -> HttpResponse:
    """All public matters of a place: open ones, or settled ones."""
    area = place(code)
    done = request.GET.get("list") == "done"
    after = queries.After.read(request.GET.get("after", ""))
    rows = (
        queries.latest_first(queries.public_ended(area), after)
        if done
        else queries.soonest_first(queries.public_open(area), after)
    )
    page = queries.page_of(rows)
    which = "done" if done else "open"
    context = {
        "area": area,
        "done": done,
        "rows": marks.with_marks(page.rows, clock.today()),
        "more_url": f"?list={which}&after={page.after}" if page.after else "",
    }
    return render(request, "matters/everything.html", context)
