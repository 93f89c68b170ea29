"""``xianglin figures``: every measure's value, counted when it is asked for."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

from xianglin.base import clock
from xianglin.base.measure import Measure
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import area_by_code, programmes_on
from xianglin.kernels.indicators import queries, rules
from xianglin.kernels.indicators.declare import REGISTRY


def tell(*, code: str = "", month: str = "", as_json: bool = False) -> None:
    """A line for each measure: of one place or all of them, of one month or so far."""
    area = area_by_code(code) if code else None
    first = rules.month_named(month) if month else None
    for told in figures(area, first):
        print(json.dumps(told, ensure_ascii=False) if as_json else _line(told))


def figures(area: Area | None, month: dt.date | None) -> Iterator[dict[str, Any]]:
    on = programmes_on(area, clock.today()) if area is not None else {m.programme for m in REGISTRY.values()}
    for measure in REGISTRY.values():
        if measure.programme in on:
            yield _figure(measure, area, month)


def _figure(measure: Measure, area: Area | None, month: dt.date | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "code": measure.code,
        "name": str(measure.name),
        "unit": str(measure.unit),
        "area": area.code if area is not None else "",
        "month": f"{month:%Y-%m}" if month is not None else "",
        "value": queries.total(measure, area, month),
    }
    if measure.out_of:
        told["out_of"] = queries.total(REGISTRY[measure.out_of], area, month)
    return told


def _line(told: dict[str, Any]) -> str:
    value = f"{told['value']} / {told['out_of']}" if "out_of" in told else str(told["value"])
    return f"{told['code']:<36}{value:>12} {told['unit']}　{told['name']}"  # zh: a space between
