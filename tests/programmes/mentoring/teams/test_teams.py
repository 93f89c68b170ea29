"""建队、入队、离队、撤队: by the officer of the place, and by leaving the register."""

from uuid import uuid4

import pytest

from tests.programmes.mentoring.conftest import MENTOR_PHONE, Town
from tests.programmes.mentoring.pairs.conftest import told
from xianglin.base.refused import Forbidden, Refused
from xianglin.programmes.mentoring.registers.actions import end_cadre
from xianglin.programmes.mentoring.teams import actions, queries
from xianglin.programmes.mentoring.teams.models import Member, Team


def names(team: Team) -> list[str]:
    return [one.account.display_name for one in queries.members(team)]


def test_opened_with_people_of_the_registers(town: Town, team: Team) -> None:
    assert names(team) == ["王根水", "周小禾"]
    assert told("mentoring.team_joined") == {"王根水", "周小禾"}
    assert [row.size for row in queries.teams(town.place)] == [2]
    assert not queries.teams(town.here.cast.places.beside_town)


def test_found_by_telephone_and_nobody_from_outside_the_registers(town: Town) -> None:
    team = actions.open_team(town.place, actor=town.officer, kind="mediators", name="鄣吴调解队")
    actions.add_member(team, actor=town.officer, who=MENTOR_PHONE)
    for who, code in (("林组委", "not_listed"), ("王根水", "member_already")):
        with pytest.raises(Refused) as refused:
            actions.add_member(team, actor=town.officer, who=who)
        assert refused.value.code == f"mentoring.{code}"
    town.enrol_cadre("王根水", "13900000077")
    with pytest.raises(Refused) as refused:
        actions.add_member(team, actor=town.officer, who="王根水")
    assert refused.value.code == "mentoring.several_listed"


def test_by_the_officer_of_the_place_alone(town: Town, team: Team) -> None:
    member = queries.members(team)[0]
    for other in (town.mentors_self, town.cadres_self, town.beside, town.outsider, town.here.cadre):
        with pytest.raises(Forbidden):
            actions.open_team(town.place, actor=other, kind="listeners", name="又一队")
        with pytest.raises(Forbidden):
            actions.add_member(team, actor=other, who="王根水")
        with pytest.raises(Forbidden):
            actions.remove_member(member, actor=other)
        with pytest.raises(Forbidden):
            actions.end_team(team, actor=other, reason="不要了")


def test_no_village_has_one_and_no_name_twice(town: Town, team: Team) -> None:
    for place, name, code in (
        (town.village, "玉华队", "team_seat"),
        (town.place, "鄣吴民情倾听队", "team_name"),
        (town.place, " ", "team_name"),
    ):
        with pytest.raises(Refused) as refused:
            actions.open_team(place, actor=town.officer, kind="listeners", name=name)
        assert refused.value.code == f"mentoring.{code}"


def test_pressed_twice_it_is_one(town: Town) -> None:
    key = uuid4()
    for _again in range(2):
        team = actions.open_team(town.place, actor=town.officer, kind="listeners", name="鄣吴队", key=key)
    key = uuid4()
    for _again in range(2):
        actions.add_member(team, actor=town.officer, who="王根水", key=key)
    assert Team.objects.count() == Member.objects.count() == 1


def test_out_of_it_and_in_again(town: Town, team: Team) -> None:
    actions.remove_member(queries.members(team)[0], actor=town.officer)
    assert names(team) == ["周小禾"]
    with pytest.raises(Refused) as refused:
        actions.remove_member(Member.objects.earliest("pk"), actor=town.officer)
    assert refused.value.code == "mentoring.member_left"
    actions.add_member(team, actor=town.officer, who="王根水")
    assert names(team) == ["周小禾", "王根水"]


def test_who_leaves_the_register_leaves_the_team(town: Town, team: Team) -> None:
    end_cadre(town.cadre, actor=town.officer, reason="调走了")
    assert names(team) == ["王根水"]


def test_ended_it_is_read_and_no_more(town: Town, team: Team) -> None:
    actions.end_team(team, actor=town.officer, reason="并到县里的队")
    assert names(team) == [] and not queries.own_teams(town.mentor.account_id)
    for deed in (
        lambda: actions.add_member(team, actor=town.officer, who="王根水"),
        lambda: actions.end_team(team, actor=town.officer, reason="再撤一次"),
    ):
        with pytest.raises(Refused) as refused:
            deed()
        assert refused.value.code == "mentoring.team_ended"
    again = actions.open_team(town.place, actor=town.officer, kind="listeners", name=team.name)
    assert again.pk != team.pk, "the name is free again"
