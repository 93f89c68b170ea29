"""记一次水平, 想提高的, and what stands behind the pictures."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.exchange.exports import write_sheet
from xianglin.kernels.matters.models import Matter
from xianglin.kernels.matters.queries import page_for
from xianglin.ui.forms import sent, status, taken

from ..desk import cadre as cadre_of
from ..pairs.queries import pair_led
from ..permissions import LISTED
from ..registers.models import YoungCadre
from ..registers.rolls import XLSX
from ..registers.rules import is_own
from . import actions, forms, queries, rules, villagers
from .showing import reading_table


def _changed(request: Request, cadre_pk: int, verb: str) -> YoungCadre:
    cadre = cadre_of(request, cadre_pk, may=f"mentoring.{verb}")
    if not cadre.active:
        raise Http404
    return cadre


def _goes_back(request: Request, cadre: YoungCadre) -> str:
    """To the cadre's file; a mentor, who does not read it, to their pair."""
    if hooks.may(request.actor, "mentoring.see_cadre", cadre):
        return reverse("mentoring:cadre", args=[cadre.pk])
    led = pair_led(request.actor, cadre)
    return reverse("mentoring:pair", args=[led.pk]) if led is not None else reverse("mentoring:led")


def _standing(cadre: YoungCadre) -> list[queries.InAbility]:
    """What is asked today; an ability that ended is not."""
    return [one for one in queries.of_cadre(cadre) if one.ability.to_on is None]


@seen_by(*LISTED)
def note_levels(request: Request, cadre_pk: int) -> HttpResponse:
    cadre = _changed(request, cadre_pk, "note_levels")
    form = forms.LevelsForm(sent(request), rows=_standing(cadre), views=rules.views_of(request.actor, cadre))
    back = _goes_back(request, cadre)

    def note(data: dict[str, Any]) -> None:
        actions.note_levels(
            cadre, actor=request.actor, view=form.view, levels=form.levels, on=data["on"], key=data["key"]
        )

    if taken(form, note, {"mentoring.level_ahead": "on", "mentoring.view": "view"}):
        messages.success(request, _("记下了"), extra_tags=f"levels:{cadre.pk}")
        return redirect(back)
    context = {"cadre": cadre, "form": form, "own": is_own(request.actor, cadre), "back": back}
    return render(request, "mentoring/levels_form.html", context, status=status(form))


@seen_by(*LISTED)
def set_wanted(request: Request, cadre_pk: int) -> HttpResponse:
    cadre = _changed(request, cadre_pk, "set_wanted")
    form = forms.WantedForm(sent(request), rows=_standing(cadre))

    def keep(data: dict[str, Any]) -> None:
        actions.set_wanted(cadre, actor=request.actor, wanted=form.wanted, key=data["key"])

    if taken(form, keep):
        messages.success(request, _("存好了"), extra_tags=f"wanted:{cadre.pk}")
        return redirect("mentoring:cadre", cadre.pk)
    own = is_own(request.actor, cadre)
    return render(
        request, "mentoring/wanted_form.html", {"cadre": cadre, "form": form, "own": own}, status=status(form)
    )


@seen_by(*LISTED)
@require_safe
def levels_sheet(request: Request, cadre_pk: int) -> FileResponse:
    """Every reading as a sheet: what the radar and the lines are drawn from."""
    cadre = cadre_of(request, cadre_pk)
    headers = [_("哪天"), _("能力"), _("几级"), _("谁评的"), _("说明")]
    name = _("%(name)s-能力水平") % {"name": cadre.account.display_name}
    file = write_sheet(headers, reading_table(queries.of_cadre(cadre)), _("能力水平"))
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


@seen_by(*LISTED)
@require_safe
def heard(request: Request, cadre_pk: int) -> HttpResponse:
    """群众怎么说: the matters behind the count, each by what of it the reader may know."""
    cadre = cadre_of(request, cadre_pk)
    told = villagers.heard_of(cadre.account_id)
    rows = [(record, _called(record.matter), page_for(request.actor, record.matter)) for record in told.records]
    context = {"cadre": cadre, "heard": told, "rows": rows, "own": is_own(request.actor, cadre)}
    return render(request, "mentoring/heard.html", context)


def _called(matter: Matter) -> str:
    """Its public title, else its number alone: an author's words are not this page's to show."""
    return matter.title if matter.public and matter.title else matter.slip
