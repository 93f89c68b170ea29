"""`Clocked`: a row with a due date, counted, stopped, resumed and counted again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area

from .. import almanacs, rules


class Clocked(models.Model):
    """A row with a clock. Its methods change the instance only; the action that calls them saves.

    `due_on` is empty only before the start and while the clock truly stands; `remaining_days` is set then.
    A clock that is stopped after its last day keeps its (missed) `due_on`, though `clock_stopped_on` is set.
    Mixed with `areas.InArea`, it is counted by its own county's or town's rule where there is one.
    """

    rule_code = models.CharField(max_length=60, blank=True, editable=False)
    rule_version = models.PositiveIntegerField(null=True, editable=False)
    calendar_version = models.PositiveIntegerField(null=True, editable=False)
    rules_version = models.PositiveIntegerField(null=True, editable=False)  # of all rules, as they were looked through
    started_on = models.DateField(_("起算日"), null=True, editable=False)
    due_on = models.DateField(_("到期日"), null=True, editable=False)
    # {"rule", "rule_version", "calendar_version", "steps": [engine.workdays.Step.as_dict(), …]}
    due_why = models.JSONField(default=dict, blank=True, editable=False)
    provisional = models.BooleanField(_("暂定"), default=False, editable=False)
    # [{"from_on", "to_on", "reason"}]: to_on is the first day that counts again, null while it stands
    pauses = models.JSONField(default=list, blank=True, editable=False)
    clock_stopped_on = models.DateField(_("停表日"), null=True, editable=False)
    remaining_days = models.PositiveIntegerField(_("还剩几天"), null=True, editable=False)

    # Columns of the model's own that its ``recompute`` changes too.
    follows: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    @classmethod
    def open_clocks(cls) -> models.QuerySet[Any]:
        """The rows whose due date still matters: narrow it to what is not settled."""
        return cls._base_manager.filter(started_on__isnull=False)

    def start_clock(self, rule_code: str, start_on: date, area: Area | None = None) -> None:
        """Begin to count. `area` is needed where the row is not yet placed (it is read from the row else)."""
        self.rule_code, self.started_on = rule_code, start_on
        self.pauses, self.clock_stopped_on = [], None
        self._count(almanacs.current(), rules.places_of(area or self))

    def stop_clock(self, on: date, reason: str) -> None:
        if self.started_on is None:
            raise Refused("deadlines.not_started", _("这件事还没有开始计时，请先受理。"))
        if self.clock_stopped_on is not None:
            raise Refused("deadlines.already_stopped", _("计时已经停了，不用再停。请刷新看看最新情况。"))
        self.pauses = [*self.pauses, {"from_on": on.isoformat(), "to_on": None, "reason": reason}]
        self.clock_stopped_on = on
        self.recompute()

    def resume_clock(self, on: date) -> None:
        if self.clock_stopped_on is None:
            raise Refused("deadlines.not_stopped", _("计时没有停，不用恢复。请刷新看看最新情况。"))
        if on < self.clock_stopped_on:
            raise Refused("deadlines.resumed_too_early", _("恢复计时的日子不能早于停表那天，请改一下日期。"))
        last = self.pauses[-1]
        kept = [] if on == self.clock_stopped_on else [{**last, "to_on": on.isoformat()}]
        self.pauses = [*self.pauses[:-1], *kept]
        self.clock_stopped_on = None
        self.recompute()

    def recompute(self, almanac: almanacs.Almanac | None = None) -> bool:
        """Count again by today's calendar and rules; says whether anything about it changed."""
        if self.started_on is None:
            return False
        before = self._reckoning()
        self._count(almanac or almanacs.current(), rules.places_of(self))
        return self._reckoning() != before

    def _count(self, almanac: almanacs.Almanac, places: Sequence[int]) -> None:
        assert self.started_on is not None
        rule = almanac.rule_for(self.rule_code, self.started_on, places)
        due = rules.due_of(rule, self.started_on, almanac, rules.pauses_of(self.pauses))
        self.rule_version, self.rules_version = rule.version, almanac.rules_version
        self.calendar_version = almanac.calendar_version
        self.due_on, self.remaining_days, self.provisional = due.due_on, due.remaining_days, due.provisional
        self.due_why = {
            "rule": rule.code,
            "rule_version": rule.version,
            "calendar_version": almanac.calendar_version,
            "steps": [step.as_dict() for step in due.steps],
        }

    def _reckoning(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in RECKONED)


# What `recompute` may change.
RECKONED = ("rule_version", "rules_version", "calendar_version", "due_on", "remaining_days", "provisional", "due_why")
