"""Taken in by hand: the account, the right to one's own file, what is known; and what is refused."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.programmes.mentoring.conftest import CADRE_PHONE, MENTOR_PHONE, Town
from tests.support.cast import SYSTEM, by_phone
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access import actions as access
from xianglin.commons.access.models import Account, Grant
from xianglin.commons.areas.actions import switch_programme
from xianglin.commons.trail.models import Entry
from xianglin.programmes.mentoring.enrolment.actions import Who, enrol_cadre, enrol_mentor
from xianglin.programmes.mentoring.levels.models import Reading, Standing
from xianglin.programmes.mentoring.registers import queries
from xianglin.programmes.mentoring.registers.facts import CadreFacts, MentorFacts
from xianglin.programmes.mentoring.registers.models import Mentor, YoungCadre

Trailed = Callable[[Any], list[tuple[str, str]]]


def test_a_mentor_gets_an_account_and_stands_in_the_roll(town: Town, trailed: Trailed) -> None:
    account = Account.objects.get(display_name="王根水")
    assert account.phone.open() == MENTOR_PHONE and "1390" not in str(Account.objects.values("phone"))
    assert [(g.role, g.area_id) for g in Grant.objects.filter(account=account)] == [("mentor", town.place.pk)]
    mentor = Mentor.objects.get()
    assert trailed(mentor) == [("mentoring.enrol_mentor", town.officer.ref)]
    assert {one.ability.name for one in queries.taught(mentor)} == {"矛盾调解", "服务群众"}
    assert [one.post for one in queries.held_posts(mentor)] == ["党总支书记"]
    assert [one.name for one in queries.villages_of(mentor)] == ["玉华村"]
    opened = Entry.objects.get(action="access.open_phone_account", subject=f"access.Account:{account.pk}")
    assert opened.actor == "system:mentoring"  # the platform opens it; the officer enrols


def test_a_cadre_comes_with_levels_of_the_organisation(town: Town) -> None:
    cadre = YoungCadre.objects.get()
    assert (cadre.village_id, cadre.post, cadre.birth_year) == (town.village.pk, "村文书", 1996)
    assert {(s.ability.name, s.current, s.wanted) for s in Standing.objects.all()} == {
        ("文字综合", 2, 4),
        ("矛盾调解", 1, 3),
        ("服务群众", 3, 4),
    }
    assert set(Reading.objects.values_list("view", "by_id")) == {("organisation", town.officer.account_id)}


def test_a_village_cadre_keeps_his_account_and_gets_a_second_role(town: Town) -> None:
    known = town.here.cast.village_cadre
    cadre = town.enrol_cadre(known.display_name, "138 0000 0002")
    assert cadre.account_id == known.pk
    assert {g.role for g in Grant.objects.filter(account=known)} == {"village_cadre", "young_cadre"}


def test_a_nameless_account_is_named_and_another_name_is_not_joined(town: Town) -> None:
    nameless = access.open_phone_account(None, actor=SYSTEM, phone="13900000021")
    assert town.enrol_mentor("陈水根", "13900000021").account_id == nameless.pk
    assert Account.objects.get(pk=nameless.pk).display_name == "陈水根"
    with pytest.raises(Refused) as refused:
        town.enrol_mentor("李四", "13800000001")  # the villager 沈阿毛's
    assert refused.value.code == "mentoring.another_name" and "沈" not in str(refused.value)


def test_a_closed_account_and_an_enrolled_one_are_refused(town: Town) -> None:
    closed = by_phone("13900000031", "陆大妹", town.village)
    access.close_account(closed, actor=SYSTEM)
    for name, phone, code in (
        ("陆大妹", "13900000031", "mentoring.account_closed"),
        ("王根水", MENTOR_PHONE, "mentoring.already_listed"),
    ):
        with pytest.raises(Refused) as refused:
            town.enrol_mentor(name, phone)
        assert refused.value.code == code
    with pytest.raises(Refused):
        town.enrol_cadre("周小禾", CADRE_PHONE)
    assert (Mentor.objects.count(), YoungCadre.objects.count()) == (1, 1)


def test_pressed_twice_it_is_done_once(town: Town) -> None:
    key, who = uuid4(), Who("方桂英", "13900000041")
    made = [enrol_mentor(town.place, actor=town.officer, who=who, facts=MentorFacts(), key=key) for _ in range(2)]
    assert made[0] == made[1] and Mentor.objects.count() == 2


@pytest.mark.parametrize("who", ["beside", "outsider", "mentors_self", "cadres_self"])
def test_only_the_places_officers_take_somebody_in(town: Town, who: str) -> None:
    actor = getattr(town, who)
    with pytest.raises(Forbidden):
        enrol_mentor(town.place, actor=actor, who=Who("方桂英", "13900000041"), facts=MentorFacts())
    with pytest.raises(Forbidden):
        enrol_cadre(town.village, actor=actor, who=Who("方桂英", "13900000041"), facts=CadreFacts("村文书"))
    assert not Account.objects.filter(display_name="方桂英").exists()
    enrol_mentor(town.place, actor=town.county, who=Who("方桂英", "13900000041"), facts=MentorFacts())


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"least": 3, "most": 2}, "mentoring.capacity"),
        ({"most": 0, "least": 0}, "mentoring.capacity"),
        ({"years": 99}, "mentoring.years"),
        ({"slots": ("9am",)}, "mentoring.slots"),
        ({"kind": "other"}, "mentoring.kind"),
        ({"wishes": "想" * 301}, "mentoring.too_long"),
    ],
)
def test_what_a_mentor_must_say(town: Town, facts: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        town.enrol_mentor("方桂英", "13900000041", **facts)
    assert refused.value.code == code


def test_where_it_is_off_or_the_place_is_wrong(town: Town) -> None:
    at, who = town.here.cast.places, Who("方桂英", "13900000041")
    switch_programme(at.county, "mentoring", actor=SYSTEM, on=False)
    for place, code in ((at.town, "mentoring.off"), (at.village, "mentoring.not_a_town")):
        with pytest.raises(Refused) as refused:
            enrol_mentor(place, actor=town.officer, who=who, facts=MentorFacts())
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        enrol_cadre(at.county, actor=town.county, who=who, facts=CadreFacts("村文书"))
    assert refused.value.code == "mentoring.not_a_place_of_work"
