"""The village that writes its report holds its conference, visits its households, and has representatives for them."""

from dataclasses import dataclass

import pytest
from django.test import Client

from tests.kernels.bulletins.conftest import Desk, desk
from tests.kernels.gatherings.conftest import running_conference
from tests.kernels.matters.conftest import here, morning, quick, trailed
from tests.support.cast import actor_of, as_account, by_phone
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import Area
from xianglin.commons.people.actions import Door, note_household
from xianglin.commons.people.models import Household
from xianglin.kernels.matters.models import Matter
from xianglin.programmes.briefing import actions
from xianglin.programmes.briefing.kinds import REPRESENTATIVE
from xianglin.programmes.briefing.relaying.actions import link_households

__all__ = ["desk", "here", "morning", "quick", "street", "trailed"]
NAMES = ("周阿根", "潘根娣", "徐有福", "方桂英", "王福根")


@dataclass
class Street:
    """Five doors of 上坞 and 里坞, the first three linked by one of two representatives; a question was answered."""

    desk: Desk
    representative: Actor
    other: Actor
    doors: list[Household]
    topic: Matter

    @property
    def place(self) -> Area:
        return self.desk.place

    @property
    def period(self) -> str:
        return f"{clock.today():%Y-%m}"

    def ids(self, *numbers: int) -> list[int]:
        return [self.doors[number].pk for number in numbers]

    def link(self, who: Actor, *numbers: int) -> None:
        assert who.account_id is not None
        link_households(
            self.place, actor=self.desk.here.cadre, representative_id=who.account_id, household_ids=self.ids(*numbers)
        )

    def browser(self, who: Actor) -> Client:
        return as_account(Account.objects.get(pk=who.account_id))


def asked_and_closed(desk: Desk) -> Matter:
    """A conference at which one question was answered before everybody, and is over."""
    meeting = running_conference(desk.here)
    matter = actions.ask(meeting, actor=desk.here.cadre, words="竹林碳汇怎么分红？", name="徐有福")
    matter = actions.answer_question(
        matter,
        actor=desk.here.cadre,
        title="竹林碳汇分红怎么算",
        category="山林田地",
        public=True,
        speaker_id=desk.here.second.account_id or 0,
        text="六成按林地面积分，四成归村集体。",
        content=True,
    )
    actions.close_conference(meeting, actor=desk.here.cadre)
    return matter


@pytest.fixture
def street(desk: Desk) -> Street:
    place, cadre = desk.place, desk.here.cadre
    representative = actor_of(by_phone("13800000031", "徐文昌", place, REPRESENTATIVE))
    other = actor_of(by_phone("13800000032", "钱大妹", place, REPRESENTATIVE))
    doors = [
        note_household(place, actor=cadre, door=Door(f"{n}号", name, "上坞" if n < 4 else "里坞"))
        for n, name in enumerate(NAMES, 1)
    ]
    one = Street(desk, representative, other, doors, asked_and_closed(desk))
    one.link(representative, 0, 1, 2)
    return one
