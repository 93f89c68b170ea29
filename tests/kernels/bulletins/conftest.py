"""A village that writes its report: its cadre, and a supervisor who looks it over."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.kernels.matters.conftest import MORNING, Village, build_village
from tests.support.cast import actor_of, by_phone
from xianglin.base import clock
from xianglin.base.actor import Actor, system
from xianglin.commons.areas.actions import switch_programme
from xianglin.commons.areas.models import Area
from xianglin.kernels.bulletins import actions, drafts
from xianglin.kernels.bulletins.models import Bulletin

REPORT = "briefing.report"


@dataclass
class Desk:
    here: Village
    supervisor: Actor

    @property
    def place(self) -> Area:
        return self.here.cast.places.village

    def opened(self, period: str = "") -> Bulletin:
        period = period or f"{clock.today():%Y-%m}"
        return actions.open_bulletin(self.place, actor=self.here.cadre, kind=REPORT, period=period)

    def written(self) -> Bulletin:
        """Every gap filled."""
        bulletin = self.opened()
        for block in bulletin.blocks.exclude(asks=""):
            drafts.write_block(block, "本月新装路灯12盏，花了 3000 元。", edition=block.edition)
        return bulletin

    def reviewed(self) -> Bulletin:
        bulletin = actions.hand_in(self.written(), actor=self.here.cadre)
        return actions.review_bulletin(bulletin, actor=self.supervisor, agreed=True)

    def published(self) -> Bulletin:
        return actions.publish_bulletin(self.reviewed(), actor=self.here.cadre)


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:
    here = build_village()
    supervisor = actor_of(by_phone("13800000021", "钱监委", here.place, "village_supervisor"))
    with clock.living_at(MORNING):
        switch_programme(here.cast.places.county, "briefing", actor=system("tests"), on=True)
        yield Desk(here, supervisor)
