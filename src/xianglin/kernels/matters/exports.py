"""Sheets that leave the platform."""

import io
from collections.abc import Iterable
from uuid import UUID, uuid5

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange.exports import safe_cell

from . import actions, queries, rules
from .models import Receipt

RECEIPTS_AT_ONCE = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def receipts_sheet(area: Area, actor: Actor, key: UUID) -> HttpResponse:
    """Make a receipt for each matter of a place that has none, and write the codes into a sheet only.

    The same ``key`` again (a double click, a download that broke) gives the same sheet: a code follows from it.
    A matter that the actor deals with themselves is left out: its receipt must come from somebody else.
    """
    made = []
    made_now = [r.matter for r in queries.receipts_made_by(actor, area) if _is_from(r, key)]
    earlier = sorted(made_now, key=lambda m: (m.next_on, m.pk))
    for matter in queries.read_titles(earlier or queries.without_receipt(area)[:RECEIPTS_AT_ONCE]):
        own = uuid5(key, str(matter.pk))
        try:
            actions.issue_receipt(matter, actor=actor, key=own)
        except Refused as refused:
            if refused.code != "matters.own_answer":
                raise
            continue
        code = rules.code_of(own)
        number = matter.external.partition(":")[2]
        facts = (matter.area.name, matter.slip, number, matter.called)
        made.append((*facts, rules.spaced(code), matter.next_on.isoformat()))
    heads = (_("地方"), _("编号"), _("原编号"), _("标题"), _("回执码"), _("哪天前答复"))
    return _sheet("receipts.xlsx", [heads, *made])


def _is_from(receipt: Receipt, key: UUID) -> bool:
    return receipt.code_hash == rules.receipt_hash(rules.code_of(uuid5(key, str(receipt.matter_id))))


def _sheet(name: str, rows: Iterable[Iterable[str]]) -> HttpResponse:
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, [safe_cell(cell) for cell in row])
    book.close()
    response = HttpResponse(held.getvalue(), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
