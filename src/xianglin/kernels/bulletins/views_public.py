"""What everybody reads: a published text, its versions and what changed; and checking a printed sheet."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xianglin.base.pages import Request, seen_by
from xianglin.commons.areas.pages import place
from xianglin.ui.templatetags.ui import day_words

from . import queries
from .models import Version


@seen_by("everyone")
@require_safe
def public(request: Request, code: str, bulletin_pk: int) -> HttpResponse:
    area = place(code)
    number = request.GET.get("version", "")
    read = queries.standing(area, bulletin_pk, int(number) if number.isascii() and number.isdigit() else None)
    if read is None:
        raise Http404
    context = {
        "area": area,
        "read": read,
        "history": _history(read),
        "seal": queries.seal(read.version),
        "share": _share(read),
    }
    return render(request, "bulletins/public.html", context)


def _history(read: queries.Standing) -> list[tuple[Version, list[str]]]:
    """Each correction in words: 5月20日公布12盏，6月1日改为9盏. The newest first."""
    told = [(v, words_of(v, read.versions)) for v in read.versions if v.number > 1]
    return told[::-1]


def words_of(version: Version, versions: Any) -> list[str]:
    before = next(v for v in versions if v.number == version.number - 1)
    days = {"first": _day(before), "then": _day(version)}
    return [_difference(one, days) for one in version.changes]


def _day(version: Version) -> str:
    return str(day_words(localtime(version.at).date(), weekday=False))


def _difference(one: dict[str, str], days: dict[str, str]) -> str:
    facts = {**days, **one}
    if not one["before"]:
        return _("%(then)s加上“%(after)s”") % facts
    if not one["after"]:
        return _("%(first)s公布“%(before)s”，%(then)s删去") % facts
    if one["before"][0].isdigit() and one["after"][0].isdigit():
        return _("%(first)s公布 %(before)s，%(then)s改为 %(after)s") % facts
    return _("%(first)s公布“%(before)s”，%(then)s改为“%(after)s”") % facts


def _share(read: queries.Standing) -> str:
    """For the chat group: the title and each section's first words."""
    lines = [f"【{read.bulletin.title}】"]  # zh: marks around a stored title
    for section in read.body["sections"]:
        lines += [f"{section['label']}："] * bool(section["blocks"])  # zh: a stored heading
        lines += [block["text"] for block in section["blocks"]]
    return "\n".join(lines)


@seen_by("everyone")
@require_safe
def check(request: Request) -> HttpResponse:
    """Anybody types what stands on a printed sheet, and reads whether it is what was published."""
    asked = request.GET.get("seal", "").strip()
    found = queries.by_seal(asked) if asked else None
    context: dict[str, Any] = {"asked": asked, "found": found}
    if found is not None:
        context |= {"whole": queries.is_whole(found), "latest": found.number == found.bulletin.version}
    return render(request, "bulletins/check.html", context)
