"""What everybody sees of a conference: the screen in the hall, asking by phone, and what became of each question."""

import uuid
from typing import Any

import segno
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from xianglin.base import clock
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.pages import place
from xianglin.commons.documents import pdf
from xianglin.commons.documents.pages import PNG, paper
from xianglin.kernels.gatherings import actions as gatherings
from xianglin.kernels.gatherings import queries as meetings
from xianglin.kernels.gatherings.models import Gathering, State, Turn
from xianglin.kernels.matters import marks
from xianglin.kernels.matters import rules as matter_rules
from xianglin.kernels.matters.models import Matter
from xianglin.kernels.matters.models import State as MatterState
from xianglin.ui.templatetags.ui import day_words

from . import queries, wall
from .forms import HallForm
from .kinds import CONFERENCE

QR_SCALE = 8


def _here(code: str, pk: int) -> tuple[Area, Gathering]:
    area = place(code)
    gathering = meetings.public_gathering(area, pk)
    if gathering is None or gathering.kind != CONFERENCE:
        raise Http404
    return area, gathering


@seen_by("everyone")
@require_safe
def meeting(request: Request, code: str, gathering_pk: int) -> HttpResponse:
    """When and where; what was asked, on the board or by its number alone, and what became of each."""
    area, gathering = _here(code, gathering_pk)
    asked = queries.asked_at(gathering) if gathering.state in (State.RUNNING, State.ENDED) else []
    settled = sum(m.state == MatterState.SETTLED for m in asked)
    shown = marks.with_marks([m for m in asked if m.public], clock.today())
    context = {
        "area": area,
        "gathering": gathering,
        "agenda": list(gathering.agenda.all()),
        "moved": list(gathering.postponements.order_by("at")),
        "rows": shown,
        "asked": len(asked),
        "settled": settled,
        "unshown": len(asked) - len(shown),
        "share": _share(area, gathering, asked, settled),
    }
    return render(request, "briefing/meeting.html", context)


def _share(area: Area, gathering: Gathering, asked: list[Matter], settled: int) -> str:
    """复制到群: for 村民代表 to carry to the households they link."""
    facts: dict[str, Any] = {
        "place": area.name,
        "day": day_words(gathering.day, weekday=False),
        "asked": len(asked),
        "settled": settled,
        "venue": gathering.venue,
        "at": f"{gathering.at:%H:%M}",
    }
    if gathering.state == State.PLANNED:
        return _("【%(place)s】%(day)s %(at)s 在%(venue)s开村情发布会，想问什么都可以来问。") % facts
    lines = [_("【%(place)s】%(day)s村情发布会，问了 %(asked)d 件，办好 %(settled)d 件。") % facts]
    for matter in asked:
        if matter.public:
            told = matter.answer or str(marks.told(matter))
            lines.append(_("%(slip)s %(title)s：%(told)s") % {"slip": matter.slip, "title": matter.title, "told": told})
    return "\n".join(lines)


@seen_by("everyone")
@require_safe
def screen(request: Request, code: str, gathering_pk: int) -> HttpResponse:
    """For the projector: the way to ask, how many wait, what was asked. Large, without a name, renews itself."""
    area, gathering = _here(code, gathering_pk)
    running = gathering.state == State.RUNNING
    asked = queries.asked_at(gathering)
    address = request.build_absolute_uri(reverse("briefing:hall", args=[area.code, gathering.pk]))
    context = {
        "area": area,
        "gathering": gathering,
        "running": running,
        "address": address,
        "qr": segno.make(address, error="m").svg_data_uri(scale=QR_SCALE, border=2, dark="#000", light="#fff"),
        "asked": len(asked),
        "rows": marks.with_marks([m for m in asked if m.public][-6:][::-1], clock.today()),
        "waiting": gathering.turns.filter(state=Turn.State.WAITING).count(),
    }
    return render(request, "briefing/screen.html", context)


@seen_by("everyone")
@cache_control(no_store=True)
def hall(request: Request, code: str, gathering_pk: int) -> HttpResponse:
    """扫码提问: written on a phone in the hall. Stored at once; the receipt goes with its token."""
    area, gathering = _here(code, gathering_pk)
    if gathering.state != State.RUNNING:
        return render(request, "briefing/hall_shut.html", {"area": area, "gathering": gathering})
    form = HallForm(request.POST if request.method == "POST" else None, initial={"token": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            turn = gatherings.hand_in(gathering, token=data["token"], words=data["words"], name=data["name"])
        except Refused as refused:
            form.add_error("words" if refused.code.endswith("words") else None, str(refused.message))
        else:
            return redirect("briefing:handed_in", area.code, gathering.pk, turn.token)
    context = {"area": area, "gathering": gathering, "form": form}
    return render(request, "briefing/hall.html", context, status=422 if form.is_bound else 200)


@seen_by("everyone")
@cache_control(no_store=True)
@require_safe
def handed_in(request: Request, code: str, gathering_pk: int, slip_token: uuid.UUID) -> HttpResponse:
    """Where it stands in the order, and the receipt to keep; known only to who holds the token."""
    area, gathering = _here(code, gathering_pk)
    turn = meetings.by_token(gathering, slip_token)
    if turn is None:
        raise Http404
    taken = getattr(turn, "question", None)
    context = {
        "area": area,
        "gathering": gathering,
        "turn": turn,
        "matter": taken.matter if taken else None,
        "ahead": meetings.ahead_of(turn),
        "code": matter_rules.spaced(matter_rules.code_of(slip_token)),
    }
    return render(request, "briefing/handed_in.html", context)


@seen_by("everyone")
@require_safe
def picture(request: Request, code: str, gathering_pk: int) -> HttpResponse:
    """复制到群, as a picture: what the text beside it says, with the way back here."""
    area, gathering = _here(code, gathering_pk)
    link = request.build_absolute_uri(reverse("briefing:meeting", args=[area.code, gathering.pk]))
    return paper(pdf.public_png(wall.card(area, gathering, link)), f"{gathering.title}.png", PNG)


@seen_by("everyone")
@require_safe
def wall_sheet(request: Request, code: str) -> HttpResponse:
    """张贴: the sheet for the village's wall, as PDF. It says nothing that the village's page does not."""
    village = place(code)
    if village.level != Level.VILLAGE:
        raise Http404
    link = request.build_absolute_uri(reverse("portal:village", args=[village.code]))
    return paper(pdf.public_pdf(wall.poster(village, link)), f"{village.name} 公开栏.pdf")  # zh: the paper
