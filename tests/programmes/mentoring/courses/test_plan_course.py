"""A series opened, a course planned and changed: by the officer of the place, for abilities of the list."""

import uuid
from decimal import Decimal

import pytest

from tests.programmes.mentoring.conftest import Town
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.trail.models import Entry
from xianglin.kernels.gatherings import actions as gatherings
from xianglin.kernels.gatherings.models import Gathering
from xianglin.programmes.mentoring.abilities.actions import end_ability
from xianglin.programmes.mentoring.courses import actions, queries
from xianglin.programmes.mentoring.courses.models import Course
from xianglin.programmes.mentoring.courses.rules import Lesson

from .conftest import at, attended, course, lesson, plan


def taught(session: Gathering) -> dict[str, Decimal]:
    return {one.ability.name: one.hours for one in queries.course_of(session)[1]}


def test_the_hours_of_its_abilities_are_the_courses(town: Town) -> None:
    session = course(town)
    assert session.hours == Decimal(2)
    assert taught(session) == {"文字综合": Decimal("1.5"), "项目推进": Decimal("0.5")}
    found, _serves = queries.course_of(session)
    assert (found.teacher, found.mentor) == ("王根水", town.mentor)
    assert Entry.objects.filter(action="mentoring.plan_course", subject=f"mentoring.Course:{found.pk}").exists()


def test_sent_twice_it_is_one(town: Town) -> None:
    key, said = uuid.uuid4(), lesson(town)
    first = actions.plan_course(town.place, actor=town.officer, plan=plan(), lesson=said, key=key)
    again = actions.plan_course(town.place, actor=town.officer, plan=plan(), lesson=said, key=key)
    assert again.pk == first.pk and Course.objects.count() == 1


def test_somebody_who_is_no_mentor_teaches_by_name(town: Town) -> None:
    found, _serves = queries.course_of(course(town, lesson=lesson(town, "县委党校 方老师")))
    assert (found.teacher, found.mentor) == ("县委党校 方老师", None)


def test_of_two_mentors_of_one_name_nobody_knows_which(town: Town) -> None:
    town.enrol_mentor("王根水", "13900000009")
    assert queries.mentor_named(town.place, "王根水") is None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Lesson("", {1: Decimal(1)}), "mentoring.no_teacher"),
        (Lesson("王根水", {}), "mentoring.no_course_ability"),
        (Lesson("王根水", {0: Decimal(1)}), "mentoring.ability_gone"),
    ],
)
def test_not_planned_otherwise(town: Town, said: Lesson, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.plan_course(town.place, actor=town.officer, plan=plan(), lesson=said)
    assert refusal.value.code == code
    assert not Gathering.objects.exists()


def test_more_hours_than_it_lasts_are_refused(town: Town) -> None:
    with pytest.raises(Refused) as refusal:
        course(town, lesson=lesson(town, 文字综合=3.5))
    assert refusal.value.code == "gatherings.hours"


def test_an_ability_that_ended_is_taught_no_more(town: Town) -> None:
    said = lesson(town, 项目推进=1)
    end_ability(town.ability("项目推进"), actor=town.county)
    with pytest.raises(Refused) as refusal:
        actions.plan_course(town.place, actor=town.officer, plan=plan(), lesson=said)
    assert refusal.value.code == "mentoring.ability_gone"


def test_only_the_officer_of_the_place(town: Town) -> None:
    for who in (town.outsider, town.beside, town.cadres_self, town.mentors_self):
        with pytest.raises(Forbidden):
            actions.plan_course(town.place, actor=who, plan=plan(), lesson=lesson(town))
    actions.plan_course(town.place, actor=town.county, plan=plan(), lesson=lesson(town))
    with pytest.raises(Refused) as refusal:
        actions.plan_course(town.village, actor=town.officer, plan=plan(), lesson=lesson(town))
    assert refusal.value.code == "mentoring.course_place"


def test_another_teacher_and_other_hours_until_it_ends(town: Town) -> None:
    session = course(town)
    row = Course.objects.get(pk=session.pk)
    actions.amend_course(row, actor=town.officer, lesson=lesson(town, "方老师", 文字综合=2.5))
    session.refresh_from_db()
    assert (session.hours, taught(session)) == (Decimal("2.5"), {"文字综合": Decimal("2.5")})
    assert row.serves.count() == 2, "what stood stays known"
    attended(town, session)
    with clock.living_at(at(3, 9)), pytest.raises(Refused) as refusal:
        actions.amend_course(row, actor=town.officer, lesson=lesson(town))
    assert refusal.value.code == "mentoring.course_over"


def test_a_series_with_what_it_is_meant_to_bring_on(town: Town) -> None:
    chosen = [town.ability(name).pk for name in ("文字综合", "项目推进")]
    series = actions.open_course_series(town.place, actor=town.officer, title="文字功夫六讲", ability_ids=chosen)
    assert [one.pk for one in queries.abilities_of(series)] == sorted(chosen)
    session = actions.plan_course(town.place, actor=town.officer, plan=plan(), lesson=lesson(town), series=series)
    assert session.series == series
    gatherings.call_off(session, actor=town.officer, reason="台风")
    gatherings.end_series(series, actor=town.county)
