"""Figures and their records as sheets."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext as _

from xianglin.base.measure import Measure
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange import exports

from . import queries

_CHUNK = 500


class Form(Enum):
    XLSX = "xlsx"
    CSV = "csv"


def figures_sheet(form: Form, measures: Iterable[Measure], area: Area, months: Sequence[dt.date]) -> FileResponse:
    headers = [_("代码"), _("指标"), _("单位"), _("地方"), *(f"{month:%Y-%m}" for month in months), _("口径")]
    rows = (_figure_row(measure, area, months) for measure in measures)
    return _sheet(form, headers, rows, _("%(place)s-数字") % {"place": area.name})


def _figure_row(measure: Measure, area: Area, months: Sequence[dt.date]) -> list[str]:
    values = map(str, queries.series(measure, area, months))
    return [measure.code, str(measure.name), str(measure.unit), area.name, *values, str(measure.definition)]


def records_sheet(form: Form, measure: Measure, rows: Any, area: Area, month: dt.date) -> FileResponse:
    headers = [_("日期"), _("地方"), _("记录"), *([str(measure.unit)] if measure.amount else [])]
    told = {"place": area.name, "name": measure.name, "month": f"{month:%Y-%m}"}
    return _sheet(form, headers, _record_rows(measure, rows), _("%(place)s-%(name)s-%(month)s") % told)


def _record_rows(measure: Measure, rows: Any) -> Iterator[list[str]]:
    for row in rows.iterator(_CHUNK):
        record = measure.record(row)
        amount = [str(getattr(row, measure.amount))] if measure.amount else []
        yield [record.on.isoformat(), record.place, str(record.label), *amount]


def _sheet(form: Form, headers: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> FileResponse:
    write = exports.write_sheet if form is Form.XLSX else exports.write_csv
    file = write(headers, rows, _("数字"))
    return FileResponse(file, as_attachment=True, filename=f"{name}.{form.value}")
