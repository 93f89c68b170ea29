"""The desk of a bulletin: what is still missing first, then the text, and the next deed."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.documents import word
from xianglin.commons.documents.pages import DOCX, paper
from xianglin.ui.forms import OnceForm

from . import actions, drafts, queries, rules, sheets, views_public
from .forms import BlockForm, CorrectForm, ReviewForm
from .models import Block, Bulletin, State
from .permissions import READING, WRITING


@seen_by(*READING)
@require_safe
def draft(request: Request, bulletin_pk: int) -> HttpResponse:
    """稿子: drafted anew from the records each time that it is opened."""
    bulletin = _theirs(request, bulletin_pk)
    if bulletin.state == State.DRAFT:
        drafts.draft_again(bulletin)
    return _page(request, bulletin)


def _page(request: Request, bulletin: Bulletin, refused: OnceForm | None = None) -> HttpResponse:
    """``refused``: the form whose deed was refused, to be shown with its reason."""
    blocks = list(bulletin.blocks.all())
    writes = bulletin.state == State.DRAFT and hooks.may(request.actor, "bulletins.hand_in", bulletin)
    context = {
        "bulletin": bulletin,
        "sections": _sections(bulletin, blocks),
        "standing": _numbered(queries.standing_texts(bulletin)),
        "gaps": [(block, _form_of(block)) for block in rules.gaps(blocks)],
        "writes": writes,
        "reviews": _may(request, "review", bulletin, State.REVIEWING),
        "own_text": bulletin.opened_by_id == request.actor.account_id,
        "publishes": _may(request, "publish", bulletin, State.REVIEWED),
        "corrects": _may(request, "correct", bulletin, State.PUBLISHED),
        "review_form": refused if isinstance(refused, ReviewForm) else ReviewForm(),
        "once": refused if refused is not None and not isinstance(refused, ReviewForm) else OnceForm(),
        "home": rules.require_kind(bulletin.kind).home,
    }
    return render(request, "bulletins/draft.html", context, status=422 if refused else 200)


@seen_by(*READING)
@require_safe
def sheet_to_write(request: Request, bulletin_pk: int) -> HttpResponse:
    """The printed sheet as DOCX, for those who have to put it into a paper of their own."""
    bulletin = _theirs(request, bulletin_pk)
    read = views_public.standing(bulletin.area, bulletin.pk, request.GET.get("version", ""))
    content = word.to_docx(sheets.sheet(read, views_public.check_link(request, read.version)))
    return paper(content, sheets.name(read, "docx"), DOCX)


def _may(request: Request, verb: str, bulletin: Bulletin, state: str) -> bool:
    return bulletin.state == state and hooks.may(request.actor, f"bulletins.{verb}", bulletin)


def _sections(bulletin: Bulletin, blocks: list[Block]) -> list[tuple[Any, list[Block]]]:
    kind = rules.require_kind(bulletin.kind)
    return [(label, [b for b in blocks if b.section == key]) for key, label in kind.sections]


def _numbered(texts: Mapping[str, str]) -> list[tuple[int, str]]:
    return list(enumerate(texts.values(), 1))


def _form_of(block: Block, data: Any = None) -> BlockForm:
    form = BlockForm(data, initial={"text": block.text, "edition": block.edition}, auto_id=f"id_{block.pk}_%s")
    form.fields["text"].label = block.asks or _("这一段")
    return form


def _theirs(request: Request, pk: int) -> Bulletin:
    bulletin = queries.bulletin_for(request.actor, pk)
    if bulletin is None:
        raise Http404
    return bulletin


@seen_by(*WRITING)
def block(request: Request, bulletin_pk: int, block_pk: int) -> HttpResponse:
    """One sentence: written anew, or a gap filled."""
    bulletin, one = _to_write(request, bulletin_pk, block_pk)
    form = _form_of(one, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            names = drafts.names_for(bulletin)
            drafts.write_block(one, form.cleaned_data["text"], edition=form.cleaned_data["edition"], names=names)
        except Refused as refused:
            form.add_error("text", str(refused.message))
            if refused.code == "bulletins.edited_meanwhile":  # seen now: the next press keeps what is in the field
                form.data = dict(form.data.items()) | {"edition": str(refused.data["edition"])}
        else:
            messages.success(request, _("存好了"), extra_tags=f"block:{one.pk}")
            return redirect("bulletins:draft", bulletin_pk)
    context = {"bulletin": bulletin, "block": one, "form": form}
    return render(request, "bulletins/block.html", context, status=422 if form.is_bound else 200)


@seen_by(*WRITING)
@require_POST
def drafted(request: Request, bulletin_pk: int, block_pk: int) -> HttpResponse:
    """Back to what the records say."""
    _bulletin, one = _to_write(request, bulletin_pk, block_pk)
    drafts.take_draft(one)
    return redirect("bulletins:draft", bulletin_pk)


def _to_write(request: Request, pk: int, block_pk: int) -> tuple[Bulletin, Block]:
    bulletin = _theirs(request, pk)
    if not hooks.may(request.actor, "bulletins.hand_in", bulletin):
        raise Http404
    return bulletin, get_object_or_404(Block, pk=block_pk, bulletin=bulletin)


Run = Callable[[Bulletin, Actor, dict[str, Any]], Any]
_DEEDS: dict[str, tuple[str, Any, Run]] = {
    "hand_in": (
        "bulletins.hand_in",
        _("交给村监委过目了"),
        lambda b, a, d: actions.hand_in(b, actor=a, key=d["key"]),
    ),
    "agree": (
        "bulletins.review",
        _("过目了，可以公布"),
        lambda b, a, d: actions.review_bulletin(b, actor=a, agreed=True, remark=d["remark"], key=d["key"]),
    ),
    "send_back": (
        "bulletins.review",
        _("退回去改了"),
        lambda b, a, d: actions.review_bulletin(b, actor=a, agreed=False, remark=d["remark"], key=d["key"]),
    ),
    "publish": (
        "bulletins.publish",
        _("公布了"),
        lambda b, a, d: actions.publish_bulletin(b, actor=a, key=d["key"]),
    ),
}


@seen_by(*READING)
@require_POST
def deed(request: Request, bulletin_pk: int, deed_key: str) -> HttpResponse:
    bulletin = _theirs(request, bulletin_pk)
    if deed_key not in _DEEDS or not hooks.may(request.actor, _DEEDS[deed_key][0], bulletin):
        raise Http404
    action, done, run = _DEEDS[deed_key]
    form = (ReviewForm if action == "bulletins.review" else OnceForm)(request.POST)
    if form.is_valid():
        try:
            run(bulletin, request.actor, form.cleaned_data)
        except Refused as refused:
            form.add_error("remark" if refused.code == "bulletins.no_remark" else None, str(refused.message))
        else:
            messages.success(request, done)
            return redirect("bulletins:draft", bulletin_pk)
    return _page(request, bulletin, form)


@seen_by(*WRITING)
def correct(request: Request, bulletin_pk: int, piece: int) -> HttpResponse:
    """更正: a sentence as it stands, what it shall say, and why."""
    bulletin = _theirs(request, bulletin_pk)
    texts = list(queries.standing_texts(bulletin).items())
    if not _may(request, "correct", bulletin, State.PUBLISHED) or not 0 < piece <= len(texts):
        raise Http404
    origin, text = texts[piece - 1]
    form = CorrectForm(request.POST if request.method == "POST" else None, initial={"text": text})
    if request.method == "POST" and form.is_valid():
        new, reason, key = (form.cleaned_data[name] for name in ("text", "reason", "key"))
        try:
            actions.correct_bulletin(bulletin, actor=request.actor, texts={origin: new}, reason=reason, key=key)
        except Refused as refused:
            form.add_error("reason" if refused.code == "bulletins.no_reason" else "text", str(refused.message))
        else:
            messages.success(request, _("更正好了，公开栏上写明了"), extra_tags=f"correct:{bulletin_pk}:{piece}")
            return redirect("bulletins:public", bulletin.area.code, bulletin_pk)
    context = {"bulletin": bulletin, "form": form, "text": text, "piece": piece}
    return render(request, "bulletins/correct.html", context, status=422 if form.is_bound else 200)
