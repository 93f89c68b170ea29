"""Likely duplicates: the pairs that wait for the receiving post, and two matters side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xianglin.base import clock, hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.base.registry import Text
from xianglin.commons.access.queries import working_grant
from xianglin.commons.areas.models import Level
from xianglin.commons.search.excerpts import Piece, parted
from xianglin.engine.text import find_shared
from xianglin.ui.due import DueView
from xianglin.ui.marks import Mark

from . import actions, deeds, forms, likeness, marks, queries
from .models import Matter
from .refusals import add_refusal


@seen_by(*queries.RECEIVING)
@require_safe
def duplicates(request: Request) -> HttpResponse:
    """The likely pairs of what is open here, each one press from its decision."""
    grant = working_grant(request)
    assert grant is not None
    context = {
        "pairs": likeness.pairs_for(grant),
        "area": grant.area,
        "many_places": grant.area.level < Level.VILLAGE,
        "looked_through": likeness.LOOKED_THROUGH,
        "shown": likeness.SHOWN,
    }
    return render(request, "matters/duplicates.html", context)


@dataclass(frozen=True)
class Side:
    """One of the two, as far as the reader may read it; what the other says too is marked."""

    matter: Matter
    reads: bool
    title: Sequence[Piece]
    words: Sequence[Piece]
    author: str
    mark: Mark
    told: Text
    due: DueView | None


@seen_by(*queries.RECEIVING)
def beside(request: Request, pk: int, other_pk: int) -> HttpResponse:
    """是一件事，不是一件事: decided with both in sight, and taken back as easily."""
    one, other = likeness.in_order(_to_compare(request, pk), _to_compare(request, other_pk))
    if one == other:
        raise Http404
    sides = _sides(request, one, other)
    parents = [(m.pk, f"{m.slip}　{m.called}") for m in likeness.parents_of(one, other)]
    form = forms.BesideForm(request.POST if request.method == "POST" else None, parents=parents)
    if form.is_bound and form.is_valid():
        try:
            done = _decide(request, form.cleaned_data, one, other)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, done)
            return redirect("matters:beside", one.pk, other.pk)
    context = _standing(request, one, other) | {"one": one, "sides": sides, "form": form, "parents": parents}
    return render(request, "matters/beside.html", context, status=422 if form.is_bound else 200)


def _to_compare(request: Request, pk: int) -> Matter:
    matter = queries.matter_for(request.actor, pk)
    if matter is None or not hooks.may(request.actor, "matters.tell_apart", matter):
        raise Http404
    return matter


def _sides(request: Request, *both: Matter) -> list[Side]:
    reads = [hooks.may(request.actor, "matters.read_words", matter) for matter in both]
    queries.read_titles([m for m, may in zip(both, reads, strict=True) if may])
    said = [(queries.words_of(m) or "") if may else "" for m, may in zip(both, reads, strict=True)]
    texts = [f"{m.called}\n{words}" for m, words in zip(both, said, strict=True)]
    today = clock.today()
    return [
        Side(
            matter,
            may,
            title=parted(matter.called, find_shared(matter.called, theirs)),
            words=parted(words, find_shared(words, theirs)),
            author=next(iter(queries.author_names(matter)), "") if may else "",
            mark=marks.mark_of(matter, today),
            told=marks.told(matter),
            due=marks.due_view(matter, today),
        )
        for matter, may, words, theirs in zip(both, reads, said, reversed(texts), strict=True)
    ]


def _decide(request: Request, data: dict[str, Any], one: Matter, other: Matter) -> str:
    actor, key = request.actor, data["key"]
    if data["say"] == "same":
        parent, child = (other, one) if data["parent"] == other.pk else (one, other)
        actions.link_duplicate(child, actor=actor, parent_id=parent.pk, key=key)
        return _("%(child)s并到%(parent)s里办了") % {"child": child.slip, "parent": parent.slip}
    if data["say"] == "unlink":
        actions.unlink_duplicate(_child_of(one, other) or one, actor=actor, key=key)
        return _("拆开了，单独办")
    if data["say"] == "apart":
        actions.tell_apart(one, actor=actor, other_id=other.pk, key=key)
        return _("记下了：不是一件事，不再提")
    actions.ask_again(one, actor=actor, other_id=other.pk, key=key)
    return _("放回去了，再看看")


def _child_of(one: Matter, other: Matter) -> Matter | None:
    """Which of the two lies under the other."""
    return one if one.parent_id == other.pk else other if other.parent_id == one.pk else None


def _standing(request: Request, one: Matter, other: Matter) -> dict[str, Any]:
    """What has been decided about the two; once it is, the next pair is one press away."""
    child = _child_of(one, other)
    apart = child is None and likeness.told_apart(one, other).exists()
    grant = working_grant(request)
    decided = child is not None or apart
    return {
        "child": child,
        "may_unlink": child is not None and child.state in deeds.BY_VERB["unlink"].when,
        "apart": apart,
        "following": next(iter(likeness.pairs_for(grant).likely), None) if decided and grant else None,
    }
