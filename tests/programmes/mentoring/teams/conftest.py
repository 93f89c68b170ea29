"""A team of the town with the mentor and the young cadre in it, and a day on which they went to the village."""

from typing import Any

import pytest

from tests.programmes.mentoring.conftest import Town, here, morning, quick, town, trailed
from xianglin.base import clock
from xianglin.programmes.mentoring.teams import actions
from xianglin.programmes.mentoring.teams.facts import Trip
from xianglin.programmes.mentoring.teams.models import Outing, Team

__all__ = ["here", "morning", "quick", "town", "trailed"]
OPINION, HARDSHIP = "路灯坏了半个月，想早点修好。", "徐大娘一个人住，买药没人帮。"


@pytest.fixture(autouse=True)
def _hosts(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]


def trip_of(town: Town, **facts: Any) -> Trip:
    known: dict[str, Any] = {
        "place": town.village,
        "on": clock.today(),
        "host": "village",
        "where": "文化礼堂",
        "topic": "讲玉华的老故事",
        "present": 62,
        "went": (town.mentor.account_id, town.cadre.account_id),
        "opinions": (OPINION,),
        "hardships": (HARDSHIP,),
    }
    return Trip(**known | facts)


def build_team(town: Town, kind: str = "listeners", name: str = "鄣吴民情倾听队") -> Team:
    team = actions.open_team(town.place, actor=town.officer, kind=kind, name=name)
    for one in (town.mentor, town.cadre):
        actions.add_member(team, actor=town.officer, who=one.account.display_name)
    return team


def went_out(town: Town, team: Team, **facts: Any) -> Outing:
    return actions.note_outing(team, actor=town.cadres_self, trip=trip_of(town, **facts))


@pytest.fixture
def team(town: Town) -> Team:
    return build_team(town)


@pytest.fixture
def outing(town: Town, team: Team) -> Outing:
    return went_out(town, team)
