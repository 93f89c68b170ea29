"""更正: a published piece as it stands, what it shall say, and why."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.engine import leaks
from xianglin.ui.forms import Typed

from . import actions, drafts, pieces, queries, tables
from .forms import CorrectForm, CorrectTableForm, RecountForm
from .models import Bulletin, State
from .permissions import WRITING
from .pieces import Piece
from .tables import Table
from .views_writing import theirs


@seen_by(*WRITING)
def correct(request: Request, bulletin_pk: int, piece: int) -> HttpResponse:
    bulletin = theirs(request, bulletin_pk)
    told = pieces.published(queries.standing_blocks(bulletin))
    corrects = bulletin.state == State.PUBLISHED and hooks.may(request.actor, "bulletins.correct", bulletin)
    if not corrects or not 0 < piece <= len(told):
        raise Http404
    one = told[piece - 1]
    others = _leaking(bulletin, [other for other in told if other is not one])
    form = _form_of(one, others, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _correct(request, bulletin, one, others, form.cleaned_data)
        except Refused as refused:
            by_reason = refused.code == "bulletins.no_reason" or "text" not in form.fields
            form.add_error("reason" if by_reason else "text", str(refused.message))
        else:
            messages.success(request, _("更正好了，公开栏上写明了"), extra_tags=f"correct:{bulletin_pk}:{piece}")
            return redirect("bulletins:public", bulletin.area.code, bulletin_pk)
    now = drafts.counted_now(bulletin, one.origin) if one.figure else None
    context = {"bulletin": bulletin, "form": form, "piece": one, "now": now}
    return render(request, "bulletins/correct.html", context, status=422 if form.is_bound else 200)


def _leaking(bulletin: Bulletin, told: list[Piece]) -> list[Piece]:
    """Other sentences with something personal in them: no new version may carry them on."""
    names = drafts.names_for(bulletin)
    return [one for one in told if any(leaks.scan(line, names=names) for line in _lines(one))]


def _lines(piece: Piece) -> list[str]:
    return tables.lines(piece.table) if piece.table else [piece.text]


def _form_of(piece: Piece, others: list[Piece], data: Any) -> forms.Form:
    if piece.figure:
        form: forms.Form = RecountForm(data)
    elif piece.table:
        form = CorrectTableForm(data, initial={"text": piece.table.typed})
    else:
        form = CorrectForm(data, initial={"text": piece.text})
    for other in others:
        area = forms.Textarea(attrs={"rows": 4})
        now = other.table.typed if other.table else other.text
        label = _("这一段也有个人信息，一起改")
        form.fields[f"also_{other.number}"] = Typed(label=label, required=False, widget=area, initial=now)
    return form


def _correct(request: Request, bulletin: Bulletin, piece: Piece, others: list[Piece], given: dict[str, Any]) -> None:
    typed = {other.number: given[f"also_{other.number}"] for other in others}
    if not piece.figure:
        typed[piece.number] = given["text"]
    changed = [piece, *others]
    actions.correct_bulletin(
        bulletin,
        actor=request.actor,
        reason=given["reason"],
        texts={one.origin: typed[one.number] for one in changed if not one.table and not one.figure},
        new_tables={one.origin: _table(one.table, typed[one.number]) for one in changed if one.table},
        recount=[piece.origin] if piece.figure else [],
        key=given["key"],
    )


def _table(old: Table, typed: str) -> Table | None:
    return tables.read(old.title, typed, old.source) if typed.strip() else None
