"""Data that ship with the package: the national calendar, and the periods that rooms declare.

A room's `deadline_rules.py` says `RULES = [RuleSeed("briefing.month", 1, …)]`. All of it is planted after
every migrate, and planting again changes nothing.
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.refused import Refused
from xianglin.engine.workdays import Roll, Unit

from .models import CalendarDay, CalendarFile, CalendarVersion, DeadlineRule, RulesVersion

CHINA = Path(__file__).parent / "calendar" / "china.csv"


@dataclass(frozen=True)
class RuleSeed:
    """A period as a room declares it; another amount is another version. `label` is stored: plain text."""

    code: str
    version: int
    label: str
    amount: int
    unit: Unit
    roll: Roll
    basis: str
    source: str
    from_on: date
    to_on: date | None = None


def plant(sender: AppConfig, **kwargs: Any) -> None:
    """After migrate. Where the tables were just taken down there is nothing to plant in."""
    try:
        kwargs["apps"].get_model("deadlines", "CalendarDay")
    except LookupError:
        return
    load_packaged_calendar()
    load_rules(declared_rules())


def load_packaged_calendar() -> None:
    """Each packaged file once: what a county loaded itself afterwards stays."""
    if not CalendarFile.objects.filter(file_hash=_digest(CHINA.read_bytes())).exists():
        load_calendar(CHINA)


def load_calendar(path: Path) -> bool:
    """Replace the days of the years that the file names; says whether anything changed.

    Columns: date, kind (holiday, makeup), name, source; weekends off are not listed.
    """
    raw = path.read_bytes()
    days = {day.date: day for day in _days_of(raw.decode("utf-8-sig").splitlines())}
    with transaction.atomic():
        years = {day.year for day in days}
        for year in years:
            CalendarDay.objects.filter(date__year=year).delete()
        CalendarDay.objects.bulk_create(days.values())
        state = list(CalendarDay.objects.order_by("date").values_list("date", "kind", "name", "source"))
        changed = _next_version(CalendarVersion, state)
        left = {"version": CalendarVersion.objects.latest("number").number, "loaded_at": clock.now()}
        CalendarFile.objects.update_or_create(file_hash=_digest(raw), defaults=left)
        return changed


def _days_of(lines: list[str]) -> Iterator[CalendarDay]:
    for number, row in enumerate(csv.DictReader(lines), start=2):
        try:
            day = CalendarDay(
                date=date.fromisoformat(row["date"]), kind=row["kind"], name=row["name"], source=row["source"]
            )
            weekend = day.date.weekday() > 4
            if weekend != {"holiday": False, "makeup": True}[day.kind]:
                raise ValueError("a holiday is a weekday off, a make-up day is a weekend day worked")
        except (KeyError, ValueError) as mistake:
            raise Refused(
                "deadlines.bad_calendar",
                _("放假安排第 %(line)s 行看不懂，请改好再装。") % {"line": number},
                line=number,
            ) from mistake
        yield day


def declared_rules() -> list[RuleSeed]:
    found: list[RuleSeed] = []
    for app in apps.get_app_configs():
        if app.module and module_has_submodule(app.module, "deadline_rules"):
            found += import_module(f"{app.name}.deadline_rules").RULES
    return found


def load_rules(seeds: Iterable[RuleSeed]) -> bool:
    """Store what is new. A stored version's period never changes: rows were counted by it."""
    with transaction.atomic():
        for seed in seeds:
            values = asdict(seed)
            rule, made = DeadlineRule.objects.get_or_create(
                code=values.pop("code"), version=values.pop("version"), defaults=values
            )
            if not made and any(getattr(rule, name) != values[name] for name in ("amount", "unit", "roll")):
                raise ImproperlyConfigured(f"deadline rule {rule}: another period needs another version")
            if not made:
                DeadlineRule.objects.filter(pk=rule.pk).update(**values)
        return note_rules()


def note_rules() -> bool:
    """Give the rules as they are now a version of their own, if they changed."""
    return _next_version(RulesVersion, list(DeadlineRule.objects.order_by("code", "version").values_list()))


def _next_version(model: Any, state: list[Any]) -> bool:
    content = _digest(json.dumps(state, default=str).encode())
    latest = model.objects.order_by("-number").first()
    if latest is not None and latest.content_hash == content:
        return False
    number = latest.number + 1 if latest else 1
    model.objects.create(number=number, content_hash=content, loaded_at=clock.now())
    return True


def _digest(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
