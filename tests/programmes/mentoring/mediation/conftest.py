"""A team of mediators, and a dispute that two of them took on."""

from typing import Any

import pytest

from tests.programmes.mentoring.conftest import Town, here, morning, quick, town, trailed
from tests.programmes.mentoring.teams.conftest import _hosts, build_team
from xianglin.programmes.mentoring.mediation import actions
from xianglin.programmes.mentoring.mediation.models import Mediation
from xianglin.programmes.mentoring.mediation.rules import Dispute, Outcome, Side
from xianglin.programmes.mentoring.teams import actions as teams
from xianglin.programmes.mentoring.teams.models import Team

__all__ = ["_hosts", "here", "morning", "quick", "town", "trailed"]
SIDES = (Side("沈阿大", "13800001111"), Side("陆阿二"))
SAID = "一个说水沟是老界，一个说往里挪过。"
AGREED = "水沟归两家共用。\n沈阿大出石料，陆阿二出工。"


def dispute(town: Town, **facts: Any) -> Dispute:
    known = {"place": town.village, "sort": "neighbours", "sides": SIDES, "mediators": (town.cadre.account_id,)}
    return Dispute(**known | facts)


def taken_on(town: Town, team: Team, **facts: Any) -> Mediation:
    return actions.open_mediation(team, actor=town.mentors_self, dispute=dispute(town, **facts))


def settle(town: Town, case: Mediation, agreement: str = AGREED) -> Mediation:
    return actions.close_mediation(case, actor=town.cadres_self, end=Outcome("settled", agreement))


@pytest.fixture
def mediators(town: Town) -> Team:
    """Besides the two, a third who works on nothing."""
    team = build_team(town, kind="mediators", name="鄣吴调解队")
    town.enrol_cadre("钱一", "13900000012")
    teams.add_member(team, actor=town.officer, who="钱一")
    return team


@pytest.fixture
def case(town: Town, mediators: Team) -> Mediation:
    return taken_on(town, mediators)
