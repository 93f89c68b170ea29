"""Decisions about a pair's plan."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.refused import Refused

from .models import PLACE_LENGTH, WORDS_LENGTH, Form

MOST_GOALS = 12


@dataclass(frozen=True)
class Aim:
    """Where somebody wants to be in one ability, by when, and how they get there."""

    ability_id: int
    wanted: int
    by: dt.date
    how: str = ""


@dataclass(frozen=True)
class Work:
    """An assignment as it is planned."""

    form: str
    title: str
    where: str
    starts_on: dt.date
    due_on: dt.date
    post: str = ""
    ability_ids: tuple[int, ...] = ()


def require_aims(aims: Sequence[Aim], ends_on: dt.date | None) -> None:
    if not aims:
        raise Refused("mentoring.no_goals", _("一项目标都还没定。选上一项能力想到几级，再存。"))
    if len({one.ability_id for one in aims}) < len(aims) or len(aims) > MOST_GOALS:
        raise Refused("mentoring.goals_twice", _("同一项能力定了两次，或者定得太多了。一项能力定一个目标就行。"))
    for one in aims:
        if len(one.how.strip()) > WORDS_LENGTH:
            raise Refused("mentoring.how_long", _("怎么达到写得太长了，最多 %(most)d 个字。") % {"most": WORDS_LENGTH})
        if ends_on is not None and one.by > ends_on:
            told = _("这一对到 %(day)s 结束，目标的日子要在那之前。请改一下。")
            raise Refused("mentoring.goal_late", told % {"day": ends_on.isoformat()})


def require_by_ahead(by: dt.date) -> None:
    if by < clock.today():
        raise Refused("mentoring.goal_past", _("目标的日子已经过了。请写今天以后的一天。"))


def require_work(work: Work) -> None:
    if work.form not in Form.values:
        raise Refused("mentoring.form", _("请选是五种形式里的哪一种。"))
    if not work.where.strip() or max(len(work.where), len(work.post)) > PLACE_LENGTH:
        raise Refused("mentoring.no_where", _("还没写到哪里去，或者写得太长。写单位或者村的名字就行。"))
    if work.due_on < work.starts_on:
        raise Refused("mentoring.work_dates", _("结束的日子在开始之前。请改一下日期。"))


def require_attested(attested_by: str) -> str:
    kept = attested_by.strip()
    if not kept:
        raise Refused("mentoring.no_witness", _("请写谁来证明，比如“王建国，荻港村书记”。"))
    return kept[:PLACE_LENGTH]
