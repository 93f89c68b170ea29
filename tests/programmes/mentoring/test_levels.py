"""Levels: every reading stays, others' eyes outrank one's own, an aim is never below what is there."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.kernels.matters.conftest import receipt_of
from tests.programmes.mentoring.conftest import Town
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.matters import actions as matters
from xianglin.programmes.mentoring.abilities import actions as abilities
from xianglin.programmes.mentoring.levels import actions, drawing, queries, villagers
from xianglin.programmes.mentoring.levels.models import Reading, Standing
from xianglin.programmes.mentoring.levels.rules import Level, Wanted

Trailed = Callable[[Any], list[tuple[str, str]]]


def note(town: Town, actor: Actor, view: str, name: str = "文字综合", level: int = 3, **more: Any) -> None:
    actions.note_levels(town.cadre, actor=actor, view=view, levels=[Level(town.ability(name).pk, level)], **more)


def standing(town: Town, name: str = "文字综合") -> Standing:
    return Standing.objects.get(cadre=town.cadre, ability=town.ability(name))


def test_a_reading_is_added_and_the_standing_follows(town: Town, trailed: Trailed) -> None:
    note(town, town.officer, "mentor", level=3, on=clock.today())
    assert list(Reading.objects.filter(ability__name="文字综合").order_by("pk").values_list("level", "view")) == [
        (2, "organisation"),
        (3, "mentor"),
    ]
    assert (standing(town).current, standing(town).current_by, standing(town).gap) == (3, "mentor", 1)
    assert trailed(Reading.objects.last())[-1] == ("mentoring.note_levels", town.officer.ref)
    assert trailed(standing(town))[-1] == ("mentoring.note_levels", town.officer.ref)


def test_ones_own_view_counts_where_nobody_else_said(town: Town) -> None:
    note(town, town.cadres_self, "self", level=5)
    note(town, town.cadres_self, "self", "政策法规", level=4)
    assert standing(town).current == 2
    assert (standing(town, "政策法规").current, standing(town, "政策法规").current_by) == (4, "self")
    note(town, town.officer, "organisation", "政策法规", level=2)
    assert standing(town, "政策法规").current == 2


def test_what_was_read_before_does_not_outrank_what_came_later(town: Town) -> None:
    note(town, town.officer, "organisation", level=1, on=clock.today() - dt.timedelta(days=90))
    assert standing(town).current == 2 and Reading.objects.filter(ability__name="文字综合").count() == 2


@pytest.mark.parametrize(
    ("who", "view", "code"),
    [
        ("cadres_self", "mentor", "mentoring.own_view"),
        ("cadres_self", "organisation", "mentoring.own_view"),
        ("officer", "self", "mentoring.not_own_view"),
        ("officer", "neighbour", "mentoring.view"),
    ],
)
def test_nobody_speaks_for_somebody_else(town: Town, who: str, view: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        note(town, getattr(town, who), view)
    assert refused.value.code == code


@pytest.mark.parametrize("who", ["beside", "outsider", "mentors_self"])
def test_who_has_nothing_to_do_with_it_neither_reads_nor_writes_levels(town: Town, who: str) -> None:
    for do in (
        lambda actor: note(town, actor, "organisation"),
        lambda actor: actions.set_wanted(town.cadre, actor=actor, wanted=[]),
    ):
        with pytest.raises(Forbidden):
            do(getattr(town, who))


def test_wrong_levels_days_and_abilities(town: Town) -> None:
    old = abilities.add_ability(town.here.cast.places.county, actor=town.county, name="写对联")
    abilities.end_ability(old, actor=town.county)
    today = clock.today()
    for levels, on, code in (
        ([Level(town.ability("文字综合").pk, 6)], today, "mentoring.level"),
        ([Level(town.ability("文字综合").pk, 0)], today, "mentoring.level"),
        ([Level(town.ability("文字综合").pk, 3)], today + dt.timedelta(days=1), "mentoring.level_ahead"),
        ([Level(old.pk, 3)], today, "mentoring.ability_gone"),
        ([], today, "mentoring.no_levels"),
    ):
        with pytest.raises(Refused) as refused:
            actions.note_levels(town.cadre, actor=town.officer, view="organisation", levels=levels, on=on)
        assert refused.value.code == code
    assert Reading.objects.count() == 3


def test_pressed_twice_it_is_one_reading(town: Town) -> None:
    key = uuid4()
    for _ in range(2):
        note(town, town.cadres_self, "self", key=key)
    assert Reading.objects.filter(view="self").count() == 1


def test_an_aim_is_above_what_is_there(town: Town) -> None:
    writing, policy = town.ability("文字综合").pk, town.ability("政策法规").pk
    wanted = [Wanted(writing, 5, "写简报"), Wanted(policy, 3), Wanted(town.ability("项目推进").pk, None)]
    actions.set_wanted(town.cadre, actor=town.cadres_self, wanted=wanted)
    assert (standing(town).wanted, standing(town).wish, standing(town).gap) == (5, "写简报", 3)
    assert not Standing.objects.filter(ability__name="项目推进").exists()
    with pytest.raises(Refused) as refused:
        actions.set_wanted(town.cadre, actor=town.cadres_self, wanted=[Wanted(writing, 1)])
    assert refused.value.code == "mentoring.downwards"
    sentences = [one.sentence for one in queries.largest_gaps(queries.of_cadre(town.cadre))]
    assert sentences[0] in ("文字综合　2 → 5", "政策法规　想到 3 级，还没评过") and "矛盾调解　1 → 3" in sentences


def test_an_aim_that_was_passed_may_stay_as_it_stands(town: Town) -> None:
    note(town, town.officer, "organisation", level=5)
    writing = town.ability("文字综合").pk
    actions.set_wanted(town.cadre, actor=town.cadres_self, wanted=[Wanted(writing, 4, "写总结")])
    assert (standing(town).wanted, standing(town).wish, standing(town).gap) == (4, "写总结", 0)
    with pytest.raises(Refused):
        actions.set_wanted(town.cadre, actor=town.cadres_self, wanted=[Wanted(writing, 3)])


def test_the_radar_and_the_lines_are_their_readings(town: Town) -> None:
    with clock.living_at(clock.now() + dt.timedelta(days=60)):
        note(town, town.officer, "organisation", level=3)
        note(town, town.cadres_self, "self", level=4)
        rows = queries.of_cadre(town.cadre)
        span = queries.days_of(rows)
        assert span is not None
        drawn = drawing.lines(rows, *span)
    radar = drawing.radar(rows)
    assert radar is not None and {label.text for label in radar.labels} == {"服务群众", "文字综合", "矛盾调解"}
    assert len(radar.seen) == 4 and radar.current.count(",") == radar.wanted.count(",") == 3
    writing = next(one for one in drawn if one.row.ability.name == "文字综合")
    assert {line.view: len(line.ends) for line in writing.lines} == {"organisation": 2, "self": 1}
    rise = next(line for line in writing.lines if line.view == "organisation").ends
    assert rise[0].x < rise[1].x and rise[0].y > rise[1].y
    assert drawing.radar(rows[:1]) is None


def test_what_villagers_said_is_counted_with_its_records_and_is_no_level(town: Town) -> None:
    here = town.here
    cadre = town.enrol_cadre("徐守正", "13800000011")  # the village's second cadre, who answers matters
    done, undone, _silent = (here.answered(words=f"第{n}盏灯不亮") for n in range(3))
    matters.settle_matter(done, actor=receipt_of(done), settled=True)
    matters.settle_matter(undone, actor=receipt_of(undone), settled=False)
    heard = villagers.heard_of(cadre.account_id)
    assert (heard.answered, heard.settled, heard.not_settled, heard.silent) == (3, 1, 1, 1)
    assert {record.matter.pk: record.settled for record in heard.records}[undone.pk] is False
    assert not Standing.objects.filter(cadre=cadre).exists()
    assert villagers.heard_of(town.mentor.account_id).answered == 0
