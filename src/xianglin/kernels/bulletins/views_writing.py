"""Writing a draft: one piece at a time, saved by a press or by itself (``ui/autosave.js``)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from xianglin.base import clock, hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused

from . import drafts, pieces, queries, rules, tables
from .forms import BlockForm, TableForm
from .models import Block, Bulletin, Sort
from .permissions import WRITING
from .pieces import Piece

MEANWHILE = "bulletins.edited_meanwhile"


def theirs(request: Request, pk: int) -> Bulletin:
    bulletin = queries.bulletin_for(request.actor, pk)
    if bulletin is None:
        raise Http404
    return bulletin


def form_of(block: Block, data: Any = None) -> BlockForm:
    form = BlockForm(data, initial={"text": block.text, "edition": block.edition}, auto_id=f"id_{block.pk}_%s")
    form.fields["text"].label = block.asks or _("这一段")
    return form


@seen_by(*WRITING)
def block(request: Request, bulletin_pk: int, block_pk: int) -> HttpResponse:
    """One sentence: written anew, or a gap filled."""
    bulletin, one = _to_write(request, bulletin_pk, block_pk)
    if one.sort == Sort.TABLE:
        return redirect("bulletins:table", bulletin_pk, block_pk)
    if one.sort == Sort.FIGURE:
        raise Http404  # nobody types it
    form = form_of(one, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, bulletin, one, form)
        except Refused as refused:
            form.add_error("text", str(refused.message))
            if refused.code == MEANWHILE:  # seen now: the next press keeps what is in the field
                form.data = dict(form.data.items()) | {"edition": str(refused.data["edition"])}
        else:
            messages.success(request, _("存好了"), extra_tags=f"block:{one.pk}")
            return redirect("bulletins:draft", bulletin_pk)
    context = {"bulletin": bulletin, "one": one, "form": form}
    return render(request, "bulletins/block.html", context, status=422 if form.is_bound else 200)


@seen_by(*WRITING)
@require_POST
def save(request: Request, bulletin_pk: int, block_pk: int) -> HttpResponse:
    """What the page saves by itself while somebody types: a fragment that says what became of it."""
    bulletin, one = _to_write(request, bulletin_pk, block_pk)
    form = form_of(one, request.POST)
    if not form.is_valid():
        return _not_saved(request, [error for errors in form.errors.values() for error in errors])
    try:
        kept = _write(request, bulletin, one, form)
    except Refused as refused:
        if refused.code != MEANWHILE:
            return _not_saved(request, [refused.message])
        now = Block.objects.select_related("written_by").get(pk=one.pk)
        context = {"block": now, "mine": form.cleaned_data["text"]}
        return render(request, "bulletins/_meanwhile.html", context, status=409)
    gaps = rules.gaps(bulletin.blocks.all())
    context = {"block": kept, "at": localtime(clock.now()), "gaps": gaps, "bulletin": bulletin}
    return render(request, "bulletins/_saved.html", context)


def _not_saved(request: Request, reasons: list[Any]) -> HttpResponse:
    return render(request, "bulletins/_not_saved.html", {"reasons": reasons}, status=422)


def _write(request: Request, bulletin: Bulletin, one: Block, form: BlockForm) -> Block:
    text, edition = form.cleaned_data["text"], form.cleaned_data["edition"]
    names = drafts.names_for(bulletin)
    return drafts.write_block(one, text, edition=edition, names=names, by=request.actor.account_id)


@seen_by(*WRITING)
def table(request: Request, bulletin_pk: int, table_pk: int) -> HttpResponse:
    """A small table: pasted from a sheet or typed, looked at, taken out again."""
    bulletin, one = _to_write(request, bulletin_pk, table_pk)
    if one.sort != Sort.TABLE:
        raise Http404
    kept = pieces.written([one])[0]
    form = TableForm(request.POST if request.method == "POST" else None, initial=_typed(one, kept))
    if request.method == "POST" and form.is_valid():
        try:
            _write_table(request, bulletin, one, form.cleaned_data)
        except Refused as refused:
            form.add_error("pasted", str(refused.message))
            if refused.code == MEANWHILE:
                form.data = dict(form.data.items()) | {"edition": str(refused.data["edition"])}
        else:
            messages.success(request, _("存好了"), extra_tags=f"table:{one.pk}")
            return redirect("bulletins:draft", bulletin_pk)
    context = {"bulletin": bulletin, "one": one, "piece": kept, "form": form}
    return render(request, "bulletins/table.html", context, status=422 if form.is_bound else 200)


def _typed(one: Block, kept: Piece) -> dict[str, Any]:
    content = {"pasted": kept.table.typed, "source": kept.table.source} if kept.table else {}
    return {"title": one.text or one.drafted, "edition": one.edition, **content}


def _write_table(request: Request, bulletin: Bulletin, one: Block, given: dict[str, Any]) -> None:
    pasted = given["pasted"]
    new = tables.read(given["title"] or one.drafted, pasted, given["source"]) if pasted.strip() else None
    names = drafts.names_for(bulletin)
    drafts.write_table(one, new, edition=given["edition"], names=names, by=request.actor.account_id)


@seen_by(*WRITING)
@require_POST
def drafted(request: Request, bulletin_pk: int, block_pk: int) -> HttpResponse:
    """Back to what the records say."""
    _bulletin, one = _to_write(request, bulletin_pk, block_pk)
    drafts.take_draft(one, by=request.actor.account_id)
    return redirect("bulletins:draft", bulletin_pk)


def _to_write(request: Request, pk: int, block_pk: int) -> tuple[Bulletin, Block]:
    bulletin = theirs(request, pk)
    if not hooks.may(request.actor, "bulletins.hand_in", bulletin):
        raise Http404
    return bulletin, get_object_or_404(Block, pk=block_pk, bulletin=bulletin)
