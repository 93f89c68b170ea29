"""What a page shows of a cadre's growth: the pictures, each with its table."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from xianglin.ui.parts import Column

from ..registers.models import YoungCadre
from . import drawing, queries, villagers
from .models import View
from .queries import InAbility


def growth_of(cadre: YoungCadre) -> dict[str, Any]:
    rows = queries.of_cadre(cadre)
    span = queries.days_of(rows)
    return {
        "rows": rows,
        "gaps": queries.largest_gaps(rows),
        "radar": drawing.radar(rows),
        "lines": drawing.lines(rows, *span) if span else [],
        "span": span,
        "views": queries.views(),
        "level_head": [Column(_("能力")), Column(_("现在")), Column(_("想到")), *(Column(view.label) for view in View)],
        "level_table": level_table(rows),
        "reading_head": [Column(name) for name in (_("哪天"), _("能力"), _("几级"), _("谁评的"), _("说明"))],
        # a phone's narrow column breaks 2022-06-08 at its hyphens
        "reading_table": [[day.replace("-", "."), *others] for day, *others in reading_table(rows)],
        "heard": villagers.heard_of(cadre.account_id),
    }


def level_table(rows: Sequence[InAbility]) -> list[list[str]]:
    """A line an ability: where they stand, where they want to be, and each view's latest."""
    table = []
    for one in rows:
        latest = [one.latest(view) for view in View]
        said = [one.current, one.wanted, *(reading.level if reading else None for reading in latest)]
        if any(level is not None for level in said):
            table.append([one.ability.name, *("" if level is None else str(level) for level in said)])
    return table


def reading_table(rows: Sequence[InAbility]) -> list[list[str]]:
    """Every reading, the newest first."""
    found = [(reading, one.ability.name) for one in rows for reading in one.readings]
    found.sort(key=lambda pair: (pair[0].on, pair[0].pk), reverse=True)
    return [
        [
            reading.on.isoformat(),
            name,
            str(reading.level),
            str(reading.get_view_display()),
            "　".join(part for part in (reading.remark, reading.evidence) if part),
        ]
        for reading, name in found
    ]
