"""A place's records as a sheet: what stands, without what was withdrawn and without what this officer may not see."""

from collections.abc import Iterator
from itertools import islice

from django.http import FileResponse
from django.utils.translation import gettext as _

from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange.exports import write_sheet

from ..registers.rolls import XLSX, listed
from . import queries
from .models import Record

_CHUNK = 200


def of_place(area: Area, actor: Actor) -> FileResponse:
    headers = [
        _("哪天"),
        _("导师"),
        _("青年干部"),
        _("所在地"),
        _("方法"),
        _("分钟"),
        _("地点"),
        _("练的能力"),
        _("做了什么"),
        _("解决了什么"),
        _("照片和文件"),
        _("现在"),
    ]
    file = write_sheet(headers, _rows(area, actor), _("帮带记录"))
    name = _("%(place)s-帮带记录") % {"place": area.name}
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)


def _rows(area: Area, actor: Actor) -> Iterator[list[str]]:
    rows = queries.of_place(area).iterator(_CHUNK)
    while chunk := list(islice(rows, _CHUNK)):
        for one in queries.shown(chunk, actor):
            yield _row(one.record, one)


def _row(record: Record, one: queries.Shown) -> list[str]:
    row = one.edition
    return [
        record.on.isoformat(),
        record.pairing.offer.name,
        record.pairing.need.name,
        record.pairing.area.name,
        str(record.get_method_display()),
        "" if record.minutes is None else str(record.minutes),
        "　".join(part for part in (row.where.name if row.where is not None else "", row.place) if part),
        listed(one.abilities),
        one.done,
        one.solved,
        str(len(one.evidence)) if one.evidence else "",
        str(record.get_state_display()),
    ]
