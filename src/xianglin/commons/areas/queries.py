"""Reads: areas by code, by typed words and by place, and which programme is on."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.db.models import Case, Q, When
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.engine.text import normalise_area_name

from . import rules
from .models import Area, AreaSet, ProgrammeOn, SixLevels

Row = TypeVar("Row", bound=SixLevels)

_KINDS = ("自治区", "自治州", "自治县", "街道", "社区", "省", "市", "区", "县", "镇", "乡", "村")  # zh: data
_SHORTEST = 2  # characters of a whole name: 吴村 is one, and so may be 吴村镇
_BETWEEN_WORDS = re.compile(r"[\s\x00-\x1f,，、/>＞·•|-]+")
_MOST_TYPED = 60  # characters; a whole path from the province has about thirty
_UNPRINTED = re.compile(r"[\s\x00-\x1f]+")  # PostgreSQL refuses NUL
_SPELLED = re.compile(r"[a-z][a-z0-9']*", re.IGNORECASE)


@dataclass(frozen=True)
class Found:
    """An area and the names above it, without which two 缸窑村 look the same."""

    area: Area
    above: tuple[str, ...]

    @property
    def id(self) -> str:
        """What a form sends for it: the code, which ``area_by_code`` takes."""
        return self.area.code

    @property
    def name(self) -> str:
        return self.area.name

    @property
    def path(self) -> str:
        """What stands beside the name: 浙江省 杭州市 余杭区."""
        return " ".join(self.above)

    @property
    def full(self) -> str:
        return " ".join((*self.above, self.area.name))


# --- by place


def in_area(queryset: models.QuerySet[Row], area: Area) -> models.QuerySet[Row]:
    """The rows in an area and everything below it: equality on one column. The area itself is among areas."""
    return queryset.filter(**{area.column: area.pk})


def children(area: Area) -> AreaSet:
    return Area.objects.current().filter(parent=area).order_by("code")


def ancestors(area: Area) -> list[Area]:
    """From the province down to the area itself; one query."""
    rows = Area.objects.filter(pk__in=[pk for pk in area.ancestor_ids if pk])
    return sorted(rows, key=lambda row: row.level)


# --- by code


def area_by_code(code: str) -> Area:
    """The area that has this code now; zeros that fill it up to 12 digits may be there or not."""
    forms = rules.code_forms(_UNPRINTED.sub("", code))
    rows = {row.code: row for row in Area.objects.current().filter(code__in=forms)}
    for form in forms:
        if form in rows:
            return rows[form]
    raise Refused("areas.unknown", _("没有代码为“%(code)s”的区划，请核对") % {"code": code}, typed=code)


# --- by typed words


def find(text: str, within: Area | None = None, limit: int = 20) -> list[Found]:
    """Areas by code, name, pinyin or initials, the closest first; parents may be said before: 余杭区 开化村.

    A fixed number of queries, whatever is typed and however many areas there are.
    """
    *before, said = _words(text) or [""]
    if not said:
        return []
    current = Area.objects.current()
    scope = current if within is None else in_area(current, within)
    if before:
        rows = _matching(said, scope.filter(_in_any(_path_ends("".join(before), current))), limit)
    else:
        rows = _matching(said, scope, limit) or _path_ends(said, scope)[:limit]
    return _with_paths(rows)


def resolve(name: str, parent_hint: str | Area = "") -> Area:
    """The one area of this name or code; the hint, or words before the name, say which is meant."""
    said = "".join(_words(name))
    if said.isdigit():
        return area_by_code(said)
    current = Area.objects.current()
    if isinstance(parent_hint, Area):
        rows = _path_ends(said, in_area(current, parent_hint))
    else:
        rows = _path_ends("".join(_words(parent_hint)) + said, current)
    # 开化村 is that village and never 开化县, which only stands in for it when somebody says 开化
    rows = [row for row in rows if said.endswith(row.name)] or rows
    if not rows:
        raise Refused("areas.unknown", _("没有找到“%(name)s”，请核对名称和上级") % {"name": name}, name=name)
    if len(rows) > 1:
        candidates = [found.full for found in _with_paths(rows[:10])]
        raise Refused(
            "areas.ambiguous",
            _("“%(name)s”不止一个，请写明上级。可能是：%(candidates)s")
            % {"name": name, "candidates": _("；").join(candidates)},
            candidates=candidates,
        )
    return rows[0]


def _words(text: str) -> list[str]:
    words = [word for word in _BETWEEN_WORDS.split(text[:_MOST_TYPED]) if word]
    if words:
        words[-1] = normalise_area_name(words[-1])
    return words


def _matching(word: str, scope: models.QuerySet[Area], limit: int) -> list[Area]:
    """At most two queries: what the index gives, then, if there is room, names that hold the word inside."""
    if word.isdigit():
        return list(scope.filter(Q(code__begins=word) | Q(code__in=rules.code_forms(word)))[:limit])
    if _SPELLED.fullmatch(word):
        typed = word.casefold().replace("'", "")
        spelled = scope.filter(Q(initials__begins=typed) | Q(pinyin__begins=typed))
        exact = Case(When(Q(initials=typed) | Q(pinyin=typed), then=0), default=1)
        return list(spelled.order_by(exact, "level", "code")[:limit])
    rank = Case(When(name=word, then=0), When(name__in=_whole_names(word), then=1), default=2)
    rows = list(scope.filter(name__begins=word).order_by(rank, "level", "code")[:limit])
    if len(rows) < limit:
        inside = scope.filter(name__contains=word).exclude(name__begins=word)
        rows += inside.order_by("level", "code")[: limit - len(rows)]
    return rows


def _path_ends(said: str, scope: models.QuerySet[Area]) -> list[Area]:
    """The areas whose name ends what was said, where names of their ancestors make up all that comes before.

    余杭区开化村, 余杭开化村 and 杭州余杭开化 name the same one. Two queries.
    """
    endings = {said[start:]: said[:start] for start in range(len(said) - 1)}
    whole = {name: before for ending, before in endings.items() for name in _whole_names(ending)}
    rows = list(scope.filter(name__in=whole)) if whole else []
    if all(not whole[row.name] for row in rows):
        return rows
    names = _names_above(rows)
    return [row for row in rows if _made_up_of(whole[row.name], names[row.pk])]


def _whole_names(said: str) -> list[str]:
    """余杭 may be 余杭区 or 余杭街道; what names its kind already is taken as said."""
    return [said] if said.endswith(_KINDS) and len(said) > _SHORTEST else [said, *(said + kind for kind in _KINDS)]


def _made_up_of(said: str, names: Sequence[str]) -> bool:
    """Whether some of the names, in their order, full or short, make up what was said."""
    if not said:
        return True
    return any(
        said.startswith(form) and _made_up_of(said[len(form) :], names[nth + 1 :])
        for nth, name in enumerate(names)
        for form in _short_and_full(name)
    )


def _short_and_full(name: str) -> list[str]:
    return [
        name,
        *(name.removesuffix(kind) for kind in _KINDS if name.endswith(kind) and len(name) > len(kind) + 1),
    ]


def _in_any(areas: Iterable[Area]) -> Q:
    by_column: dict[str, list[int]] = {}
    for area in areas:
        by_column.setdefault(area.column, []).append(area.pk)
    condition = Q(pk__in=[])
    for column, ids in by_column.items():
        condition |= Q(**{f"{column}__in": ids})
    return condition


def _names_above(areas: Iterable[Area]) -> dict[int, tuple[str, ...]]:
    """The names of everything above each area, from the province down; one query for all."""
    above = {area.pk: [pk for pk in area.ancestor_ids if pk and pk != area.pk] for area in areas}
    names = dict(Area.objects.filter(pk__in={pk for ids in above.values() for pk in ids}).values_list("pk", "name"))
    return {pk: tuple(names[one] for one in ids) for pk, ids in above.items()}


def _with_paths(areas: Sequence[Area]) -> list[Found]:
    names = _names_above(areas)
    return [Found(area, names[area.pk]) for area in areas]


# --- programmes


def programmes_on(area: Area, on: dt.date) -> set[str]:
    """The programmes that are on in the area's county; above a county, in any county of it."""
    dated = ProgrammeOn.objects.filter(Q(to_on=None) | Q(to_on__gt=on), from_on__lte=on)
    if area.county_id:
        dated = dated.filter(county_id=area.county_id)
    else:
        dated = dated.filter(county__in=in_area(Area.objects.all(), area))
    return set(dated.values_list("programme", flat=True))


def is_on(programme: str, area: Area, on: dt.date) -> bool:
    return programme in programmes_on(area, on)


def on_since(programme: str, area: Area, on: dt.date) -> dt.date | None:
    """The day from which a programme has been on in the area's county without a break; None where it is off."""
    dated = ProgrammeOn.objects.filter(Q(to_on=None) | Q(to_on__gt=on), from_on__lte=on)
    first: ProgrammeOn | None = dated.filter(county_id=area.county_id, programme=programme).first()
    return first.from_on if first is not None else None
