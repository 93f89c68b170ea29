"""给联户讲: what a representative carries, to whom, and what they answered."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from xianglin.base import clock
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.base.registry import Text
from xianglin.commons.access.models import Grant
from xianglin.commons.access.queries import reach, working_grant
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.pages import place
from xianglin.commons.documents import pdf
from xianglin.commons.documents.pages import PNG, paper
from xianglin.commons.files.forms import with_uploads
from xianglin.kernels.matters import marks
from xianglin.kernels.matters import rules as matter_rules
from xianglin.kernels.matters.models import Matter
from xianglin.ui.marks import Mark

from ..kinds import REPRESENTATIVE
from . import actions, forms, queries, rules, sharing
from .queries import Door, Month

KEPT = "relay_kept"  # the answer that this browser brought back last, with what its receipt is made from


def _grant(request: Request) -> Grant:
    """The one that he works under, else the first by which he is a representative."""
    held = [one for one in reach(request.actor) if one.role == REPRESENTATIVE]
    return next((one for one in held if one == working_grant(request)), held[0])


def _news(request: Request, area: Area) -> tuple[Month | None, Matter | None]:
    """Which month the address names (without one, the newest), and which of its questions."""
    asked = request.GET.get("month", "")
    of = (queries.month(area, asked) if rules.is_period(asked) else None) if asked else queries.newest(area)
    if asked and of is None:
        raise Http404
    return of, _topic(request, area)


def _topic(request: Request, area: Area) -> Matter | None:
    """The question that the address names; None: the month as a whole."""
    number = request.GET.get("topic", "")
    return queries.topic(area, int(number)) if number.isascii() and number.isdigit() else None


def _address(name: str, of: Month, topic: Matter | None, **more: int) -> str:
    asked = {"month": of.period, **({"topic": topic.pk} if topic is not None else {}), **more}
    return f"{reverse(name)}?{urlencode(asked)}"


@seen_by(REPRESENTATIVE)
def relay(request: Request) -> HttpResponse:
    """What there is to say, as text and picture; the households that he links, with a tick where they were told."""
    area = _grant(request).area
    of, topic = _news(request, area)
    if of is None:
        return render(request, "briefing/relay.html", {"area": area})
    form = forms.RelayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _tell(request, of, topic, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            messages.success(request, _("记下了"), extra_tags="relay")
            return redirect(_address("briefing:relay", of, topic))
    shown = _shown(request, of, topic) | {"form": form, "ticked": forms.ticked(form)}
    return render(request, "briefing/relay.html", shown, status=422 if form.is_bound else 200)


def _tell(request: Request, of: Month, topic: Matter | None, data: dict[str, Any]) -> None:
    if data["untold"]:
        wrong = queries.ticked_by(request.actor.account_id, of, topic, data["untold"])
        if wrong is not None:  # pressed twice, it is gone already
            actions.untell(wrong, actor=request.actor, key=data["key"])
        return
    everybody = list(queries.links_of(request.actor.account_id, of.area).values_list("pk", flat=True))
    actions.relay(
        of.area,
        actor=request.actor,
        period=of.period,
        household_ids=everybody if data["everybody"] else data["households"],
        topic_id=topic.pk if topic is not None else None,
        no_objection=data["no_objection"],
        key=data["key"],
    )


def _shown(request: Request, of: Month, topic: Matter | None) -> dict[str, Any]:
    linked = queries.links_of(request.actor.account_id, of.area)
    doors = queries.doors(linked, of.period, topic, actor=request.actor)
    return {
        "area": of.area,
        "of": of,
        "topic": topic,
        "topics": queries.topics(of),
        "doors": doors,
        "left": sum(not door.told for door in doors),
        "brought": _brought(doors),
        "before": queries.newest(of.area, of.period),
        "here": _address("briefing:relay", of, topic),
        "said": _address("briefing:give_back", of, topic),
        "share": _share(request, of, topic),
        "picture": reverse("briefing:relay_card", args=[of.area.code, of.period])
        + (f"?topic={topic.pk}" if topic is not None else ""),
    }


def _brought(doors: list[Door]) -> list[tuple[Matter, Mark, Text, str]]:
    """What came back, each with who said it: only who links them reads that."""
    said: dict[int, list[str]] = {}
    for door in doors:
        for matter in door.brought:
            said.setdefault(matter.pk, []).append(door.household.householder)
    rows = marks.with_marks([matter for matter, _about, _count in queries.brought_back(doors)], clock.today())
    return [(*row, pgettext("list", "、").join(said[row[0].pk])) for row in rows]


def _share(request: Request, of: Month, topic: Matter | None) -> str:
    link = request.build_absolute_uri(_link(of, topic))
    return sharing.topic_text(topic, link) if topic is not None else sharing.text(of, link)


def _link(of: Month, topic: Matter | None) -> str:
    """Where everybody reads all of it."""
    if topic is not None:
        return reverse("matters:public", args=[of.area.code, topic.serial])
    if of.meeting is not None:
        return reverse("briefing:meeting", args=[of.area.code, of.meeting.pk])
    assert of.report is not None
    return reverse("bulletins:public", args=[of.area.code, of.report.pk])


@seen_by("everyone")
@require_safe
def card(request: Request, code: str, month: str) -> HttpResponse:
    """复制到群, as a picture. It says nothing that the village's page does not."""
    area = place(code)
    of = queries.month(area, month) if rules.is_period(month) else None
    if of is None:
        raise Http404
    topic = _topic(request, area)
    link = request.build_absolute_uri(_link(of, topic))
    with override(settings.LANGUAGE_CODE):  # a paper of the village, so Chinese whoever fetches it
        shown = sharing.topic_card(topic, link) if topic is not None else sharing.card(of, link)
    return paper(pdf.public_png(shown), f"{shown.title}.png", PNG)


