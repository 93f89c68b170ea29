"""It is on in the county; two are named, one in the next county; the young cadre consents, another does not."""

from dataclasses import dataclass

import pytest

from tests.programmes.mentoring.conftest import Town, here, morning, quick, town, trailed
from tests.programmes.mentoring.pairs.conftest import build_pair
from tests.programmes.mentoring.teams.conftest import _hosts
from tests.support.cast import actor_of, by_password
from xianglin.base.actor import Actor
from xianglin.programmes.mentoring.minds import actions
from xianglin.programmes.mentoring.minds.models import Carer, Consent

__all__ = ["_hosts", "here", "morning", "quick", "town", "trailed"]


@dataclass
class Minds:
    town: Town
    carer: Actor
    second: Actor
    far: Actor  # named in the next county
    another: Actor  # a young cadre who does not consent
    consent_pk: int

    @property
    def consent(self) -> Consent:
        return Consent.objects.select_related("cadre", "key").get(pk=self.consent_pk)

    def others(self) -> dict[str, Actor]:
        """Everybody who is not one of the few of this county."""
        at, town = self.town.here, self.town
        return {
            "the county's officer": town.county,
            "the town's officer": town.officer,
            "the officer beside": town.beside,
            "the next county's officer": town.outsider,
            "named in the next county": self.far,
            "their mentor": town.mentors_self,
            "the cadre": town.cadres_self,
            "another cadre": self.another,
            "the administrator": actor_of(at.cast.county_admin),
            "the clerk": at.clerk,
            "the inspector": at.inspector,
            "a department": at.officer,
            "the village": at.cadre,
            "a villager": at.villager,
        }


def build_minds(town: Town) -> Minds:
    at = town.here.cast.places
    carer = actor_of(by_password("zz-care", "陈知心", at.county, "observer"))
    second = actor_of(by_password("zz-care-too", "李知心", at.county, "observer"))
    far = actor_of(by_password("zz-care-far", "孙知心", at.next_county, "observer"))
    actions.switch_minds(at.county, actor=town.county, on=True, reason="县委人才工作要点")
    actions.switch_minds(at.next_county, actor=town.outsider, on=True, reason="试一年")
    for county, officer, names in (
        (at.county, town.county, ("陈知心", "李知心")),
        (at.next_county, town.outsider, ("孙知心",)),
    ):
        for name in names:
            actions.name_carer(county, actor=officer, who=name)
    another = actor_of(town.enrol_cadre("钱一", "13900000012").account)
    consent = actions.consent_minds(town.cadre, actor=town.cadres_self)
    return Minds(town, carer, second, far, another, consent.pk)


@pytest.fixture
def minds(town: Town) -> Minds:
    build_pair(town)  # the mentor is the cadre's own
    return build_minds(town)


def carer_of(actor: Actor) -> Carer:
    return Carer.objects.get(account_id=actor.account_id)
