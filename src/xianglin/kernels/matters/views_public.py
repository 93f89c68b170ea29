"""What everybody sees: saying something, its slip, the public page of one matter, the lists of a village's."""

import uuid
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from xianglin.base import clock, hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.access import limits
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.pages import place
from xianglin.commons.files.forms import with_uploads
from xianglin.commons.keys.sealing import blind_index
from xianglin.ui.templatetags.ui import day_words

from . import actions, forms, marks, queries, rules
from .models import Answer, Matter, Receipt
from .refusals import add_refusal

SAYING = limits.Limit("matters-say", 30, 3600)  # one village may share one address behind its operator
SAME_FOR = 1800  # seconds in which the same words from the same browser are the same matter
BEGUN = 120  # characters of words that another page begins
_KEPT = 20  # receipts a browser remembers
_HAND_IN = {
    Level.COUNTY: gettext_lazy("交给县里"),
    Level.TOWN: gettext_lazy("交给镇里"),
}


@seen_by("everyone")
def say(request: Request, code: str) -> HttpResponse:
    area = place(code)
    if area.level < Level.COUNTY:
        raise Http404  # nobody receives words there
    begun = {"words": request.GET.get("words", "")[:BEGUN]}
    form = forms.SayForm(request.POST if request.method == "POST" else None, initial=begun)
    form = with_uploads(form, request)
    if request.method == "POST" and form.is_valid():
        try:
            _take(request, area, form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            return redirect("matters:slip")
    context = {"form": form, "area": area, "hand_in": _HAND_IN.get(Level(area.level), gettext_lazy("交给村里"))}
    return render(request, "matters/say.html", context, status=422 if form.is_bound else 200)


def _take(request: Request, area: Area, data: dict[str, Any]) -> None:
    """Raise it; but what this browser said here a moment ago (the way back, and sent again) was received already."""
    uploads = (*data["voice"], *data["photos"])
    told = [area.code, data["words"], data["name"], data["phone"], *(upload.token for upload in uploads)]
    what = blind_index("said here", "\n".join(told))
    now = int(clock.real_now().timestamp())
    lately = [one for one in request.session.get("said", []) if one["at"] > now - SAME_FOR]
    before = next((one for one in lately if one["what"] == what and _is_open(one["pk"])), None)
    if before is not None:
        show_slip(request, before["pk"], uuid.UUID(before["key"]), own=True, again=before["key"] != str(data["key"]))
        return
    if not limits.count(SAYING, request.actor.origin or "none"):
        raise Refused("matters.too_many", _("说得太多了，请过一小时再说。急事请打村里电话。"))
    said = actions.Said(
        words=data["words"],
        name=data["name"],
        phone=data["phone"],
        uploads=uploads,
        dictated=data.get("dictated", False),
    )
    matter = actions.raise_matter(area, actor=request.actor, said=said, key=data["key"])
    remember(request, matter.receipts.latest("pk"))
    show_slip(request, matter.pk, data["key"], own=True)
    request.session["said"] = [{"what": what, "pk": matter.pk, "key": str(data["key"]), "at": now}, *lately][:_KEPT]


@seen_by("everyone")
def call_me(request: Request, code: str) -> HttpResponse:
    """叫人帮我记: leave a number, and the receiving post rings and writes it down."""
    area = place(code)
    if area.level < Level.COUNTY:
        raise Http404
    form = forms.CallMeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _take(request, area, {"words": "", "voice": [], "photos": [], "dictated": True, **form.cleaned_data})
        except Refused as refused:
            add_refusal(form, refused)
        else:
            return redirect("matters:slip")
    return render(request, "matters/call_me.html", {"form": form, "area": area}, status=422 if form.is_bound else 200)


def _is_open(pk: int) -> bool:
    return Matter.objects.filter(pk=pk, open=True).exists()


def show_slip(request: Request, pk: int, key: uuid.UUID, *, own: bool = False, again: bool = False) -> None:
    """The next page shows this matter's receipt, once."""
    request.session["slip"] = {"pk": pk, "key": str(key), "own": own, "again": again}


@seen_by("everyone")
@cache_control(no_store=True)
@require_safe
def slip(request: Request) -> HttpResponse:
    """The slip that its author keeps: number, code, and by when there is an answer. Shown in this browser only."""
    kept = request.session.get("slip")
    if not kept:
        return redirect("matters:receipt")
    matter = get_object_or_404(Matter.objects.select_related("area"), pk=kept["pk"])
    code = rules.spaced(rules.code_of(kept["key"]))
    context = {**kept, "matter": matter, "code": code, "area": matter.area}
    return render(request, "matters/slip.html", context)


def remember(request: Request, receipt: Receipt) -> None:
    """This browser was shown the code. It counts for as long as the receipt does."""
    kept = [pk for pk in request.session.get("receipts", []) if pk != receipt.pk]
    request.session["receipts"] = [receipt.pk, *kept][:_KEPT]


@seen_by("everyone")
@require_safe
def public(request: Request, code: str, serial: int) -> HttpResponse:
    area = place(code)
    matter = queries.public_matter(area, serial)
    if matter is None:
        raise Http404
    today = clock.today()
    answers = queries.answers_of(matter)
    context = {
        "matter": matter,
        "area": area,
        "mark": marks.beside_due(matter, today) if matter.open else marks.mark_of(matter, today),
        "due": marks.due_view(matter, today),
        "answers": [(answer, marks.photos_of(answer)) for answer in answers],
        "may_open": hooks.may(request.actor, "matters.see", matter),
        "share": _share(matter, area, answers),
    }
    return render(request, "matters/public.html", context)


def _share(matter: Matter, area: Area, answers: list[Answer]) -> str:
    """复制到群: the matter in a few plain lines."""
    due = marks.due_view(matter, clock.today())
    told = {
        "slip": matter.slip,
        "title": matter.title,
        "place": area.name,
        "answer": matter.answer,
        "day": day_words(matter.next_on, weekday=False),
        "why": due.why_stopped if due and due.stopped else "",
        "answered": day_words(matter.answered_on, weekday=False) if matter.answered_on else "",
    }
    if answers and answers[-1].round == matter.round:
        return _("【%(place)s】%(title)s\n村里答复：%(answer)s\n（%(slip)s）") % told
    if not matter.open:
        return _("【%(place)s】%(title)s\n%(told)s。（%(slip)s）") % {**told, "told": marks.told(matter)}
    if told["why"]:
        return _("【%(place)s】%(title)s\n%(why)s。（%(slip)s）") % told
    if answers:
        again = _("【%(place)s】%(title)s\n%(answered)s答复过，提的人说没解决，正在再办，%(day)s前再答复。（%(slip)s）")
        return again % told
    return _("【%(place)s】%(title)s\n正在办，%(day)s前答复。（%(slip)s）") % told


@seen_by("everyone")
@require_safe
def everything(request: Request, code: str) -> HttpResponse:
    """All public matters of a village: open ones, or settled ones. Wider places list what lies in them instead."""
    area = place(code)
    if area.level < Level.VILLAGE:
        return redirect("portal:village", code=code)
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
