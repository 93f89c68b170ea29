"""Changes: a list taken in, an area closed, a programme switched on or off in a county."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.engine.text import initials, normalise_area_name, pinyin_key

from . import queries, rules
from .lists import AreaRow, Comparison, NewArea, fingerprint, known_areas
from .models import Area, AreaImport, Level, ProgrammeOn

WARNINGS_KEPT = 200


@action("areas.import")
def import_list(
    within: Area | None,
    rows: Sequence[AreaRow],
    *,
    actor: Actor,
    source: str,
    whole: bool = False,
    close_missing: bool = False,
    from_on: dt.date | None = None,
    key: UUID | None = None,
) -> AreaImport:
    """Take in a list of areas; ``within``: the area that it is for (None: the whole country).

    ``whole``: the list claims to be complete, so that what it leaves out of its provinces is reported, and
    closed only when asked. ``from_on``: since when new areas are valid (None: unknown).
    One action for all rows: its trail line holds the counts and the list's hash.
    """
    known = known_areas(rows)
    found = Comparison(rows, known, within)
    _create(found.new, known, from_on)
    _rename(found.renamed)
    missing = found.missing() if whole else []
    kept = _close_all(missing) if close_missing else missing
    why = "kept" if close_missing else "missing"
    warnings = [*found.warnings, *({"kind": why, "code": area.code, "name": area.name} for area in kept)]
    return AreaImport.objects.create(
        within=within,
        source=source,
        sha256=fingerprint(rows),
        created=len(found.new),
        changed=len(found.renamed),
        unchanged=found.unchanged,
        closed=len(missing) - len(kept),
        skipped=found.skipped,
        missing=len(kept),
        warned=len(warnings),
        warnings=warnings[:WARNINGS_KEPT],
        made_at=clock.now(),
    )


@action("areas.close", subject=Area)
def close_area(
    area: Area,
    *,
    actor: Actor,
    on: dt.date | None = None,
    successor: Area | None = None,
    key: UUID | None = None,
) -> Area:
    """End an area (撤并) from ``on``, today or earlier: what lay in it stays, ``successor`` goes on."""
    rules.require_current(area)
    if queries.children(area).exists():
        raise Refused("areas.has_children", _("下面还有区划在用，请先停用它们或并到别处"), area=area.code)
    if successor is not None:
        rules.require_successor(area, successor)
    area.valid_to = rules.require_closing_day(area, on or clock.today(), clock.today())
    area.successor = successor
    area.save(update_fields=["valid_to", "successor"])
    return area


@action("areas.switch_programme")
def switch_programme(
    county: Area | None,
    programme: str,
    *,
    actor: Actor,
    on: bool,
    day: dt.date | None = None,
    key: UUID | None = None,
) -> ProgrammeOn:
    """Switch a programme on or off in a county from a day (today). The row answered is that of the period."""
    county = rules.require_county(county)
    rules.require_programme(programme)
    day = day or clock.today()
    periods = ProgrammeOn.objects.filter(county=county, programme=programme)
    running = periods.filter(to_on=None).first()
    if on:
        rules.require_free_from(day, periods.order_by("-from_on").first())
        return ProgrammeOn.objects.create(county=county, programme=programme, from_on=day)
    running = rules.require_running(running, day)
    running.to_on = day
    running.save(update_fields=["to_on"])
    return running


def _create(new: Sequence[NewArea], known: dict[str, Area], from_on: dt.date | None) -> None:
    """Level by level, so that the ids of the level above are there to be stored."""
    for level, group in groupby(sorted(new, key=lambda one: one.level), key=lambda one: one.level):
        made = [_made(one, known.get(one.parent), from_on) for one in group]
        Area.objects.bulk_create(made, batch_size=500)
        column = Level(level).column
        Area.objects.filter(level=level, **{column: None}).update(**{column: F("pk")})
        for area in made:
            setattr(area, column, area.pk)
            known[area.code] = area


def _made(new: NewArea, parent: Area | None, from_on: dt.date | None) -> Area:
    area = Area(code=new.row.code, level=new.level, parent=parent, valid_from=from_on)
    _name(area, new.row.name)
    if parent is not None:
        area.take_ancestors_of(parent)
    return area


def _rename(renamed: Iterable[tuple[Area, str]]) -> None:
    areas = [_name(area, official_name) for area, official_name in renamed]
    Area.objects.bulk_update(areas, ["official_name", "name", "initials", "pinyin"], batch_size=200)


def _name(area: Area, official_name: str) -> Area:
    area.official_name = official_name
    area.name = normalise_area_name(official_name)
    area.initials = initials(area.name)
    area.pinyin = pinyin_key(area.name)
    return area


def _close_all(missing: Sequence[Area]) -> list[Area]:
    """From the grids upward, close what has nothing open below it; answers what had to be kept."""
    kept: list[Area] = []
    open_below = Exists(Area.objects.current().filter(parent=OuterRef("pk")))
    for level in sorted({area.level for area in missing}, reverse=True):
        group = [area for area in missing if area.level == level]
        for start in range(0, len(group), 500):  # SQLite takes no more than some thousands at once
            some = {area.pk: area for area in group[start : start + 500]}
            Area.objects.filter(~open_below, pk__in=some).update(valid_to=clock.today())
            kept += [some[pk] for pk in Area.objects.current().filter(pk__in=some).values_list("pk", flat=True)]
    return kept
