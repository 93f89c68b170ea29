"""The calendar and the rules as they stand, kept for the process and read again when a version changes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Subquery
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.engine.workdays import Calendar

from .models.stored import CalendarDay, CalendarVersion, DeadlineRule, RulesVersion


@dataclass(frozen=True)
class Almanac:
    calendar: Calendar
    calendar_version: int
    rules_version: int
    names: Mapping[date, str]  # of the listed days: 2026-06-19 is 端午节
    rules: Mapping[str, Sequence[DeadlineRule]]

    def rule_for(self, code: str, on: date, places: Sequence[int]) -> DeadlineRule:
        """The rule in force on that day: the innermost area's own before the general, then the newest."""
        depth: dict[int | None, int] = {place: level for level, place in enumerate(places)}
        depth[None] = -1
        found = [r for r in self.rules.get(code, ()) if r.area_id in depth and r.is_in_force(on)]
        if not found:
            raise Refused("deadlines.no_rule", _("这类事情还没有规定期限，请联系管理员补上期限规定。"), rule=code)
        return max(found, key=lambda rule: (depth[rule.area_id], rule.version))

    def rule(self, code: str, version: int | None) -> DeadlineRule | None:
        return next((r for r in self.rules.get(code, ()) if r.version == version), None)


def current() -> Almanac:
    """One query while nothing has changed."""
    rules = RulesVersion.objects.order_by("-number")
    now = (
        CalendarVersion.objects.order_by("-number")
        .annotate(rules=Subquery(rules.values("number")[:1]), rules_hash=Subquery(rules.values("content_hash")[:1]))
        .values_list("number", "content_hash", "rules", "rules_hash")
        .first()
    )
    if now is None or now[2] is None:
        raise Refused("deadlines.no_calendar", _("放假安排和期限规定还没有装入，请联系管理员运行数据库升级。"))
    return _read(*now)


@lru_cache(maxsize=1)
def _read(calendar_version: int, _days_hash: str, rules_version: int, _rules_hash: str) -> Almanac:
    """The hashes belong to the key because a version's number comes again after a rollback."""
    days = list(CalendarDay.objects.all())
    calendar = Calendar(
        str(calendar_version),
        years=frozenset(day.date.year for day in days),
        holidays=frozenset(day.date for day in days if day.kind == CalendarDay.Kind.HOLIDAY),
        makeup=frozenset(day.date for day in days if day.kind == CalendarDay.Kind.MAKEUP),
    )
    rules = defaultdict(list)
    for rule in DeadlineRule.objects.all():
        rules[rule.code].append(rule)
    return Almanac(calendar, calendar_version, rules_version, {day.date: day.name for day in days}, dict(rules))
