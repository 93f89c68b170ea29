"""请教: asking with one press, a thread on its page; and for the officer, whose answers are long in coming."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.files import serving
from xianglin.commons.files.forms import with_uploads
from xianglin.kernels.pairings.models import Pairing
from xianglin.ui.forms import Keys, sent, status, taken

from ..abilities.queries import catalogue
from ..desk import officers_grant
from ..experience import queries as experience
from ..kinds import MENTOR, OFFICER, YOUNG_CADRE
from ..pairs import queries as pairs
from ..pairs.rules import is_cadre, is_mentor
from . import actions, forms, queries, rules
from .models import State, Thread

THE_TWO = (MENTOR, YOUNG_CADRE)


@seen_by(*THE_TWO)
def asking(request: Request) -> HttpResponse:
    """My questions and those put to me; above them, for a young cadre, the next one."""
    mine = _mine(request)
    form, asked = None, list[Thread]()
    if mine:
        form = forms.AskForm(sent(request), pairs=mine, abilities=catalogue(mine[0]))
        with_uploads(form, request)

        def ask(data: dict[str, Any]) -> None:
            pairing = next(one for one in mine if one.pk == data.get("pair", mine[0].pk))
            more = {"ability_id": data["ability"], "uploads": form.uploads, "key": data["key"]}
            asked.append(actions.ask(pairing, actor=request.actor, words=data["words"], **more))

        if taken(form, ask, forms.FIELDS):
            messages.success(request, _("问好了，导师答了会告诉您"), extra_tags="ask")
            return redirect("mentoring:thread", asked[0].pk)
    threads, after = queries.of_account(request.actor.account_id, request.GET.get("after", ""))
    context = {
        "form": form,
        "mentor": mine[0].offer.name if len(mine) == 1 else "",
        "lines": queries.lines(threads),
        "own": request.actor.account_id,
        "over": _over(request) if not mine else None,
        "typed": request.POST.get("words", ""),  # nothing is lost where the pair ended meanwhile
        "more_url": f"?after={after}" if after else "",
    }
    answer = status(form) if form is not None else 422 if request.method == "POST" else 200
    return render(request, "mentoring/asking/asking.html", context, status=answer)


def _mine(request: Request) -> list[Pairing]:
    """The open pairs in which this reader learns; the one that is named first and alone."""
    open_ones = [one for one in pairs.learning(request.actor.account_id) if one.open]
    named = [one for one in open_ones if str(one.pk) == request.GET.get("pair", "")]
    return named or open_ones


def _over(request: Request) -> Pairing | None:
    before = pairs.learning(request.actor.account_id)
    return before[0] if before else None


def thread_of(request: Request, pk: int, action: str = "") -> Thread:
    found = queries.thread_for(request.actor, pk)
    if found is None or (action and not hooks.may(request.actor, action, found)):
        raise Http404
    return found


@seen_by(*THE_TWO)
@require_safe
def thread(request: Request, thread_pk: int) -> HttpResponse:
    return _page(request, thread_of(request, thread_pk))


def _page(request: Request, row: Thread, form: Any = None) -> HttpResponse:
    own, leads = is_cadre(request.actor, row.pairing), is_mentor(request.actor, row.pairing)
    shared = experience.of_thread(row.pk)
    shown = form or with_uploads(_form(own), request)
    context = {
        "thread": row,
        "pairing": row.pairing,
        "turns": queries.turns(row),
        "mark": queries.MARKS[State(row.state)],
        "days": rules.days_waiting(row),
        "own": own,
        "form": shown if row.pairing.open or shown.is_bound else None,
        "keys": Keys(),
        "judges": own and row.state == State.ANSWERED,
        "shared": shared if shared is not None and experience.experience_for(request.actor, shared.pk) else None,
        "proposes": leads and shared is None and row.answered_on is not None and row.state != State.WAITING,
        "others": experience.about(row.county_id, row.ability_id) if row.ability_id else [],
    }
    return render(request, "mentoring/asking/thread.html", context, status=status(shown))


def _form(own: bool, data: Any = None) -> forms.SayForm:
    if own:
        return forms.FurtherForm(data, label=_("再问一句"))
    return forms.SayForm(data, label=_("回答"))


@seen_by(*THE_TWO)
@require_POST
def say(request: Request, thread_pk: int) -> HttpResponse:
    """An answer, or a further question: whoever of the two it is."""
    row = thread_of(request, thread_pk)
    own = is_cadre(request.actor, row.pairing)
    form = with_uploads(_form(own, request.POST), request)

    def keep(data: dict[str, Any]) -> None:
        said = {"words": data["words"], "uploads": form.uploads, "key": data["key"]}
        if own:
            actions.ask_further(row, actor=request.actor, unclear=data["unclear"], **said)
        else:
            actions.answer(row, actor=request.actor, **said)

    if taken(form, keep, forms.FIELDS):
        messages.success(request, _("问好了，导师答了会告诉您") if own else _("答好了"), extra_tags=f"thread:{row.pk}")
        return redirect("mentoring:thread", row.pk)
    return _page(request, thread_of(request, thread_pk), form)


@seen_by(*THE_TWO)
@require_POST
def find_useful(request: Request, thread_pk: int) -> HttpResponse:
    row = thread_of(request, thread_pk, "mentoring.find_useful")
    if row.state != State.WAITING:
        actions.find_useful(row, actor=request.actor)
        messages.success(request, _("记下了，有用"))
    return redirect("mentoring:thread", row.pk)


@seen_by(*THE_TWO)
@require_safe
def photo(request: Request, turn_photo_pk: int) -> HttpResponse:
    row = queries.photo_for(request.actor, turn_photo_pk)
    if row is None:
        raise Http404
    return serving.respond(request, row.file, small="small" in request.GET)


@seen_by(OFFICER)
@require_safe
def unanswered(request: Request) -> HttpResponse:
    """Which pairs' questions have waited for a week: who, since when; never what."""
    area = officers_grant(request).area
    rows = [(one, rules.days_waiting(one)) for one in queries.overdue(area)[: queries.PAGE * 2]]
    return render(request, "mentoring/asking/unanswered.html", {"area": area, "rows": rows})
