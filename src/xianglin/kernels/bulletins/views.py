"""The desk of a bulletin: what is still missing first, then the text, and the next deed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.documents import word
from xianglin.commons.documents.pages import DOCX, paper
from xianglin.ui.forms import OnceForm

from . import actions, drafts, pieces, queries, rules, sheets, views_public
from .forms import ReviewForm
from .models import Block, Bulletin, State
from .permissions import READING
from .pieces import Piece
from .views_writing import form_of, theirs


@seen_by(*READING)
@require_safe
def draft(request: Request, bulletin_pk: int) -> HttpResponse:
    """稿子: drafted anew from the records each time that it is opened."""
    bulletin = theirs(request, bulletin_pk)
    if bulletin.state == State.DRAFT:
        drafts.draft_again(bulletin)
    return _page(request, bulletin)


def _page(request: Request, bulletin: Bulletin, refused: OnceForm | None = None) -> HttpResponse:
    """``refused``: the form whose deed was refused, to be shown with its reason."""
    blocks = list(bulletin.blocks.all())
    read = queries.standing(bulletin.area, bulletin.pk)
    withheld = read.withheld if read else None
    hides = withheld is not None and not hooks.may(request.actor, "bulletins.see_withheld", bulletin)
    writes = bulletin.state == State.DRAFT and hooks.may(request.actor, "bulletins.hand_in", bulletin)
    context = {
        "bulletin": bulletin,
        "sections": _sections(bulletin, pieces.written(blocks)),
        "standing": [] if hides else pieces.published(queries.standing_blocks(bulletin)),
        "read": read,
        "withholds": read and _may(request, "withhold", bulletin, State.PUBLISHED) and False in _withheld(read),
        "releases": read and _may(request, "release", bulletin, State.PUBLISHED) and True in _withheld(read),
        "gaps": [(block, form_of(block)) for block in rules.gaps(blocks)],
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


def _withheld(read: queries.Standing) -> list[bool]:
    return [version.withheld_now is not None for version in read.versions]


@seen_by(*READING)
@require_safe
def sheet_to_write(request: Request, bulletin_pk: int) -> HttpResponse:
    """The printed sheet as DOCX, for those who have to put it into a paper of their own."""
    bulletin = theirs(request, bulletin_pk)
    read = views_public.standing(bulletin.area, bulletin.pk, request.GET.get("version", ""))
    content = word.to_docx(sheets.sheet(read, views_public.check_link(request, read.version)))
    return paper(content, sheets.name(read, "docx"), DOCX)


@seen_by(*READING)
@require_safe
def counted(request: Request, bulletin_pk: int, figure_pk: int) -> HttpResponse:
    """What stands behind a figure that is still to be published."""
    bulletin = theirs(request, bulletin_pk)
    one = get_object_or_404(Block, pk=figure_pk, bulletin=bulletin)
    told = pieces.opened(bulletin, pieces.written([one])[0])
    if told is None:
        raise Http404
    back = reverse("bulletins:draft", args=[bulletin.pk])
    return render(request, "bulletins/counted.html", {"bulletin": bulletin, "told": told, "back": back})


def _may(request: Request, verb: str, bulletin: Bulletin, state: str) -> bool:
    return bulletin.state == state and hooks.may(request.actor, f"bulletins.{verb}", bulletin)


def _sections(bulletin: Bulletin, told: list[Piece]) -> list[tuple[Any, list[Piece]]]:
    kind = rules.require_kind(bulletin.kind)
    return [(label, [p for p in told if p.block and p.block.section == key]) for key, label in kind.sections]


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
    bulletin = theirs(request, bulletin_pk)
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
