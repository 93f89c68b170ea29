"""一人一档, to print or to go on writing in: for the officer, and for the person whose it is."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from xianglin.base.pages import Request, seen_by
from xianglin.commons.documents.pages import DOCX, paper
from xianglin.commons.documents.parts import Document
from xianglin.commons.documents.pdf import to_pdf
from xianglin.commons.documents.word import to_docx

from ..desk import cadre, mentor
from ..permissions import LISTED
from .paper import of_cadre, of_mentor


@seen_by(*LISTED)
@require_safe
def cadre_paper(request: Request, cadre_pk: int, paper_kind: str) -> HttpResponse:
    row = cadre(request, cadre_pk)
    with override(settings.LANGUAGE_CODE):
        return _answer(of_cadre(row), paper_kind)


@seen_by(*LISTED)
@require_safe
def mentor_paper(request: Request, mentor_pk: int, paper_kind: str) -> HttpResponse:
    row = mentor(request, mentor_pk)
    with override(settings.LANGUAGE_CODE):
        return _answer(of_mentor(row), paper_kind)


def _answer(written: Document, paper_kind: str) -> HttpResponse:
    if paper_kind == "docx":
        return paper(to_docx(written), f"{written.title}.docx", DOCX)
    if paper_kind == "pdf":
        return paper(to_pdf(written), f"{written.title}.pdf")
    raise Http404
