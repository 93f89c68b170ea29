"""The two rolls as sheets. Telephones are masked: who has to ring somebody opens their file."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xianglin.commons.areas.models import Area
from xianglin.commons.exchange.exports import write_sheet

from ..levels.queries import gaps_in_words
from .models import Mentor, YoungCadre
from .rules import slots_in_words

_CHUNK = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def listed(words: Any) -> str:
    return pgettext("list", "、").join(map(str, words))


def mentors_sheet(area: Area, rows: QuerySet[Mentor]) -> FileResponse:
    headers = [
        _("姓名"),
        _("所在乡镇"),
        _("导师类别"),
        _("工作年限"),
        _("擅长领域"),
        _("帮带名额"),
        _("可用时间"),
        _("手机号"),
    ]
    return _answer([*headers, _("入册日期")], _mentor_rows(rows), _("%(place)s-导师名册") % {"place": area.name})


def _mentor_rows(rows: QuerySet[Mentor]) -> Iterator[list[str]]:
    for row in rows.iterator(_CHUNK):
        yield [
            row.account.display_name,
            row.area.name,
            row.get_kind_display(),
            "" if row.years is None else str(row.years),
            listed(one.ability.name for one in row.teaches.all()),
            f"{row.least}-{row.most}",
            listed([*([row.free_when] if row.free_when else []), *slots_in_words(row.slots)]),
            row.account.phone_mask,
            row.active_from.isoformat(),
        ]


def cadres_sheet(area: Area, rows: QuerySet[YoungCadre]) -> FileResponse:
    headers = [
        _("姓名"),
        _("所在乡镇（村）"),
        _("现任职务"),
        _("任现职时间"),
        _("想提高的"),
        _("帮带意愿"),
        _("手机号"),
    ]
    return _answer([*headers, _("入册日期")], _cadre_rows(rows), _("%(place)s-青年干部名册") % {"place": area.name})


def _cadre_rows(rows: QuerySet[YoungCadre]) -> Iterator[list[str]]:
    for row in rows.iterator(_CHUNK):
        yield [
            row.account.display_name,
            row.area.name,
            row.post,
            f"{row.since:%Y-%m}" if row.since else "",
            listed(gaps_in_words(row.gaps)),  # type: ignore[attr-defined]  # of queries.cadres
            row.wishes,
            row.account.phone_mask,
            row.active_from.isoformat(),
        ]


def _answer(headers: list[str], rows: Iterator[list[str]], name: str) -> FileResponse:
    file = write_sheet(headers, rows, _("名册"))
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
