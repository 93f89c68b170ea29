"""Staff's screens: the list, the opened matter, its deeds, writing down what somebody said, the table of duties."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xianglin.base import clock, hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Grant
from xianglin.commons.access.queries import working_grant
from xianglin.commons.areas.models import LEVEL_COLUMNS
from xianglin.commons.deadlines.queries import explain

from . import actions, deeds, forms, marks, queries, rules
from .exports import RECEIPTS_AT_ONCE, receipts_sheet
from .models import Duty, Matter
from .views_public import add_refusal

_LISTS = {"open": _("没了结"), "mine": _("我经办的"), "done": _("了结了")}


def _listed(request: Request, which: str, after: str = "") -> tuple[queries.Page, Any]:
    grant = working_grant(request)
    assert grant is not None  # the page is for staff
    behind = queries.After.read(after)
    if which == "done":
        rows = queries.latest_first(queries.ended_for_grant(grant), behind)
    elif which == "mine":
        rows = queries.soonest_first(queries.mine(request.actor.account_id), behind)
    else:
        rows = queries.soonest_first(queries.open_for_grant(grant), behind)
    return queries.page_of(rows), grant


def _list_context(request: Request) -> dict[str, Any]:
    which = request.GET.get("list", "open")
    which = which if which in _LISTS else "open"
    page, grant = _listed(request, which, request.GET.get("after", ""))
    today = clock.today()
    return {
        "which": which,
        "lists": [(key, label, key == which) for key, label in _LISTS.items()],
        "rows": marks.with_marks(_titled(page.rows, grant), today),
        "more_url": f"?list={which}&after={page.after}" if page.after else "",
        "area": grant.area,
        "many_places": grant.area.level < 5,
    }


def _titled(rows: Sequence[Matter], grant: Grant) -> Sequence[Matter]:
    """An observer does not read what the words of an unchecked matter begin with."""
    return rows if grant.role == "observer" else queries.read_titles(rows)


@seen_by("staff")
@require_safe
def matter_list(request: Request) -> HttpResponse:
    return render(request, "matters/list.html", _list_context(request))


@seen_by("staff")
@require_safe
def matter_page(request: Request, pk: int) -> HttpResponse:
    return render(request, "matters/matter.html", _opened(request, _theirs(request, pk)) | _list_context(request))


def _theirs(request: Request, pk: int) -> Matter:
    matter = queries.matter_for(request.actor, pk)
    if matter is None:
        raise Http404
    return matter


def _opened(request: Request, matter: Matter) -> dict[str, Any]:
    able = deeds.open_to(request.actor, matter)
    today = clock.today()
    reads = hooks.may(request.actor, "matters.read_words", matter)
    children = matter.children.select_related("area").defer("words") if matter.child_count else []
    if reads:
        queries.read_titles([matter, *children, *([matter.parent] if matter.parent else [])])
    return {
        "matter": matter,
        "reads": reads,
        "words": queries.words_of(matter) if reads else None,
        "author": queries.author_names(matter) if reads else [],
        "phone": matter.author.phone.open() if reads and matter.author.phone else None,
        "mark": marks.mark_of(matter, today),
        "due": explain(matter, today) if matter.open else None,
        "timeline": marks.timeline(matter.steps.order_by("at", "pk")),
        "loud": [d for d in able if d.loud],
        "quiet": [d for d in able if not d.loud and d.verb != "link"],
        "owner": queries.owner_name(matter) if matter.handler_id or matter.department else "",
        "children": children,
        "alike": queries.like_this(matter) if any(d.verb == "link" for d in able) else [],
        "link_form": forms.LinkForm(),
    }


@seen_by("staff")
def matter_deed(request: Request, pk: int, verb: str) -> HttpResponse:
    matter = _theirs(request, pk)
    deed = deeds.BY_VERB.get(verb)
    if deed is None or not hooks.may(request.actor, deed.action, matter):
        raise Http404
    form = deed.form(matter, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deed.run(matter, request.actor, form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("记下了"))
            return redirect("matters:matter", pk=matter.pk)
    status = 422 if form.is_bound else 200
    queries.read_titles([matter])
    context = {"matter": matter, "deed": deed, "form": form, "words": queries.words_of(matter)}
    return render(request, "matters/deed.html", context, status=status)


@seen_by("village_cadre", "town_clerk", "county_clerk")
def note(request: Request) -> HttpResponse:
    """记一笔: write down what somebody said, at the door or on the phone."""
    grant = working_grant(request)
    assert grant is not None
    form = forms.NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        said = actions.Said(words=data["words"], name=data["name"], phone=data["phone"], source=data["source"])
        try:
            matter = actions.raise_matter(grant.area, actor=request.actor, said=said, key=data["key"])
        except Refused as refused:
            add_refusal(form, refused)
        else:
            request.session["slip"] = {"pk": matter.pk, "key": str(data["key"])}
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
            messages.success(request, _("记下了"))
            return redirect("matters:duties")
    offices = queries.department_names(grant.area.county_id)
    table = Duty.objects.filter(area=grant.area, to_on=None).select_related("account").order_by("category")
    lines = [(d.category, d.account or offices.get(d.department, d.department)) for d in table]
    return render(request, "matters/duties.html", {"form": form, "lines": lines, "area": grant.area})


@seen_by("village_cadre", "town_clerk", "county_clerk")
def receipts(request: Request) -> HttpResponse:
    """Receipts for those who said something on paper, on the phone or in a sheet: made once, shown once, handed out."""
    grant = working_grant(request)
    assert grant is not None
    lacking = queries.without_receipt(grant.area)
    if request.method == "POST":
        return receipts_sheet(lacking[:RECEIPTS_AT_ONCE], request.actor)
    return render(request, "matters/receipts.html", {"area": grant.area, "lacking": queries.capped(lacking)})


def _columns(area: Any) -> dict[str, Any]:
    return {"area_id": area.pk, **{column: getattr(area, column) for column in LEVEL_COLUMNS}}
