"""The receiving post's tools: writing down what somebody said, the table of duties, receipts to hand out."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.access.queries import working_grant
from xianglin.commons.areas.models import LEVEL_COLUMNS, Area
from xianglin.commons.files.forms import with_uploads

from . import actions, forms, queries, rules
from .exports import receipts_sheet
from .models import Duty, Matter
from .refusals import add_refusal
from .views_public import show_slip


@seen_by("village_cadre", "town_clerk", "county_clerk")
def note(request: Request) -> HttpResponse:
    """记一笔: write down what somebody said, at the door or on the phone."""
    grant = working_grant(request)
    assert grant is not None
    form = with_uploads(forms.NoteForm(request.POST if request.method == "POST" else None), request)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        said = actions.Said(
            words=data["words"],
            name=data["name"],
            phone=data["phone"],
            source=data["source"],
            uploads=(*data["voice"], *data["photos"]),
        )
        try:
            matter = actions.raise_matter(grant.area, actor=request.actor, said=said, key=data["key"])
        except Refused as refused:
            add_refusal(form, refused)
        else:
            show_slip(request, matter.pk, data["key"])
            return redirect("matters:slip")
    return render(
        request, "matters/note.html", {"form": form, "area": grant.area}, status=422 if form.is_bound else 200
    )


@seen_by("village_cadre", "town_clerk", "county_clerk")
def duties(request: Request) -> HttpResponse:
    """The table of duties: who deals with what here."""
    grant = working_grant(request)
    assert grant is not None
    form = forms.DutyForm(
        request.POST if request.method == "POST" else None,
        categories=[c.key for c in queries.categories()],
        owners=queries.owners_for(Matter(**_columns(grant.area))),
    )
    if request.method == "POST" and form.is_valid():
        account_id, department = rules.owner_named(form.cleaned_data["owner"])
        category = form.cleaned_data["category"]
        try:
            actions.set_duty(
                grant.area, actor=request.actor, category=category, account_id=account_id, department=department
            )
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("写进表里了，今天起算"))
            return redirect("matters:duties")
    offices = queries.department_names(grant.area.county_id)
    table = Duty.objects.filter(area=grant.area, to_on=None).select_related("account").order_by("category")
    lines = [(d.category, d.account or offices.get(d.department, d.department)) for d in table]
    lines.sort(key=lambda line: not line[0])  # everything else comes last
    context = {"form": form, "lines": lines, "area": grant.area}
    return render(request, "matters/duties.html", context, status=422 if form.is_bound else 200)


@seen_by("village_cadre", "town_clerk", "county_clerk")
def receipts(request: Request) -> HttpResponse:
    """Receipts for those who said something on paper, on the phone or in a sheet: made once, shown once, handed out."""
    grant = working_grant(request)
    assert grant is not None
    form = forms.OnlyKeyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return receipts_sheet(grant.area, request.actor, form.cleaned_data["key"])
    lacking = queries.capped(queries.without_receipt(grant.area))
    return render(request, "matters/receipts.html", {"area": grant.area, "lacking": lacking, "form": form})


def _columns(area: Area) -> dict[str, Any]:
    return {"area_id": area.pk, **{column: getattr(area, column) for column in LEVEL_COLUMNS}}
