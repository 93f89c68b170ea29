"""Staff's screens: the list, the opened matter, its deeds."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianglin.base import clock, hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Grant
from xianglin.commons.access.queries import working_grant
from xianglin.commons.areas.models import Level
from xianglin.commons.files.forms import with_uploads
from xianglin.commons.keys.sealing import open_all

from . import by_sms, deeds, likeness, marks, queries
from .models import Matter, State
from .refusals import add_refusal
from .views_public import show_slip

_LISTS = {"open": _("没了结"), "mine": _("我经办的"), "done": _("了结了")}


def _sets(request: Request, grant: Grant) -> dict[str, queries.Set]:
    return {
        "open": queries.open_for_grant(grant),
        "mine": queries.mine(request.actor.account_id),
        "done": queries.ended_for_grant(grant),
    }


def _list_context(request: Request) -> dict[str, Any]:
    grant = working_grant(request)
    assert grant is not None  # the page is for staff
    which = request.GET.get("list", "open")
    which = which if which in _LISTS else "open"
    sets = _sets(request, grant)
    order = queries.latest_first if which == "done" else queries.soonest_first
    page = queries.page_of(order(sets[which], queries.After.read(request.GET.get("after", ""))))
    return {
        "which": which,
        "lists": [(key, label, queries.capped(sets[key]), key == which) for key, label in _LISTS.items()],
        "rows": marks.with_marks(queries.titled_for(grant, page.rows), clock.today()),
        "more_url": f"?list={which}&after={page.after}" if page.after else "",
        "area": grant.area,
        "receiving": grant.role in queries.RECEIVING,
        "many_places": grant.area.level < Level.VILLAGE,
    }


@seen_by(*queries.READING)
@require_safe
def matter_list(request: Request) -> HttpResponse:
    """On a desk the first of the list lies opened beside it; a phone shows the list alone."""
    context = _list_context(request)
    first = queries.matter_for(request.actor, context["rows"][0][0].pk) if context["rows"] else None
    if first is not None and not getattr(request, "htmx", False):
        context |= _opened(request, first)
    return render(request, "matters/list.html", context)


@seen_by("staff")
@require_safe
def matter_page(request: Request, pk: int) -> HttpResponse:
    context = _opened(request, _theirs(request, pk)) | _list_context(request)
    return render(request, "matters/matter.html", context | {"current": pk})


def _theirs(request: Request, pk: int) -> Matter:
    matter = queries.matter_for(request.actor, pk)
    if matter is None:
        raise Http404
    return matter


def _opened(request: Request, matter: Matter) -> dict[str, Any]:
    able = deeds.open_to(request.actor, matter)
    today = clock.today()
    answers = queries.answers_of(matter) if matter.answer else []
    corrected = any(answer.corrected_at for answer in answers)
    reads = hooks.may(request.actor, "matters.read_words", matter)
    children = matter.children.select_related("area").defer("words", "transcript") if matter.child_count else []
    if reads:
        queries.read_titles([matter, *children, *([matter.parent] if matter.parent else [])])
    return {
        "matter": matter,
        "reads": reads,
        "words": queries.words_of(matter) if reads else None,
        "author": queries.author_names(matter) if reads else [],
        "phone": _phone(matter) if reads else None,
        **_said(matter, reads),
        "later": queries.later_words(matter) if reads else [],
        "replies": by_sms.replies_of(matter) if reads and matter.answer else [],
        "mark": marks.beside_due(matter, today) if matter.open else marks.mark_of(matter, today),
        "due": marks.due_view(matter, today),
        "timeline": marks.timeline(
            matter.steps.order_by("at", "pk"),
            _notes(matter) if reads else (),
            answers,
        ),
        "replaced": marks.replaced_of(queries.replaced_photos(matter)) if corrected else [],
        "loud": [d for d in able if d.loud],
        "quiet": [d for d in able if not d.loud and d.verb != "link"],
        "owner": queries.owner_name(matter) if matter.handler_id or matter.department else "",
        "children": children,
        "alike": likeness.like_this(matter) if any(d.verb == "link" for d in able) else [],
        "waits": matter.state in (State.ANSWERED, State.UNCONFIRMED) and not any(d.loud for d in able),
    }


def _said(matter: Matter, reads: bool) -> dict[str, Any]:
    """What came with the words, for whoever reads them."""
    return {
        "heard": queries.heard_beside(matter) if reads else "",
        "enclosures": queries.enclosures_of(matter) if reads else [],
    }


def _phone(matter: Matter) -> str | None:
    return open_all([matter.phone])[0]


def _phone_to_ring(matter: Matter) -> str | None:
    """The number given with the words, or the one that their author logs in with."""
    account = matter.author_account
    return _phone(matter) or (open_all([account.phone])[0] if account is not None else None)


def _notes(matter: Matter) -> Iterator[str]:
    """What was noted at each call that reached nobody; asked for only where there was one."""
    yield from matter.attempts.order_by("at", "pk").values_list("note", flat=True)


@seen_by("staff")
def matter_deed(request: Request, pk: int, verb: str) -> HttpResponse:
    matter = _theirs(request, pk)
    deed = deeds.BY_VERB.get(verb)
    if deed is None or not hooks.may(request.actor, deed.action, matter):
        raise Http404
    form = with_uploads(deed.form(matter, request.POST if request.method == "POST" else None), request)
    if request.method == "POST" and form.is_valid():
        try:
            deed.run(matter, request.actor, form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused, queries.author_names(matter))
        else:
            return _after(request, deed, pk, form.cleaned_data["key"])
    proposed = deed.propose(matter) if deed.propose is not None and not form.is_bound else ""
    if proposed and "propose" in request.GET:
        form.initial["text"] = proposed
    context = _asked(request, matter, deed) | {"deed": deed, "form": form, "proposed": proposed}
    return render(request, "matters/deed.html", context, status=422 if form.is_bound else 200)


def _asked(request: Request, matter: Matter, deed: deeds.Deed) -> dict[str, Any]:
    """What must be in sight while it is done: the words; for a call, whom to ring, and what the village answered."""
    reads = hooks.may(request.actor, "matters.read_words", matter)
    if reads:
        queries.read_titles([matter])
    return {
        "matter": matter,
        "reads": reads,
        "words": queries.words_of(matter) if reads else None,
        **_said(matter, reads),
        "author": queries.author_names(matter) if reads else [],
        "phone": _phone_to_ring(matter) if reads and (deed.by_another or deed.shows_phone) else None,
        "answer": matter.answer if deed.by_another or deed.shows_phone else "",
    }


def _after(request: Request, deed: deeds.Deed, pk: int, key: UUID) -> HttpResponse:
    if deed.makes_slip:
        show_slip(request, pk, key)
        return redirect("matters:slip")
    done = deeds.told(deed, Matter.objects.select_related("area").get(pk=pk))
    messages.success(request, done, extra_tags=f"deed:{deed.verb}:{pk}")  # what was typed needs no keeping now
    if queries.matter_for(request.actor, pk) is None:
        return redirect("portal:today")  # an accusation: whoever found it sees it no more
    return redirect("matters:matter", pk=pk)