@seen_by(REPRESENTATIVE)
def give_back(request: Request) -> HttpResponse:
    """他们说了什么: of one household, or the same of several; written, or spoken into the phone."""
    area = _grant(request).area
    of, topic = _news(request, area)
    if of is None:
        raise Http404
    doors = queries.doors(queries.links_of(request.actor.account_id, area), of.period, actor=request.actor)
    chosen = next((door for door in doors if str(door.household.pk) == request.GET.get("household", "")), None)
    begun = {"households": [chosen.household.pk]} if chosen is not None else {}
    form = forms.GiveBackForm(request.POST if request.method == "POST" else None, initial=begun, doors=doors)
    form = with_uploads(form, request)
    if request.method == "POST" and form.is_valid():
        try:
            _bring(request, of, topic, form.cleaned_data)
        except Refused as refused:
            form.add_error(_field_of(refused.code), str(refused.message))
        else:
            return redirect("briefing:kept")
    back = _address("briefing:relay", of, topic)
    context = {"area": area, "of": of, "topic": topic, "form": form, "back": back, "chosen": chosen}
    return render(request, "briefing/give_back.html", context, status=422 if form.is_bound else 200)


def _field_of(code: str) -> str | None:
    fields = {"matters.no_words": "words", "briefing.nobody_ticked": "households", "briefing.several_names": "named"}
    return fields.get(code)


def _bring(request: Request, of: Month, topic: Matter | None, data: dict[str, Any]) -> None:
    matter = actions.give_back(
        of.area,
        actor=request.actor,
        period=of.period,
        household_ids=data["households"],
        words=data["words"],
        uploads=tuple(data["voice"]),
        topic_id=topic.pk if topic is not None else None,
        named=data["named"],
        key=data["key"],
    )
    back = _address("briefing:relay", of, topic)
    request.session[KEPT] = {"pk": matter.pk, "key": str(data["key"]), "back": back}


@seen_by(REPRESENTATIVE)
@cache_control(no_store=True)
@require_safe
def kept(request: Request) -> HttpResponse:
    """What was brought back last: its number, and the receipt to give to who said it. Shown in this browser only."""
    last = request.session.get(KEPT)
    matter = Matter.objects.select_related("area").filter(pk=last["pk"]).first() if last else None
    if last is None or matter is None or matter.recorded_by_id != request.actor.account_id:
        return redirect("briefing:relay")
    code = matter_rules.code_of(rules.receipt_key_of(last["key"]))
    context = {"matter": matter, "area": matter.area, "code": matter_rules.spaced(code), "back": last["back"]}
    return render(request, "briefing/kept.html", context)
