"""Recordings and pictures. Each view settles first whether what they belong to may be read; they have no other door."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.files import serving

from .models import AnswerPhoto, Enclosure
from .views_author import author_of


@seen_by("receipt")
@require_safe
def enclosure(request: Request, enclosure_pk: int) -> HttpResponse:
    """What came with somebody's words: for those who may read the words, and their author."""
    row = get_object_or_404(Enclosure.objects.select_related("matter", "file"), pk=enclosure_pk)
    if not hooks.may(request.actor, "matters.read_words", row.matter):
        author_of(request, row.matter_id)  # 404 for anybody else
    return serving.respond(request, row.file, small="small" in request.GET)


@seen_by("receipt")
@require_safe
def answer_photo(request: Request, photo_pk: int) -> HttpResponse:
    """What shows that it was done: for everybody while it stands on the board, else for those who may
    see the matter."""
    row = get_object_or_404(AnswerPhoto.objects.select_related("answer__matter", "file"), pk=photo_pk)
    matter = row.answer.matter
    shown = matter.public and row.replaced_at is None
    if not shown and not hooks.may(request.actor, "matters.see", matter):
        author_of(request, matter.pk)
    return serving.respond(request, row.file, small="small" in request.GET, public=shown)
