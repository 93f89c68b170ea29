"""Changed by whom it is about or by the officer; ended with a reason; who is not brought together."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.programmes.mentoring.conftest import Town
from xianglin.base import clock, hooks
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access.models import Grant
from xianglin.programmes.mentoring.abilities import actions as abilities
from xianglin.programmes.mentoring.abilities import queries as catalogue
from xianglin.programmes.mentoring.abilities.models import Ability
from xianglin.programmes.mentoring.levels.models import Reading
from xianglin.programmes.mentoring.registers import actions, queries
from xianglin.programmes.mentoring.registers.facts import CadreFacts, Held, MentorFacts
from xianglin.programmes.mentoring.registers.models import Avoidance, HeldPost, Teaches

Trailed = Callable[[Any], list[tuple[str, str]]]


def test_a_mentor_changes_what_he_wrote_of_himself(town: Town, trailed: Trailed) -> None:
    far = town.here.cast.places.far_village
    facts = MentorFacts(
        kind="comrade",
        years=39,
        held=(Held("村委会主任", "玉华村", "1990", "1998"),),
        ability_ids=(town.ability("矛盾调解").pk, town.ability("党性意识").pk),
        village_ids=(far.pk,),  # of another county: not his to go to
        most=1,
        slots=("7eve", "1am"),
    )
    actions.amend_mentor(town.mentor, actor=town.mentors_self, facts=facts)
    town.mentor.refresh_from_db()
    assert (town.mentor.years, town.mentor.most, town.mentor.slots) == (39, 1, ["1am", "7eve"])
    assert [one.ability.name for one in queries.taught(town.mentor)] == ["党性意识", "矛盾调解"]
    assert [one.post for one in queries.held_posts(town.mentor)] == ["村委会主任"]
    assert queries.villages_of(town.mentor) == []
    # what stood before stays known
    assert HeldPost.objects.get(post="党总支书记").struck_on == clock.today()
    struck = Teaches.objects.get(ability__name="服务群众")
    assert trailed(struck)[-1] == ("mentoring.amend_mentor", town.mentors_self.ref)


def test_a_cadre_and_the_officer_change_the_cadres_facts(town: Town) -> None:
    for actor, post in ((town.cadres_self, "村文书兼网格员"), (town.county, "村党总支委员")):
        actions.amend_cadre(town.cadre, actor=actor, facts=CadreFacts(post, birth_year=1997))
        town.cadre.refresh_from_db()
        assert (town.cadre.post, town.cadre.birth_year) == (post, 1997)


@pytest.mark.parametrize("who", ["beside", "outsider"])
def test_other_places_change_nothing(town: Town, who: str) -> None:
    actor = getattr(town, who)
    for do in (
        lambda: actions.amend_mentor(town.mentor, actor=actor, facts=MentorFacts()),
        lambda: actions.amend_cadre(town.cadre, actor=actor, facts=CadreFacts("村文书")),
        lambda: actions.end_mentor(town.mentor, actor=actor, reason="走了"),
        lambda: actions.end_cadre(town.cadre, actor=actor, reason="走了"),
        lambda: actions.note_avoidance(town.cadre, actor=actor, other="王根水", why="relative"),
    ):
        with pytest.raises(Forbidden):
            do()


def test_nobody_ends_themselves_or_notes_avoidances(town: Town) -> None:
    for do in (
        lambda: actions.end_mentor(town.mentor, actor=town.mentors_self, reason="不想当了"),
        lambda: actions.end_cadre(town.cadre, actor=town.cadres_self, reason="不想学了"),
        lambda: actions.note_avoidance(town.cadre, actor=town.cadres_self, other="王根水", why="relative"),
        lambda: actions.amend_cadre(town.cadre, actor=town.mentors_self, facts=CadreFacts("村文书")),
    ):
        with pytest.raises(Forbidden):
            do()


def test_who_leaves_loses_the_right_and_may_come_again(town: Town) -> None:
    with pytest.raises(Refused) as refused:
        actions.end_mentor(town.mentor, actor=town.officer, reason=" ")
    assert refused.value.code == "mentoring.no_reason"
    actions.end_mentor(town.mentor, actor=town.officer, reason="搬到县里了")
    town.mentor.refresh_from_db()
    assert (town.mentor.active_to, town.mentor.ended_because) == (clock.today(), "搬到县里了")
    assert Grant.objects.get(account=town.mentor.account).ended_at is not None
    assert not hooks.may(town.mentors_self, "mentoring.see_mentor", town.mentor)
    with pytest.raises(Refused) as refused:
        actions.amend_mentor(town.mentor, actor=town.officer, facts=MentorFacts())
    assert refused.value.code == "mentoring.left"
    again = town.enrol_mentor("王根水", "13900000001")
    assert again.pk != town.mentor.pk and hooks.may(town.mentors_self, "mentoring.see_mentor", again)


def test_relatives_and_superiors_are_not_brought_together(town: Town, trailed: Trailed) -> None:
    actions.note_avoidance(town.cadre, actor=town.officer, other=" 王根水 ", why="relative")
    row = Avoidance.objects.get()
    assert {row.one_id, row.other_id} == {town.cadre.account_id, town.mentor.account_id} and row.one_id < row.other_id
    assert trailed(row) == [("mentoring.note_avoidance", town.officer.ref)]
    assert list(queries.avoidances(town.place)) == [row] and not queries.avoidances(town.here.cast.places.far_village)
    for other, why, code in (
        ("13900000001", "superior", "mentoring.avoided_already"),
        ("没有这个人", "relative", "mentoring.no_such_mentor"),
        ("王根水", "dislike", "mentoring.why"),
    ):
        with pytest.raises(Refused) as refused:
            actions.note_avoidance(town.cadre, actor=town.officer, other=other, why=why)
        assert refused.value.code == code
    with pytest.raises(Forbidden):
        actions.lift_avoidance(row, actor=town.beside)
    actions.lift_avoidance(row, actor=town.officer)
    assert not queries.avoided_by(town.cadre.account_id)


def test_of_two_mentors_of_one_name_the_telephone_says_which(town: Town) -> None:
    other = town.enrol_mentor("王根水", "13900000051")
    with pytest.raises(Refused) as refused:
        actions.note_avoidance(town.cadre, actor=town.officer, other="王根水", why="relative")
    assert refused.value.code == "mentoring.several_mentors"
    actions.note_avoidance(town.cadre, actor=town.officer, other="13900000051", why="relative")
    [(_row, avoided)] = queries.with_names_of(queries.avoided_by(town.cadre.account_id), town.cadre.account_id)
    assert avoided.pk == other.account_id


def test_the_catalogue_is_the_countys(town: Town) -> None:
    county = town.here.cast.places.county
    assert [row.name for row in catalogue.catalogue(town.place)][:3] == ["服务群众", "文字综合", "廉洁自律"]
    abilities.begin_catalogue(county, actor=town.county)  # begun already: nothing twice
    assert Ability.objects.filter(county_id=county.pk).count() == 8
    made = abilities.add_ability(county, actor=town.county, name=" 应急 处置 ", also="应急，抢险")
    assert (made.name, made.also) == ("应急处置", "应急 抢险")
    assert catalogue.by_word(town.village)["抢险"] == made
    for actor in (town.officer, town.outsider, town.cadres_self):
        with pytest.raises(Forbidden):
            abilities.add_ability(county, actor=actor, name="别的")
        with pytest.raises(Forbidden):
            abilities.end_ability(made, actor=actor)
    with pytest.raises(Refused) as refused:
        abilities.add_ability(county, actor=town.county, name="文字综合")
    assert refused.value.code == "mentoring.ability_twice"


def test_an_ability_that_was_used_ends_and_its_readings_stay(town: Town) -> None:
    writing = town.ability("文字综合")
    abilities.end_ability(writing, actor=town.county)
    assert "文字综合" not in [row.name for row in catalogue.catalogue(town.place)]
    assert Reading.objects.filter(ability=writing).exists()
    with pytest.raises(Refused) as refused:
        abilities.amend_ability(writing, actor=town.county, name="写", description="", also="", order=1)
    assert refused.value.code == "mentoring.ability_ended"
    again = abilities.add_ability(town.here.cast.places.county, actor=town.county, name="文字综合")
    assert again.pk != writing.pk
