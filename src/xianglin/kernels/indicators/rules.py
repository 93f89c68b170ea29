"""Months, and which measures are somebody's."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.utils.translation import gettext_lazy as _

from xianglin.base.measure import Measure
from xianglin.base.refused import Refused


def month_named(text: str) -> dt.date:
    """The first day of a month written 2022-05."""
    try:
        if len(text) == len("2022-05"):
            return dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        pass
    raise Refused("indicators.month", _("月份要写成 2022-05 这样，不是 %(typed)s。") % {"typed": text})


def open_to(measures: Iterable[Measure], role: str, programme: str, on: Collection[str]) -> list[Measure]:
    """The measures that a role sees where these programmes are on; whoever is of one programme sees that one's."""
    mine = on if not programme else {programme} & set(on)
    return [m for m in measures if m.programme in mine and (not m.roles or role in m.roles)]
