"""A record's own page, and the words on it: confirmed, not so, taken back. The list of a pair's records."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import hooks
from xianglin.base.pages import Request, seen_by
from xianglin.commons.files import serving
from xianglin.ui.forms import sent, status, taken

from ..desk import officers_grant
from ..kinds import OFFICER
from ..pairs.views import theirs
from ..permissions import LISTED
from . import actions, forms, queries, rules, sheet
from .changes import changes
from .models import Record, State


def record_of(request: Request, pk: int, action: str = "") -> Record:
    found = queries.record_for(request.actor, pk)
    if found is None or (action and not hooks.may(request.actor, action, found)):
        raise Http404
    return found


@seen_by(*LISTED)
@require_safe
def record(request: Request, record_pk: int) -> HttpResponse:
    return _page(request, record_of(request, record_pk))


def _page(request: Request, row: Record, form: Any = None) -> HttpResponse:
    actor = request.actor
    shown = form or forms.ReadForm(initial={"edition": row.edition})
    told, *earlier = queries.history(row)
    side = rules.side_of(actor, row.pairing)
    said = bool(side) and getattr(row, f"{side}_said_at") is not None
    stands = row.state != State.WITHDRAWN
    objection, because = queries.reasons(row)
    context = {
        "record": row,
        "pairing": row.pairing,
        "told": told,
        "changes": changes([told, *earlier]),
        "matter": queries.matter_page(actor, row.matter),
        "objection": objection,
        "because": because,
        "form": shown,
        "confirms": stands and bool(side) and not said,
        "refuses": stands and bool(side) and not rules.is_writer(actor, row) and row.state != State.REFUSED,
        "corrects": stands and may_correct(request, row),
        "withdraws": stands and hooks.may(actor, "mentoring.withdraw_record", row),
    }
    return render(request, "mentoring/records/record.html", context, status=status(shown))


def may_correct(request: Request, row: Record) -> bool:
    own = rules.is_writer(request.actor, row) or (row.behalf and not rules.side_of(request.actor, row.pairing))
    return own and hooks.may(request.actor, "mentoring.correct_record", row)


@seen_by(*LISTED)
@require_POST
def confirm(request: Request, record_pk: int) -> HttpResponse:
    row = record_of(request, record_pk, "mentoring.confirm_record")
    form = forms.ReadForm(sent(request))

    def do(data: dict[str, Any]) -> None:
        actions.confirm_record(row, actor=request.actor, edition=data["edition"], key=data["key"])

    if taken(form, do):
        messages.success(request, _("确认好了"))
        return redirect("mentoring:record", row.pk)
    row = record_of(request, record_pk)
    reading_anew(form, row)
    return _page(request, row, form)


def reading_anew(form: Any, row: Record) -> None:
    """The page shows the edition in force now: what is sent next was said to that one."""
    form.data = form.data.copy()
    form.data["edition"] = row.edition


@seen_by(*LISTED)
def refuse(request: Request, record_pk: int) -> HttpResponse:
    row = record_of(request, record_pk, "mentoring.refuse_record")
    form = forms.RefuseForm(sent(request), initial={"edition": row.edition})

    def do(data: dict[str, Any]) -> None:
        said = {name: data[name] for name in ("edition", "reason", "key")}
        actions.refuse_record(row, actor=request.actor, **said)

    if taken(form, do, {"mentoring.no_reason": "reason", "mentoring.reason_long": "reason"}):
        messages.success(request, _("告诉写的人了，改好了再请您确认"), extra_tags=f"refuse:{row.pk}")
        return redirect("mentoring:record", row.pk)
    return _word(request, record_pk, form, refuses=True)


@seen_by(*LISTED)
def withdraw(request: Request, record_pk: int) -> HttpResponse:
    row = record_of(request, record_pk, "mentoring.withdraw_record")
    form = forms.WithdrawForm(sent(request))

    def do(data: dict[str, Any]) -> None:
        actions.withdraw_record(row, actor=request.actor, reason=data["reason"], key=data["key"])

    if taken(form, do, {"mentoring.no_reason": "reason", "mentoring.reason_long": "reason"}):
        messages.success(request, _("收回了"), extra_tags=f"withdraw:{row.pk}")
        return redirect("mentoring:pair", row.pairing_id)
    return _word(request, record_pk, form, refuses=False)


def _word(request: Request, pk: int, form: Any, *, refuses: bool) -> HttpResponse:
    row = record_of(request, pk)
    if form.is_bound and refuses:
        reading_anew(form, row)
    (told,) = queries.shown([row], request.actor)
    context = {"record": row, "pairing": row.pairing, "told": told, "form": form, "refuses": refuses}
    return render(request, "mentoring/records/word.html", context, status=status(form))


@seen_by(*LISTED)
@require_safe
def evidence(request: Request, evidence_pk: int) -> HttpResponse:
    """A photo or paper, for who may read the record that it shows."""
    row = queries.evidence_for(request.actor, evidence_pk)
    if row is None:
        raise Http404
    return serving.respond(request, row.file, small="small" in request.GET)


@seen_by(*LISTED)
@require_safe
def records(request: Request, pair_pk: int) -> HttpResponse:
    """All records of a pair, fifty days at a time."""
    pairing = theirs(request, pair_pk)
    page = queries.of_pair(pairing, request.actor, request.GET.get("after", ""))
    more = f"?after={page.after}" if page.after else ""
    writes = pairing.open and hooks.may(request.actor, "mentoring.write_record", pairing)
    context = {"pairing": pairing, "rows": page.rows, "more_url": more, "writes": writes}
    return render(request, "mentoring/records/records.html", context)


@seen_by(OFFICER)
@require_safe
def records_sheet(request: Request) -> FileResponse:
    """All records of the officer's place, as XLSX."""
    return sheet.of_place(officers_grant(request).area, request.actor)
