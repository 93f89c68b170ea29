"""What everybody reads: a published text, its versions and what changed; and checking a printed sheet."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from xianglin.base.pages import Request, seen_by
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.pages import place
from xianglin.commons.documents import pdf
from xianglin.commons.documents.pages import paper

from . import pieces, queries, rules, sheets, telling
from .models import Version
from .pieces import Piece

_DIGITS = 6  # of no version's number


@seen_by("everyone")
@require_safe
def public(request: Request, code: str, bulletin_pk: int) -> HttpResponse:
    area = place(code)
    read = standing(area, bulletin_pk, request.GET.get("version", ""))
    context = {
        "area": area,
        "read": read,
        "sections": [] if read.withheld else _sections(read),
        "version": str(read.version.number),
        "history": telling.corrections(read.versions),
        "seal": queries.seal(read.version),
        "share": "" if read.withheld else _share(read),
    }
    return render(request, "bulletins/public.html", context)


def _sections(read: queries.Standing) -> list[tuple[str, list[Piece]]]:
    told = iter(pieces.published(rules.blocks_of(read.body)))
    return [(section["label"], [next(told) for _block in section["blocks"]]) for section in read.body["sections"]]


@seen_by("everyone")
@require_safe
def figure(request: Request, code: str, bulletin_pk: int, nth: int) -> HttpResponse:
    """What a published figure was counted from, as it was counted then; what is not public is only a number.

    ``nth``: its place among the pieces of the text.
    """
    area = place(code)
    read = standing(area, bulletin_pk, request.GET.get("version", ""))
    sheets.require_shown(read)
    told = pieces.published(rules.blocks_of(read.body))
    opened = pieces.opened(read.bulletin, told[nth - 1]) if 0 < nth <= len(told) else None
    if opened is None:
        raise Http404
    back = reverse("bulletins:public", args=[area.code, read.bulletin.pk])
    back += "" if read.is_latest else f"?version={read.version.number}"
    context = {"area": area, "bulletin": read.bulletin, "told": opened, "back": back}
    return render(request, "bulletins/counted_public.html", context)


@seen_by("everyone")
@require_safe
def sheet(request: Request, code: str, bulletin_pk: int) -> HttpResponse:
    """打印版: the paper for the wall, as PDF."""
    read = standing(place(code), bulletin_pk, request.GET.get("version", ""))
    content = pdf.public_pdf(sheets.sheet(read, check_link(request, read.version)))
    return paper(content, sheets.name(read, "pdf"))


def standing(area: Area, bulletin_pk: int, number: str) -> queries.Standing:
    """What an address with ``?version=`` means; 404 where nothing is published."""
    asked = int(number) if number.isascii() and number.isdigit() and len(number) < _DIGITS else None
    read = queries.standing(area, bulletin_pk, asked)
    if read is None:
        raise Http404
    return read


def check_link(request: Request, version: Version) -> str:
    """The whole address that a phone opens from the paper. Its host is one of ours (ALLOWED_HOSTS)."""
    return request.build_absolute_uri(f"{reverse('bulletins:check')}?seal={version.hash[: queries.SEAL]}")


def _share(read: queries.Standing) -> str:
    """For the chat group: the title and each section's first words."""
    lines = [f"【{read.bulletin.title}】"]  # zh: marks around a stored title
    for section in read.body["sections"]:
        lines += [f"{section['label']}："] * bool(section["blocks"])  # zh: a stored heading
        lines += [line for block in section["blocks"] for line in rules.lines_of(block)]
    return "\n".join(lines)


@seen_by("everyone")
@require_safe
def check(request: Request) -> HttpResponse:
    """Anybody types what stands on a printed sheet, and reads whether it is what was published."""
    asked = request.GET.get("seal", "").strip()
    found = queries.by_seal(asked) if asked else None
    context: dict[str, Any] = {"asked": asked, "found": found}
    if found is not None:
        context |= {"whole": queries.is_whole(found), **_since(found)}
    return render(request, "bulletins/check.html", context)


def _since(found: Version) -> dict[str, Any]:
    """What became of a version afterwards: each later correction in words, if those are as they were published."""
    if found.number == found.bulletin.version:
        return {"latest": True}
    versions = queries.versions_of(found.bulletin)
    newest = versions[-1]
    if newest.number != found.bulletin.version or not queries.is_whole(newest):
        return {"latest": False, "later_whole": False}
    later = [(version, told) for version, told in telling.corrections(versions) if version.number > found.number]
    return {"latest": False, "later_whole": True, "later": later[::-1]}
