"""Decisions about courses."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area, Level
from xianglin.kernels.gatherings.models import Gathering, State

from ..abilities.models import Ability
from .models import NAME_LENGTH


@dataclass(frozen=True)
class Lesson:
    """Who teaches, and how many hours of which ability; the hours of all together are the session's."""

    teacher: str
    hours: Mapping[int, Decimal]  # by ability

    @property
    def total(self) -> Decimal:
        return sum(self.hours.values(), Decimal(0))


def require_place(area: Area) -> None:
    """A town's or the county's; for young cadres and mentors of the place and below it."""
    if area.level not in (Level.TOWN, Level.COUNTY):
        raise Refused("mentoring.course_place", _("课由乡镇或者县里来办。请选到乡镇或县。"))


def require_lesson(lesson: Lesson) -> None:
    if not lesson.teacher.strip() or len(lesson.teacher) > NAME_LENGTH:
        raise Refused("mentoring.no_teacher", _("请写谁来讲。"))
    if not lesson.hours or any(hours <= 0 for hours in lesson.hours.values()):
        raise Refused("mentoring.no_course_ability", _("请写这一课讲哪几项能力，各几个课时。"))


def require_amendable(session: Gathering) -> None:
    if session.state != State.PLANNED:
        raise Refused("mentoring.course_over", _("这一课已经办完了，或者不办了，不能再改。"))


def require_known(ability: Ability | None) -> Ability:
    if ability is None:
        raise Refused("mentoring.ability_gone", _("这项能力不在清单里了。请看一眼新的清单，再填一次。"))
    return ability
