"""A series opened, a course planned and changed. Seats, the door and hours are the kernel's own verbs."""

from collections.abc import Iterable
from uuid import UUID

from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area, InKind
from xianglin.kernels.gatherings import actions as gatherings
from xianglin.kernels.gatherings.models import Gathering, Series
from xianglin.kernels.gatherings.rules_sessions import Plan

from ..abilities.models import Ability
from ..abilities.queries import catalogue
from ..kinds import COURSE
from ..registers.models import Mentor
from ..registers.rules import require_on
from . import queries, rules
from .models import Course, CourseServes, SeriesServes


@action("mentoring.open_course_series")
def open_course_series(
    area: Area, *, actor: Actor, title: str, about: str = "", ability_ids: Iterable[int] = (), key: UUID | None = None
) -> Series:
    """Courses that belong together, and what they are meant to bring on (开一个系列)."""
    rules.require_place(area)
    require_on(area)
    series = gatherings.open_series(InKind(area, COURSE), actor=actor, title=title, about=about)
    for ability in _abilities(area, ability_ids):
        row = SeriesServes(series=series, ability=ability)
        with changing(row):
            row.save()
    return series


@action("mentoring.plan_course")
def plan_course(
    area: Area,
    *,
    actor: Actor,
    plan: Plan,
    lesson: rules.Lesson,
    series: Series | None = None,
    key: UUID | None = None,
) -> Gathering:
    """One session: what it is about, who teaches, which abilities it serves with how many hours (安排一次课)."""
    rules.require_place(area)
    require_on(area)
    rules.require_lesson(lesson)
    planned = Plan(plan.title, plan.on, plan.at, plan.ends_at, plan.venue, plan.seats, lesson.total)
    session = gatherings.plan_session(InKind(area, COURSE), actor=actor, plan=planned, series=series)
    course = Course(session=session)
    with changing(course):
        course.teacher, course.mentor = _teacher(area, lesson)
        course.save(force_insert=True)
    _serve(course, lesson)
    return session


@action("mentoring.amend_course", subject=Course)
def amend_course(course: Course, *, actor: Actor, lesson: rules.Lesson, key: UUID | None = None) -> Course:
    """Another teacher, other abilities or hours, until it has ended; the day and the place are moved by the kernel."""
    rules.require_amendable(course.session)
    rules.require_lesson(lesson)
    course.teacher, course.mentor = _teacher(course.session.area, lesson)
    course.save(update_fields=["teacher", "mentor"])
    _serve(course, lesson)
    gatherings.set_hours(course.session, actor=actor, hours=lesson.total)
    return course


def _teacher(area: Area, lesson: rules.Lesson) -> tuple[str, Mentor | None]:
    name = lesson.teacher.strip()
    return name, queries.mentor_named(area, name)


def _serve(course: Course, lesson: rules.Lesson) -> None:
    standing = {row.ability_id: row for row in course.serves.all()}
    for ability in _abilities(course.session.area, lesson.hours):
        row = standing.pop(ability.pk, None) or CourseServes(course=course, ability=ability)
        with changing(row):
            row.hours = lesson.hours[ability.pk]
            row.save()
    for row in standing.values():
        with changing(row):
            row.hours = 0
            row.save(update_fields=["hours"])


def _abilities(area: Area, wanted: Iterable[int]) -> list[Ability]:
    """Of the county's list; one that was ended meanwhile is refused rather than dropped."""
    known = {ability.pk: ability for ability in catalogue(area)}
    return [rules.require_known(known.get(pk)) for pk in wanted]
