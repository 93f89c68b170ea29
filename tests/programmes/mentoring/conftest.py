"""A town with its organisation officer, two mentors, two young cadres; the county's officer and the next county's."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from tests.kernels.matters.conftest import Village, here, morning, quick, trailed
from tests.support.cast import SYSTEM, actor_of, as_account, by_password
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.commons.areas.actions import switch_programme
from xianglin.commons.areas.models import Area
from xianglin.programmes.mentoring.abilities import queries as abilities
from xianglin.programmes.mentoring.enrolment.actions import Who, enrol_cadre, enrol_mentor
from xianglin.programmes.mentoring.kinds import OFFICER
from xianglin.programmes.mentoring.levels import wording
from xianglin.programmes.mentoring.registers.facts import CadreFacts, Held, MentorFacts
from xianglin.programmes.mentoring.registers.models import Mentor, YoungCadre

__all__ = ["here", "morning", "quick", "trailed"]
MENTOR_PHONE, CADRE_PHONE = "13900000001", "13900000011"


@dataclass
class Town:
    """Who keeps the registers and who stands in them, by what they are."""

    here: Village
    officer: Actor
    county: Actor  # the county's officer
    outsider: Actor  # the next county's
    beside: Actor  # the officer of the town beside
    mentor: Mentor
    cadre: YoungCadre

    @property
    def place(self) -> Area:
        return self.here.cast.places.town

    @property
    def village(self) -> Area:
        return self.here.cast.places.village

    def ability(self, name: str) -> Any:
        return abilities.by_word(self.place)[name]

    @property
    def mentors_self(self) -> Actor:
        return actor_of(self.mentor.account)

    @property
    def cadres_self(self) -> Actor:
        return actor_of(self.cadre.account)

    def enrol_mentor(self, name: str, phone: str, **facts: Any) -> Mentor:
        return enrol_mentor(self.place, actor=self.officer, who=Who(name, phone), facts=MentorFacts(**facts))

    def enrol_cadre(self, name: str, phone: str, said: str = "", **facts: Any) -> YoungCadre:
        known = CadreFacts(**{"post": "村文书", **facts})
        levels = wording.read(said)
        return enrol_cadre(self.village, actor=self.officer, who=Who(name, phone), facts=known, said=levels)

    def browser(self, who: Actor) -> Client:
        return as_account(Account.objects.get(pk=who.account_id))


def build_town(here: Village) -> Town:
    at = here.cast.places
    for county in (at.county, at.next_county):
        switch_programme(county, "mentoring", actor=SYSTEM, on=True)
    officer = actor_of(by_password("zz-lin", "林组委", at.town, OFFICER))
    mentor = enrol_mentor(
        at.town,
        actor=officer,
        who=Who("王根水", MENTOR_PHONE),
        facts=MentorFacts(
            kind="comrade",
            years=38,
            held=(Held("党总支书记", "玉华村", "1998-03", "2011"),),
            village_ids=(at.village.pk,),
            most=3,
            free_when="农闲的时候",
            slots=("6am", "7pm"),
        ),
        teaches=("矛盾调解", "群众工作"),
    )
    cadre = enrol_cadre(
        at.village,
        actor=officer,
        who=Who("周小禾", CADRE_PHONE),
        facts=CadreFacts("村文书", birth_year=1996, wishes="想学调解"),
        said=wording.read("文字综合2→4；矛盾调解1→3；服务群众3→4"),
    )
    return Town(
        here,
        officer,
        county=actor_of(by_password("zz-county", "县组干", at.county, OFFICER)),
        outsider=actor_of(by_password("zz-far", "外县组干", at.next_county, OFFICER)),
        beside=actor_of(by_password("zz-beside", "邻镇组干", at.beside_town, OFFICER)),
        mentor=mentor,
        cadre=cadre,
    )


@pytest.fixture
def town(here: Village, morning: None) -> Town:
    return build_town(here)
