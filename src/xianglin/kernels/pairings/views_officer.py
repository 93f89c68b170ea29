"""The officer's page of a kind: what needs looking at first, its rounds, who is open, the pairings that run."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianglin.base import clock
from xianglin.base.pages import Request, seen_by
from xianglin.base.registry import PairingKind, Text, kind_of_pairing
from xianglin.commons.access.models import Grant
from xianglin.commons.access.queries import reach, working_grant
from xianglin.commons.areas.models import InKind
from xianglin.ui.forms import sent, status, taken

from . import actions, queries, rules
from .forms import NoteForm, RoundForm
from .models import FollowUp, Need, Offer, Pairing, Round, Side

PAGE = 50
ROUNDS = 5


def runs_it(request: Request, kind_key: str) -> tuple[PairingKind, Grant]:
    """The kind, and the grant by which the reader runs it: the one they work under, else the first."""
    kind = kind_of_pairing(kind_key)
    held = [one for one in reach(request.actor) if kind is not None and one.role in kind.officers]
    if kind is None or not held:
        raise Http404
    here = working_grant(request)
    return kind, next((one for one in held if one == here), held[0])


@dataclass(frozen=True)
class Look:
    """Something to look at: what it is, whose, since when, and where it is dealt with."""

    title: Text
    note: Text | dt.date
    url: str


@seen_by("account")
@require_safe
def kind_home(request: Request, kind_key: str) -> HttpResponse:
    kind, grant = runs_it(request, kind_key)
    rows = _running(request, kind, grant)
    context = {
        "kind": kind,
        "area": grant.area,
        "looks": looks(queries.attention(grant.area, kind), queries.round_at_work(grant.area, kind.key)),
        "rounds": list(queries.rounds_of(grant.area, kind.key)[:ROUNDS]),
        "round_open": queries.round_open(grant.area, kind.key),
        "needs_open": queries.open_sides(Need, grant.area, kind.key)[: queries.CAP].count(),
        "offers_open": queries.open_sides(Offer, grant.area, kind.key)[: queries.CAP].count(),
        "rows": rows[:PAGE],
        "more_url": f"?after={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "today": clock.today(),
    }
    return render(request, "pairings/kind.html", context)


def _running(request: Request, kind: PairingKind, grant: Grant) -> list[Pairing]:
    """The newest first, by key and not by page."""
    rows = queries.pairings_in(grant.area, kind.key).filter(open=True)
    after = request.GET.get("after", "")
    if after.isascii() and after.isdecimal() and len(after) < 16:
        rows = rows.filter(pk__lt=int(after))
    return list(rows[: PAGE + 1])


def looks(seen: queries.Attention, round_: Round | None = None) -> list[tuple[Text, list[Look]]]:
    """By what is the matter; what is empty is not there. ``round_``: where somebody else can be found for a need."""
    groups: list[tuple[Text, list[Look]]] = [
        (_("还没配上"), [*(_alone(one, round_) for one in seen.short_needs), *map(_alone, seen.short_offers)]),
        (
            _("问了没回话"),
            [
                Look(_pair(one), one.due_on or "", reverse("pairings:proposal", args=[one.pk]))
                for one in seen.unanswered
            ],
        ),
        (_("好久没动静"), [_of_pairing(one, one.contact_on) for one in seen.silent]),
        (_("该去看看了"), [_of_look(one) for one in seen.late]),
        (_("快到期了"), [_of_pairing(one, one.ends_on) for one in seen.ending]),
        (
            _("答应了还没签字"),
            [_of_pairing(one, one.agreed_at.astimezone(clock.SHANGHAI).date()) for one in seen.unsigned],
        ),
    ]
    return [(label, rows) for label, rows in groups if rows]


def _alone(side: Side, round_: Round | None = None) -> Look:
    """To the best whom the round knows for a need; else to where the officer notes what was agreed already."""
    if isinstance(side, Need) and round_ is not None and getattr(side, round_.area.column) == round_.area_id:
        return Look(side.name, side.title, reverse("pairings:options", args=[round_.pk, side.pk]))
    chosen = f"?{'need' if isinstance(side, Need) else 'offer'}={side.pk}"
    return Look(side.name, side.title, reverse("pairings:note_pairing", args=[side.kind]) + chosen)


def _of_pairing(pairing: Pairing, day: Any) -> Look:
    return Look(_pair(pairing), day or "", rules.page_of(pairing))


def _of_look(look: FollowUp) -> Look:
    url = reverse("pairings:look", args=[look.pairing_id, look.pk])
    return Look(_pair(look.pairing), look.due_on, url)


def _pair(one: Any) -> str:
    return f"{one.offer.name} – {one.need.name}"


@seen_by("account")
def open_round(request: Request, kind_key: str) -> HttpResponse:
    kind, grant = runs_it(request, kind_key)
    made: list[Any] = []
    initial = {"title": _("%(year)d 年第一轮") % {"year": clock.today().year}}
    form = RoundForm(sent(request), initial=initial)

    def do(data: dict[str, Any]) -> None:
        place = InKind(grant.area, kind.key)
        made.append(actions.open_round(place, actor=request.actor, title=data["title"], key=data["key"]))

    if taken(form, do, {"pairings.no_title": "title", "pairings.too_long": "title"}):
        messages.success(request, _("这一轮开始了。名单齐了，就可以配"), extra_tags=f"round:{made[0].pk}")
        return redirect("pairings:round", made[0].pk)
    context = {"kind": kind, "area": grant.area, "form": form}
    return render(request, "pairings/open_round.html", context, status=status(form))


@seen_by("account")
def note_pairing(request: Request, kind_key: str) -> HttpResponse:
    """Two who agreed by word of mouth or on paper."""
    kind, grant = runs_it(request, kind_key)
    models: dict[str, Any] = {"need": Need, "offer": Offer}
    rows = {name: queries.open_sides(model, grant.area, kind.key) for name, model in models.items()}
    free = {name: {row.pk: row for row in found.select_related("holder", "area")} for name, found in rows.items()}
    named = {f"{name}s": [(pk, f"{row.name}　{row.title}") for pk, row in rows.items()] for name, rows in free.items()}
    initial = {name: request.GET.get(name, "") for name in free} | {"agreed_on": clock.today()}
    form = NoteForm(sent(request), kind=kind, initial=initial, **named)
    made: list[Pairing] = []

    def do(data: dict[str, Any]) -> None:
        need, offer = free["need"][data["need"]], free["offer"][data["offer"]]
        said = {"need": need, "offer": offer, "agreed_on": data["agreed_on"], "key": data["key"]}
        made.append(actions.note_pairing(InKind(need.area, kind.key), actor=request.actor, **said))

    if taken(
        form, do, {"pairings.in_the_future": "agreed_on", "pairings.full": "offer", "pairings.forbidden": "offer"}
    ):
        messages.success(request, _("记下了"), extra_tags=f"pairing:{made[0].pk}")
        return redirect(rules.page_of(made[0]))
    return render(
        request, "pairings/note_pairing.html", {"kind": kind, "area": grant.area, "form": form}, status=status(form)
    )
