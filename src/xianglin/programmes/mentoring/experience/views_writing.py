"""整理成经验: a good answer written anew in general words."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.ui.forms import sent, status, taken

from ..abilities.queries import catalogue
from ..asking import queries as asking
from ..asking.models import Thread
from ..permissions import LISTED
from . import actions, forms, queries
from .models import Experience
from .views import STILL_WRITTEN, experience_of, reading_anew


@seen_by(*LISTED)
def propose(request: Request, thread_pk: int) -> HttpResponse:
    """By its mentor, who has the own answer to begin with; by an officer, who sees nothing of the thread."""
    rows = Thread.objects.select_related("pairing__area", "pairing__need__holder", "pairing__offer__holder")
    thread = rows.filter(pk=thread_pk).first()
    if thread is None or not hooks.may(request.actor, "mentoring.propose_experience", thread):
        raise Http404
    if (shared := queries.of_thread(thread.pk)) is not None:
        return redirect("mentoring:experience", shared.pk)
    form = forms.ExperienceForm(sent(request), abilities=catalogue(thread.area), initial=_begins(request, thread))
    kept: list[Experience] = []

    def do(data: dict[str, Any]) -> None:
        kept.append(actions.propose_experience(thread, actor=request.actor, draft=form.draft, key=data["key"]))

    if taken(form, do, forms.FIELDS):
        messages.success(request, _("写好了，先问提问的人同不同意"), extra_tags=f"experience:{thread.pk}")
        return redirect("mentoring:experience", kept[0].pk)
    context = {"thread": thread, "form": form, "row": None, "draft": thread.pk, "sees": _sees(request, thread)}
    return render(request, "mentoring/experience/write.html", context, status=status(form))


def _sees(request: Request, thread: Thread) -> bool:
    return hooks.may(request.actor, "mentoring.see_thread", thread)


def _begins(request: Request, thread: Thread) -> dict[str, Any]:
    """The mentor's own last answer; the question is never prefilled."""
    begins: dict[str, Any] = {"abilities": [thread.ability_id] if thread.ability_id else []}
    if _sees(request, thread):
        own = [one for one in asking.turns(thread) if one.turn.answers and one.turn.by_id == request.actor.account_id]
        answers = [one.words for one in own]
        begins["answer"] = answers[-1] if answers else ""
    return begins


@seen_by(*LISTED)
def amend(request: Request, experience_pk: int) -> HttpResponse:
    """Before it is published; who asked is asked again."""
    row = experience_of(request, experience_pk, "mentoring.amend_experience")
    if row.state not in STILL_WRITTEN:
        raise Http404
    stands = {name: getattr(row, name) for name in ("title", "question", "answer", "edition")}
    stands["abilities"] = [one.ability_id for one in row.abilities.all()]
    form = forms.ExperienceForm(sent(request), abilities=catalogue(row), initial=stands)

    def do(data: dict[str, Any]) -> None:
        said = {"edition": data["edition"] or 0, "draft": form.draft, "key": data["key"]}
        actions.amend_experience(row, actor=request.actor, **said)

    if taken(form, do, forms.FIELDS):
        messages.success(request, _("改好了，再问提问的人同不同意"), extra_tags=f"experience:amend-{row.pk}")
        return redirect("mentoring:experience", row.pk)
    if form.is_bound:
        reading_anew(form, experience_of(request, experience_pk))
    context = {"thread": None, "form": form, "row": row, "draft": f"amend-{row.pk}", "sees": False}
    return render(request, "mentoring/experience/write.html", context, status=status(form))
