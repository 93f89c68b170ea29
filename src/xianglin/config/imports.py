"""The command line's imports: the same functions as the pages call, and one JSON line of what came of it."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from xianglin.base.actor import system
from xianglin.base.refused import Refused
from xianglin.commons.areas import china_division
from xianglin.commons.areas.imports import import_areas, read_list
from xianglin.commons.areas.queries import area_by_code
from xianglin.commons.exchange import headers, staging
from xianglin.commons.exchange.tables import table_named


def areas(*, province: str, file: Path | None, as_json: bool) -> int:
    who = system("areas", "command")
    if file is not None:
        report = import_areas(read_list(file), actor=who, source=file.name)
    else:
        report = china_division.import_province(province, actor=who)
    told = {
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "closed": report.closed,
        "seconds": round(report.seconds, 2),
    }
    _tell(told, as_json)
    return 0


def sheet(*, table_key: str, file: Path, code: str, mapping: list[str], strict: bool, dry: bool, as_json: bool) -> int:
    area, who = area_by_code(code), system("import", "command")
    table = table_named(table_key)
    batch = staging.stage_file(_readable(file), table, area, who, headers.parse(mapping, table))
    if dry:
        _tell({"rows": batch.rows.count(), "ok": batch.ok, "bad": batch.bad, "seconds": batch.seconds}, as_json)
        return 0
    counts = staging.apply_batch(batch, who, strict=strict)
    told = {
        "created": counts.created,
        "unchanged": counts.unchanged,
        "rejected": counts.rejected,
        "seconds": counts.seconds,
    }
    _tell(told, as_json)
    return 0


def _readable(file: Path) -> Path:
    if not file.is_file():
        raise Refused("import.no_file", _("没有这个文件：%(file)s。请核对路径。") % {"file": file})
    if not os.access(file, os.R_OK):
        raise Refused("import.not_readable", _("没有权限读这个文件：%(file)s。请换个能读的位置。") % {"file": file})
    return file


def _tell(told: Mapping[str, object], as_json: bool) -> None:
    print(json.dumps(told) if as_json else "  ".join(f"{key} {value}" for key, value in told.items()))
