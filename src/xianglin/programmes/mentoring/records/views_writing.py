"""记一次帮带, in less than a minute on a phone; and putting a record right."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.files.forms import with_uploads
from xianglin.kernels.matters.models import Matter
from xianglin.kernels.pairings.models import Pairing
from xianglin.ui.forms import sent, status, taken

from ..abilities.queries import catalogue
from ..pairs import queries as pairs
from ..permissions import LISTED
from ..plans import queries as plans
from ..registers.queries import villages_around
from . import actions, forms, queries
from .models import Record, Trains
from .views import may_correct, reading_anew, record_of


@seen_by(*LISTED)
def new_record(request: Request) -> HttpResponse:
    """Of the pair that the address names, else of one's own."""
    offered = _pairs(request)
    if not offered:
        none: dict[str, Any] = {"over": _asked_for(request), "typed": request.POST.get("done", "")}
        answer = 422 if request.method == "POST" else 200
        return render(request, "mentoring/records/none.html", none, status=answer)
    own = all(one.need.holder_id == request.actor.account_id for one in offered)
    form = forms.RecordForm(sent(request), choices=choices(request, offered), pairs=offered, own=own)
    with_uploads(form, request)
    kept: list[Record] = []

    def keep(data: dict[str, Any]) -> None:
        pairing = next(one for one in offered if one.pk == data.get("pair", offered[0].pk))
        said = {"said": form.said, "uploads": form.uploads, "key": data["key"]}
        kept.append(actions.write_record(pairing, actor=request.actor, **said))

    if taken(form, keep, forms.FIELDS):
        messages.success(request, _("记好了，等对方确认"), extra_tags=f"record:{_draft(offered)}")
        return redirect("mentoring:record", kept[0].pk)
    context = {"form": form, "pairing": offered[0] if len(offered) == 1 else None, "draft": _draft(offered)}
    return render(request, "mentoring/records/write.html", context, status=status(form))


def _asked_for(request: Request) -> Pairing | None:
    said = request.GET.get("pair", "")
    return pairs.pair_for(request.actor, int(said)) if said.isascii() and said.isdecimal() and len(said) < 16 else None


def _pairs(request: Request) -> list[Pairing]:
    """The one that is named, if it is open and theirs to write in; else all of one's own that are."""
    if "pair" in request.GET:
        named = _asked_for(request)
        if named is None:
            raise Http404
        found = [named]
    else:
        account = request.actor.account_id
        found = [*pairs.learning(account), *pairs.leading(account)]
    return [one for one in found if one.open and hooks.may(request.actor, "mentoring.write_record", one)]


def _draft(offered: Sequence[Pairing]) -> str:
    return str(offered[0].pk) if len(offered) == 1 else "mine"


def choices(request: Request, offered: Sequence[Pairing], chosen: Matter | None = None) -> forms.Choices:
    """What can be chosen: of these pairs' places, in one county."""
    first = offered[0]
    places = {one.area_id: one.area for one in offered}
    towns = {one.area.town_id: one.area for one in offered}
    return forms.Choices(
        abilities=catalogue(first),
        villages=[village for area in towns.values() for village in villages_around(area)],
        matters=queries.matters_to_choose(request.actor, places.values(), chosen),
        assignments=[work for one in offered for work in plans.assignments(one)],
        several=len(offered) > 1,
    )


@seen_by(*LISTED)
def correct(request: Request, record_pk: int) -> HttpResponse:
    """What stands, to be put right by who wrote it."""
    row = record_of(request, record_pk, "mentoring.correct_record")
    if not may_correct(request, row):
        raise Http404
    (standing,) = queries.shown([row], request.actor)
    trains = list(Trains.objects.filter(edition=standing.edition).values_list("ability_id", flat=True))
    offered = choices(request, [row.pairing], row.matter)
    initial = forms.of_record(standing, trains)
    form = forms.CorrectForm(sent(request), choices=offered, standing=standing, initial=initial)
    with_uploads(form, request)

    def put_right(data: dict[str, Any]) -> None:
        more = {name: data[name] for name in ("edition", "why", "key")} | {"without": data.get("without", ())}
        said = form.said
        if said.matter is None and row.matter_id not in (None, *offered.matters):
            said = replace(said, matter=row.matter)  # not theirs to see, so not theirs to take away
        actions.correct_record(row, actor=request.actor, said=said, uploads=form.uploads, **more)

    if taken(form, put_right, forms.FIELDS):
        messages.success(request, _("改好了，等对方确认"), extra_tags=f"record:correct-{row.pk}")
        return redirect("mentoring:record", row.pk)
    if form.is_bound:
        reading_anew(form, record_of(request, record_pk))
    context = {"form": form, "pairing": row.pairing, "record": row, "told": standing, "draft": f"correct-{row.pk}"}
    return render(request, "mentoring/records/write.html", context, status=status(form))
