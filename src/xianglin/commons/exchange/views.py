"""Pages: hand in a sheet, see each row's errors in place, import the rest, fetch what is to be mended."""

import dataclasses
from contextlib import closing
from pathlib import Path
from typing import IO

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.base.pages import seen_by
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.areas import queries as areas
from xianglin.commons.areas.models import Area
from xianglin.commons.jobs.declare import enqueue

from . import actions, exports, guards, jobs, queries, rules, staging
from .forms import ApplyForm, MappingForm, PasteForm, SheetForm
from .headers import missing
from .models import Batch
from .pasted import as_sheet
from .tables import ImportTable, table_named

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LATEST = 5
_LONGEST_NUMBER = 9  # digits of a row's number in an address


@seen_by("staff")
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, table: str) -> HttpResponse:
    actor, wanted = _actor(request), table_named(table)
    handing_in = request.method == "POST" and not request.POST.get("area_find")
    pasting = handing_in and "pasted" in request.POST
    form = SheetForm(request.POST, request.FILES) if handing_in and not pasting else SheetForm()
    paste_form = PasteForm(request.POST if pasting else None)
    code = request.POST.get("area") or request.GET.get("area", "")
    status, wrong_area = 200, ""
    if handing_in:
        status = 422
        if not code:
            wrong_area = _("请先选这些数据是哪里的")
        sent = paste_form if pasting else form
        if sent.is_valid() and code:
            try:
                file = as_sheet(sent.cleaned_data["pasted"], wanted) if pasting else sent.cleaned_data["file"]
                with closing(file):
                    batch = _handed_in(file, wanted, areas.area_by_code(code), actor)
                return redirect("exchange:batch", batch.pk)
            except Forbidden:
                raise
            except Refused as refusal:
                sent.add_error("pasted" if pasting else "file", str(refusal.message))
    query = request.POST.get("area_q", "") or code
    shown = {
        "table": wanted,
        "form": form,
        "paste_form": paste_form,
        "wrong_area": wrong_area,
        "query": "" if query == code else query,
        "results": areas.find(query) if query else [],
        "chosen": code,
        "batches": queries.batches_of(actor, wanted)[:_LATEST],
    }
    return render(request, "exchange/upload.html", shown, status=status)


def _handed_in(file: TemporaryUploadedFile, table: ImportTable, area: Area, actor: Actor) -> Batch:
    """Refuse what is unsafe at once; the reading is a job, so that nobody's page waits for it."""
    path = Path(file.temporary_file_path())
    rules.require_may_import(actor, table, area)
    guards.kind_of(path)
    sha256 = staging.digest(path)
    stored_as = default_storage.save(f"{jobs.FOLDER}/sheet", file)  # moves it away from its path
    try:
        with transaction.atomic():
            batch = actions.open_batch(
                area,
                actor=actor,
                table=table.key,
                file_name=file.name or "",
                sha256=sha256,
                stored_as=stored_as,
            )
            enqueue(jobs.read_sheet, batch.pk)
    except BaseException:
        default_storage.delete(stored_as)
        raise
    return batch


@seen_by("staff")
@require_GET
def show(request: HttpRequest, batch_id: int) -> HttpResponse:
    batch, table = _own(request, batch_id)
    return _page(request, batch, MappingForm(batch, table))


@seen_by("staff")
@require_POST
def remap(request: HttpRequest, batch_id: int) -> HttpResponse:
    batch, table = _own(request, batch_id)
    form = MappingForm(batch, table, request.POST)
    if form.is_valid():
        try:
            with transaction.atomic():
                actions.remap_batch(batch, actor=_actor(request), mapping=form.mapping())
                enqueue(jobs.check_again, batch.pk)
            return redirect("exchange:batch", batch.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal.message))
    return _page(request, batch, form, status=422)


@seen_by("staff")
@require_POST
def apply(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Begin; the job does it. A second press finds it begun and only shows how far it is."""
    batch, _table = _own(request, batch_id)
    actor = _actor(request)
    waited = batch.state == Batch.State.CHECKED
    with transaction.atomic():
        actions.begin_batch(batch, actor=actor, strict="strict" in request.POST)
        if waited:
            enqueue(jobs.apply, batch.pk, dataclasses.asdict(actor))
    return redirect("exchange:batch", batch.pk)


@seen_by("staff")
@require_POST
def cancel(request: HttpRequest, batch_id: int) -> HttpResponse:
    batch, table = _own(request, batch_id)
    ended = actions.cancel_batch(batch, actor=_actor(request))
    if ended.created:
        return redirect("exchange:batch", ended.pk)  # which says what was kept
    return redirect("exchange:upload", table.key)


@seen_by("staff")
@require_GET
def faulty(request: HttpRequest, batch_id: int) -> FileResponse:
    batch, table = _own(request, batch_id)
    name = _("%(name)s-要改的行.xlsx") % {"name": Path(batch.file_name).stem}
    return _sheet(exports.faulty_rows(batch, table), name)


@seen_by("staff")
@require_GET
def template(request: HttpRequest, table: str) -> FileResponse:
    wanted = table_named(table)
    return _sheet(exports.template(wanted), _("%(table)s-空表.xlsx") % {"table": wanted.label})


def _page(request: HttpRequest, batch: Batch, form: MappingForm, status: int = 200) -> HttpResponse:
    table = table_named(batch.table)
    faulty_only = "faulty" in request.GET
    asked = request.GET.get("after", "")
    after = int(asked) if asked.isdecimal() and len(asked) < _LONGEST_NUMBER else 0
    rows: list[queries.RowShown] = []
    following: int | None = None
    if batch.state not in (Batch.State.STAGED, Batch.State.CANCELLED):
        rows, following = queries.rows_shown(batch, faulty_only, after)
    address = reverse("exchange:batch", args=[batch.pk])
    more = f"{address}?{'faulty=1&' if faulty_only else ''}after={following}" if following else ""
    shown = {
        "batch": batch,
        "table": table,
        "form": form,
        "apply_form": ApplyForm(),
        "rows": rows,
        "more_url": more,
        "faulty_only": faulty_only,
        "address": address,
        "lacking": missing(batch.mapping, table) if batch.headers else [],
        "unknown": [header for header in batch.headers if header not in batch.mapping],
        "columns": queries.columns_shown(batch),
        "forgotten": batch.forgotten_at is not None,
        "working": batch.state in (Batch.State.STAGED, Batch.State.APPLYING),
    }
    name = "exchange/_batch.html" if getattr(request, "htmx", False) and not after else "exchange/batch.html"
    return render(request, name, shown, status=status)


def _own(request: HttpRequest, batch_id: int) -> tuple[Batch, ImportTable]:
    batch = queries.own_batch(_actor(request), batch_id)
    table = table_named(batch.table)
    rules.require_may_import(_actor(request), table, batch.area)
    return batch, table


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = hooks.actor_of(request)
    return actor


def _sheet(file: IO[bytes], name: str) -> FileResponse:
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
