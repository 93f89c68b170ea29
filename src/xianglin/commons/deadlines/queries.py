"""Reads: the explanation of a due date in words, for the `due` component of ui."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xianglin.engine import workdays
from xianglin.ui.due import DueView
from xianglin.ui.templatetags.ui import day_words

from . import almanacs
from .almanacs import Almanac
from .models import Clocked, DeadlineRule
from .rules import due_of, pauses_of

ONE_MONTH = 1


def explain(row: Clocked, today: date, almanac: Almanac | None = None) -> DueView | None:
    """When it is due and why; None before its clock was started.

    `days_left` are calendar days, whatever the rule counts in: the same word beside every row of a list.
    While the clock stands, `due_on` is the day that it would be due if it were resumed today.
    """
    if row.started_on is None:
        return None
    almanac = almanac or almanacs.current()
    rule = almanac.rule(row.rule_code, row.rule_version)
    assert rule is not None, f"rule {row.rule_code} {row.rule_version} was counted by, and is never deleted"
    due_on, counted_on = row.due_on, today
    if due_on is None:
        due_on = _if_resumed(row, rule, today, almanac)
    elif row.clock_stopped_on:
        counted_on = min(today, row.clock_stopped_on)
    telling = _Telling(row, rule, today, almanac, due_on)
    return DueView(
        days_left=(due_on - counted_on).days,
        due_on=due_on,
        started_on=row.started_on,
        today=today,
        sentences=list(telling.sentences()),
        basis=_stored(rule.basis),
        provisional=row.provisional,
        stopped=row.clock_stopped_on is not None,
    )


def explain_all(rows: Iterable[Clocked], today: date) -> list[DueView | None]:
    """The same for a list: one query, however long it is."""
    almanac = almanacs.current()
    return [explain(row, today, almanac) for row in rows]


def _if_resumed(row: Clocked, rule: DeadlineRule, today: date, almanac: Almanac) -> date:
    assert row.started_on is not None
    pauses = [
        pause if pause.to_on else workdays.Pause(pause.from_on, max(today, pause.from_on))
        for pause in pauses_of(row.pauses)
    ]
    due_on = due_of(rule, row.started_on, almanac, pauses).due_on
    assert due_on is not None, "no pause is left open"
    return due_on


@dataclass(frozen=True)
class _Telling:
    """The stored steps, each told as one sentence."""

    row: Clocked
    rule: DeadlineRule
    today: date
    almanac: Almanac
    due_on: date

    def sentences(self) -> Iterator[str]:
        steps: list[Mapping[str, Any]] = self.row.due_why["steps"]
        for step in steps:
            told = getattr(self, f"_{step['kind']}")(step)
            if told:
                yield told
        if not any(step["kind"] in ("rolled", "stopped") for step in steps):
            yield self._not_rolled()
        if self.row.due_on and self.row.clock_stopped_on and self.row.clock_stopped_on > self.row.due_on:
            yield _("%(on)s才停表，已经晚了 %(days)s 天。") % {
                "on": self.day(self.row.clock_stopped_on),
                "days": (self.row.clock_stopped_on - self.row.due_on).days,
            }

    def day(self, on: date) -> str:
        return day_words(on, weekday=False, today=self.today)

    def _started(self, step: Mapping[str, Any]) -> str:
        """The period itself; the line of the component shows the day of the start."""
        facts = {"label": _stored(self.rule.label), "amount": self.rule.amount}
        if self.rule.unit == DeadlineRule.Unit.MONTH:
            if self.rule.amount == ONE_MONTH:
                return _("%(label)s，一个月内办结。") % facts
            return _("%(label)s，%(amount)s 个月内办结。") % facts
        if self.rule.unit == DeadlineRule.Unit.WORKDAY:
            return _("%(label)s，%(amount)s 个工作日内办结，从第二天数起。") % facts
        return _("%(label)s，%(amount)s 天内办结，从第二天数起。") % facts

    def _month_end(self, step: Mapping[str, Any]) -> str:
        on = date.fromisoformat(step["on"])
        return _("%(month)s 月没有 %(number)s 日，按月底那天算。") % {
            "month": on.month,
            "number": step["number"],
        }

    def _counted(self, step: Mapping[str, Any]) -> str:
        return ""  # the last sentence names the day

    def _paused(self, step: Mapping[str, Any]) -> str:
        last = date.fromisoformat(step["to_on"]) - timedelta(days=1)
        reasons = (_stored(p["reason"]) for p in self.row.pauses if p["from_on"] == step["on"])
        facts = {
            "first": self.day(date.fromisoformat(step["on"])),
            "last": self.day(last),
            "reason": next(reasons, ""),
            "days": step["number"],
        }
        if step["unit"] == "workday":
            return _("%(first)s到 %(last)s停表（%(reason)s），%(days)s 个工作日不算在内。") % facts
        return _("%(first)s到 %(last)s停表（%(reason)s），%(days)s 天不算在内。") % facts

    def _moved(self, step: Mapping[str, Any]) -> str:
        return _("停表的日子补回来，算到 %(on)s。") % {"on": self.day(date.fromisoformat(step["on"]))}

    def _holidays(self, step: Mapping[str, Any]) -> str:
        assert self.row.started_on is not None
        named = sorted(
            (day, name)
            for day, name in self.almanac.names.items()
            if self.row.started_on < day <= self.due_on and day in self.almanac.calendar.holidays
        )
        names = pgettext("between names in a list", "、").join(dict.fromkeys(name for _day, name in named))
        return _("中间%(names)s放假，%(days)s 天不算在内。") % {"names": names, "days": step["number"]}

    def _makeup(self, step: Mapping[str, Any]) -> str:
        return _("中间有 %(days)s 个周末调休上班，算在内。") % {"days": step["number"]}

    def _rolled(self, step: Mapping[str, Any]) -> str:
        off, to = date.fromisoformat(step["on"]), date.fromisoformat(step["to_on"])
        facts = {
            "off": self.day(off),
            "to": self.day(to),
            "weekday": _weekday(off),
            "to_weekday": _weekday(to),
        }
        facts["name"] = self.almanac.names.get(off, "")
        if self.almanac.calendar.is_workday(off):  # the clock stood on it
            return _("%(off)s停表，顺延到 %(to)s%(to_weekday)s。") % facts
        if facts["name"]:
            return _("%(off)s是%(name)s放假，顺延到 %(to)s%(to_weekday)s。") % facts
        return _("%(off)s是%(weekday)s，不上班，顺延到 %(to)s%(to_weekday)s。") % facts

    def _not_rolled(self) -> str:
        facts = {"on": self.day(self.due_on), "weekday": _weekday(self.due_on)}
        if self.rule.roll == DeadlineRule.Roll.NONE:
            return _("%(on)s到期，遇到放假也不顺延。") % facts
        if self.due_on.weekday() > 4:
            return _("%(on)s是%(weekday)s，调休上班，不用顺延。") % facts
        return _("%(on)s是%(weekday)s，上班，不用顺延。") % facts

    def _stopped(self, step: Mapping[str, Any]) -> str:
        facts = {
            "on": self.day(date.fromisoformat(step["on"])),
            "days": step["number"],
            "due": self.day(self.due_on),
        }
        if step["unit"] == "workday":
            return _("%(on)s停表，还剩 %(days)s 个工作日；今天恢复的话，%(due)s到期。") % facts
        return _("%(on)s停表，还剩 %(days)s 天；今天恢复的话，%(due)s到期。") % facts

    def _provisional(self, step: Mapping[str, Any]) -> str:
        year = date.fromisoformat(step["on"]).year
        return _("%(year)s 年放假安排还没公布，先按双休日算，公布后会自动改。") % {"year": year}


def _stored(text: str) -> str:
    """What a room declared is stored as its source and read in the reader's language; other words stay."""
    return _(text) if text else ""


def _weekday(on: date) -> str:
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[on.weekday()]
