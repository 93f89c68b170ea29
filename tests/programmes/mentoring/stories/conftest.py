"""A team of storytellers, and a story of the village."""

from typing import Any

import pytest

from tests.programmes.mentoring.conftest import Town, here, morning, quick, town, trailed
from tests.programmes.mentoring.teams.conftest import _hosts, build_team
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.programmes.mentoring.stories import actions
from xianglin.programmes.mentoring.stories.models import Story
from xianglin.programmes.mentoring.stories.rules import First, Telling
from xianglin.programmes.mentoring.teams.models import Team

__all__ = ["_hosts", "here", "morning", "quick", "town", "trailed"]
TEXT = "那年冬天，渡口的老船工把三个人藏在船舱里，过了河。"


def telling(**said: Any) -> Telling:
    return Telling(**{"title": "渡口的灯", "text": TEXT, "period": "1943 年", "source": "村志"} | said)


def noted(town: Town, *, actor: Actor, first: dict[str, Any] | None = None, **said: Any) -> Story:
    known = First(**{"hall": "文化礼堂", "told_on": clock.today()} | (first or {}))
    return actions.note_story(town.village, actor=actor, said=telling(**said), first=known)


@pytest.fixture
def storytellers(town: Town) -> Team:
    return build_team(town, kind="storytellers", name="鄣吴红色宣讲队")


@pytest.fixture
def story(town: Town, storytellers: Team) -> Story:
    return noted(town, actor=town.mentors_self)
