"""Whose hours in which ability; which course fills a gap; the file and the figures."""

from decimal import Decimal
from typing import Any

import pytest

from tests.programmes.mentoring.conftest import Town
from xianglin.base import clock
from xianglin.commons.access.queries import reach
from xianglin.commons.documents.parts import Heading, Table
from xianglin.kernels.gatherings import actions as gatherings
from xianglin.kernels.gatherings.rules_sessions import Guest
from xianglin.kernels.indicators import queries as figures
from xianglin.kernels.indicators.declare import REGISTRY
from xianglin.programmes.mentoring.courses import queries
from xianglin.programmes.mentoring.courses.actions import plan_course
from xianglin.programmes.mentoring.courses.errands import of_courses
from xianglin.programmes.mentoring.courses.queries import credits_of, suggestions
from xianglin.programmes.mentoring.courses.showing import plain
from xianglin.programmes.mentoring.dossiers.paper import of_cadre

from .conftest import at, attended, course, day, lesson, plan


def credited(town: Town) -> dict[str, str]:
    return {one.ability.name: plain(one.hours) for one in credits_of(town.cadre.account_id).by_ability}


def suggested(town: Town) -> dict[str, str]:
    cards = queries.cards(queries.coming_for(town.village), town.cadre.account_id)
    return {one.card.session.title: one.sentence for one in suggestions(town.cadre, cards)}


def test_by_ability(town: Town) -> None:
    first, second = course(town), course(town, title="再写一遍", after=9, lesson=lesson(town, 文字综合=2))
    for one in (first, second):
        attended(town, one, gatherings.sign_up(one, actor=town.cadres_self))
    assert credited(town) == {"文字综合": "3.5", "项目推进": "0.5"}
    assert credits_of(town.cadre.account_id).total == 4


def test_who_did_not_come_is_credited_nothing(town: Town) -> None:
    session = course(town)
    gatherings.sign_up(session, actor=town.cadres_self)
    attended(town, session)
    assert credited(town) == {}


def test_what_was_credited_otherwise_is_shared_as_planned(town: Town) -> None:
    """Together exactly what the session was credited."""
    session = course(town)
    own = gatherings.sign_up(session, actor=town.cadres_self)
    gatherings.set_hours(session, actor=town.officer, hours=Decimal(1))
    attended(town, session, own)
    found = credits_of(town.cadre.account_id)
    assert sum(one.hours for one in found.by_ability) == found.total == 1
    assert credited(town) == {"文字综合": "0.8", "项目推进": "0.2"}, "three quarters and one, to a tenth"


def test_put_right_the_hours_follow(town: Town) -> None:
    session = course(town)
    own = gatherings.sign_up(session, actor=town.cadres_self)
    attended(town, session)
    with clock.living_at(at(4, 9)):
        gatherings.mark_present(own, actor=town.officer, present=True, reason="忘了签到")
        assert credited(town)["文字综合"] == "1.5"
        own.refresh_from_db()
        gatherings.mark_present(own, actor=town.officer, present=False, reason="是另一个人")
    assert credited(town) == {}


# --- gaps: 文字综合 2→4, 矛盾调解 1→3, 服务群众 3→4


def test_the_soonest_course_for_the_largest_gap(town: Town) -> None:
    course(town, title="写总结", after=9)
    course(town, title="写通知")
    course(town, title="怎么调解", after=5, lesson=lesson(town, 矛盾调解=1, 服务群众=1))
    course(town, title="项目申报", after=3, lesson=lesson(town, 项目推进=2))
    assert suggested(town) == {
        "写通知": "您的文字综合还差 2 级，这一课补这一项",
        "怎么调解": "您的矛盾调解还差 2 级，这一课补这一项",
    }


def test_not_what_is_full_or_signed_up_for(town: Town) -> None:
    full = course(town, title="写通知", seats=1)
    gatherings.sign_up_other(full, actor=town.officer, guest=Guest("钱一"))
    signed = course(town, title="写总结", after=3)
    gatherings.sign_up(signed, actor=town.cadres_self)
    assert suggested(town) == {}
    course(town, title="写方案", after=20)
    assert list(suggested(town)) == ["写方案"]


def test_the_countys_courses_are_theirs_too(town: Town) -> None:
    county = town.here.cast.places.county
    plan_course(county, actor=town.county, plan=plan("县里讲公文"), lesson=lesson(town))
    plan_course(town.here.cast.places.beside_town, actor=town.beside, plan=plan("邻镇讲公文"), lesson=lesson(town))
    assert list(suggested(town)) == ["县里讲公文"]


# --- the file, today, the figures


def test_a_section_of_the_file(town: Town) -> None:
    def sections() -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for block in of_cadre(town.cadre).blocks:
            if isinstance(block, Heading):
                here = found.setdefault(block.text, [])
            else:
                here.append(block)
        return found

    assert "和青社课时" not in sections()
    session = course(town)
    attended(town, session, gatherings.sign_up(session, actor=town.cadres_self))
    tables = [one for one in sections()["和青社课时"] if isinstance(one, Table)]
    assert tables[0].rows == [["文字综合", "1.5", "1"], ["项目推进", "0.5", "1"]]
    assert tables[1].rows == [[day(2).isoformat(), "公文怎么写", "2"]]


def test_on_today(town: Town) -> None:
    session = course(town)
    gatherings.sign_up(session, actor=town.cadres_self)
    (own,), (officer,) = reach(town.cadres_self), reach(town.officer)
    assert of_courses(own, town.cadre.account_id) == []
    with clock.living_at(at(2, 9)):
        (errand,) = of_courses(own, town.cadre.account_id)
        assert (errand.title, errand.note) == ("公文怎么写", "19:00，镇文化站二楼")
        assert of_courses(officer, town.officer.account_id) == []
    with clock.living_at(at(3, 9)):
        (errand,) = of_courses(officer, town.officer.account_id)
        assert errand.title == "和青社：公文怎么写"


def total(town: Town, name: str, area: Any = None) -> int:
    return figures.total(REGISTRY[f"mentoring.{name}"], area, None)


def test_the_figures_are_their_records(town: Town) -> None:
    session, other = course(town), course(town, title="还没上", after=8)
    own = gatherings.sign_up(session, actor=town.cadres_self)
    gatherings.sign_up(session, actor=town.mentors_self)
    gatherings.sign_up(other, actor=town.cadres_self)
    assert (total(town, "course_hours"), total(town, "course_sessions")) == (0, 0)
    attended(town, session, own)
    assert (total(town, "course_hours"), total(town, "course_sessions")) == (120, 1)
    assert total(town, "course_hours", town.place) == 120
    assert total(town, "course_hours", town.here.cast.places.beside_town) == 0
    measure = REGISTRY["mentoring.course_hours"]
    with clock.living_at(at(3, 9)):
        records = figures.page(measure, figures.rows_of(measure, town.place, None), "").records
    assert [str(one.label) for one in records] == ["周小禾　公文怎么写　120 分钟"]


@pytest.mark.parametrize(("hours", "told"), [("2.0", "2"), ("1.5", "1.5"), ("0.666667", "0.7"), ("0", "0")])
def test_hours_in_words(hours: str, told: str) -> None:
    assert plain(Decimal(hours)) == told
