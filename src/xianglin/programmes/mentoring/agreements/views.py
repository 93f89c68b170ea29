"""Drawing up an agreement, its paper, and the county's lines."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.areas.models import Area
from xianglin.commons.documents.pages import DOCX, paper
from xianglin.commons.documents.parts import Document
from xianglin.commons.documents.pdf import to_pdf
from xianglin.commons.documents.word import to_docx
from xianglin.ui.forms import sent, status, taken

from ..desk import officers_grant
from ..kinds import OFFICER
from ..pairs.views import theirs
from ..permissions import LISTED
from . import actions, forms, terms
from .paper import agreement

_FIELDS = {f"mentoring.terms_{name}": name for name in terms.PARTS} | {"mentoring.no_source": "source"}


@seen_by(OFFICER)
def draw(request: Request, pair_pk: int) -> HttpResponse:
    """拟协议: the county's lines, or what was drawn before, to be changed for these two."""
    pairing = theirs(request, pair_pk)
    if not pairing.open or not hooks.may(request.actor, "mentoring.draw_agreement", pairing):
        raise Http404
    stands = terms.read(pairing.terms)[0] if pairing.terms else terms.standard(pairing)
    form = forms.TermsForm(sent(request), initial=forms.of_terms(stands))

    def keep(data: dict[str, Any]) -> None:
        actions.draw_agreement(pairing, actor=request.actor, terms=form.terms, key=data["key"])

    if taken(form, keep, _FIELDS):
        messages.success(request, _("协议拟好了，两个人都会收到通知"), extra_tags=f"terms:{pairing.pk}")
        return redirect("mentoring:pair", pairing.pk)
    context = {"pairing": pairing, "form": form}
    return render(request, "mentoring/pairs/draw.html", context, status=status(form))


@seen_by(*LISTED)
@require_safe
def agreement_paper(request: Request, pair_pk: int, paper_kind: str) -> HttpResponse:
    pairing = theirs(request, pair_pk)
    with override(settings.LANGUAGE_CODE):
        return answer(agreement(pairing), paper_kind, f"{pairing.need.name}{_('导师帮带协议书')}")


def answer(written: Document, paper_kind: str, name: str) -> HttpResponse:
    if paper_kind == "docx":
        return paper(to_docx(written), f"{name}.docx", DOCX)
    if paper_kind == "pdf":
        return paper(to_pdf(written), f"{name}.pdf")
    raise Http404


@seen_by(OFFICER)
def standard(request: Request) -> HttpResponse:
    """The county's lines: its officer writes, a town's reads what its agreements begin with."""
    area = officers_grant(request).area
    county = Area.objects.get(pk=area.county_id or 0)
    if not hooks.may(request.actor, "mentoring.set_standard_terms", county):
        raise Http404
    form = forms.StandardForm(sent(request), initial=forms.of_terms(terms.standard(county)))

    def keep(data: dict[str, Any]) -> None:
        said = {"terms": form.terms, "source": data["source"], "key": data["key"]}
        actions.set_standard_terms(county, actor=request.actor, **said)

    if taken(form, keep, _FIELDS):
        messages.success(request, _("存好了，以后拟的协议从这些条款开始"), extra_tags=f"standard:{county.pk}")
        return redirect("mentoring:pairs")
    context = {"area": county, "form": form}
    return render(request, "mentoring/pairs/standard.html", context, status=status(form))
