"""A list of areas as plain rows beside what is stored: new, renamed, missing, doubtful. Writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from xianglin.engine.text import normalise_area_name

from . import rules
from .models import CODE_LENGTH, NAME_LENGTH, Area, Level


@dataclass(frozen=True)
class AreaRow:
    """One line of a list. An empty parent is found by the code's beginning."""

    code: str
    name: str
    parent: str = ""


@dataclass(frozen=True)
class NewArea:
    row: AreaRow
    parent: str  # its code, "" above a province
    level: int


def fingerprint(rows: Iterable[AreaRow]) -> str:
    """The same for the same list in any order."""
    lines = sorted(f"{row.code}\t{row.name}\t{row.parent}\n" for row in rows)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def known_areas(rows: Iterable[AreaRow]) -> dict[str, Area]:
    """What is stored now beside the rows: all whose code begins with the two digits of one of theirs."""
    condition = Q(pk__in=[])
    for province in {code[:2] for row in rows for code in (row.code, row.parent) if code}:
        condition |= Q(code__begins=province)
    return {area.code: area for area in Area.objects.current().filter(condition)}


class Comparison:
    """A list beside what is stored. A row that cannot be used is skipped with a warning, alone."""

    def __init__(self, rows: Sequence[AreaRow], known: dict[str, Area], within: Area | None = None) -> None:
        self.new: list[NewArea] = []  # parents before children
        self.renamed: list[tuple[Area, str]] = []  # and what it is called now
        self.unchanged = 0
        self.skipped = 0
        self.warnings: list[dict[str, Any]] = []
        self._known = known
        self._within = within
        self._listed: dict[str, AreaRow] = {}
        for number, row in enumerate(rows, start=1):
            self._check(number, row)
        self._parents = {code: self._parent_of(row) for code, row in self._listed.items()}
        self._levels: dict[str, int] = {code: area.level for code, area in known.items()}
        for code in sorted(self._listed, key=self._depth):
            self._place(self._listed[code], self._parents[code])
        self._find_namesakes()

    def missing(self) -> list[Area]:
        """What the list leaves out of the provinces and levels that it holds."""
        listed = [area for code, area in self._known.items() if code in self._listed]
        provinces, levels = {area.province_id for area in listed}, {area.level for area in listed}
        return [
            area
            for code, area in self._known.items()
            if code not in self._listed and area.province_id in provinces and area.level in levels
        ]

    def _check(self, number: int, row: AreaRow) -> None:
        if not row.code or not row.name:
            self.skipped += 1
            self.warnings.append({"kind": "blank", "row": number})
        elif len(row.code) > CODE_LENGTH or len(row.name) > NAME_LENGTH:
            self._skip("long", row)
        elif self._listed.setdefault(row.code, row) != row:
            self._skip("twice", self._listed[row.code])

    def _parent_of(self, row: AreaRow) -> str:
        """The code of its parent as it is stored or listed, or as written where nobody has it."""
        if row.parent:
            forms = rules.code_forms(row.parent)
        else:
            forms = tuple(row.code[:length] for length in range(len(row.code) - 1, 1, -1))
        return next((form for form in forms if form in self._listed or form in self._known), row.parent)

    def _depth(self, code: str) -> int:
        depth = 0
        while depth <= Level.GRID and (code := self._parents.get(code, "")):
            depth += 1
        return depth

    def _place(self, row: AreaRow, parent: str) -> None:
        stored = self._known.get(row.code)
        if not self._is_inside(row.code if stored else parent):
            self._skip("outside", row)
        elif stored:
            self._compare(row, stored, parent)
        elif parent and parent not in self._levels:
            self._skip("parent", row, parent)
        elif (level := rules.level_under(row.code, self._levels.get(parent))) is None:
            self._skip("level", row, parent)
        elif not parent and level != Level.PROVINCE:
            self._skip("parent", row, parent)
        else:
            self._levels[row.code] = level
            self.new.append(NewArea(row, parent, level))
            if not row.code.startswith(parent):
                self._warn("prefix", row, parent)

    def _compare(self, row: AreaRow, stored: Area, parent: str) -> None:
        above = stored.parent_id and self._known.get(parent)
        if parent and stored.parent_id and not (above and above.pk == stored.parent_id):
            self._warn("moved", row, parent)
        if stored.official_name != row.name:
            self.renamed.append((stored, row.name))
        else:
            self.unchanged += 1

    def _is_inside(self, code: str) -> bool:
        """Whether a stored area, or the place of a new one, lies in the area that the list is for."""
        if self._within is None:
            return True
        while (area := self._known.get(code)) is None:
            if not (code := self._parents.get(code, "")):
                return False
        return bool(getattr(area, self._within.column) == self._within.pk)

    def _find_namesakes(self) -> None:
        codes = {area.pk: code for code, area in self._known.items()}
        seen = {(codes.get(area.parent_id or 0, ""), area.name) for area in self._known.values()}
        for fresh in self.new:
            called = (fresh.parent, normalise_area_name(fresh.row.name))
            if called in seen:
                self._warn("namesake", fresh.row, fresh.parent)
            seen.add(called)

    def _skip(self, kind: str, row: AreaRow, parent: str = "") -> None:
        self.skipped += 1
        self._warn(kind, row, parent)

    def _warn(self, kind: str, row: AreaRow, parent: str = "") -> None:
        self.warnings.append({"kind": kind, "code": row.code, "name": row.name, "parent": parent})
