"""Sheets that leave the platform."""

import io
from collections.abc import Iterable

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.exchange.exports import safe_cell

from . import actions, rules
from .models import Matter

RECEIPTS_AT_ONCE = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def receipts_sheet(matters: Iterable[Matter], actor: Actor) -> HttpResponse:
    """Make a receipt for each and write the codes into a sheet; they are stored nowhere else.

    A matter that the actor deals with themselves is left out: its receipt must come from somebody else.
    """
    made = []
    for matter in matters:
        code = rules.new_receipt_code()
        try:
            actions.issue_receipt(matter, actor=actor, code=code)
        except Refused as refused:
            if refused.code != "matters.own_answer":
                raise
            continue
        number = matter.external.partition(":")[2]
        made.append((matter.slip, number, matter.called, rules.spaced(code), matter.next_on.isoformat()))
    heads = (_("编号"), _("原编号"), _("标题"), _("回执码"), _("哪天前答复"))
    return _sheet("receipts.xlsx", [heads, *made])


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
