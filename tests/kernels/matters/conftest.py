"""The cast at work: a village with two cadres and its town, a table of duties, and short words for telling a story."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.support.cast import Cast, actor_of, build_cast, by_password, by_phone
from xianglin.base import clock
from xianglin.base.actor import NOBODY, Actor
from xianglin.commons.access import actions as access
from xianglin.commons.notices.models import Notice
from xianglin.commons.trail.models import Entry
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import Matter

MORNING = dt.datetime(2026, 3, 10, 9, tzinfo=clock.SHANGHAI)  # a Tuesday far from any holiday
UNTIL = dt.date(2026, 5, 1)  # a pause ends
WORDS = "8 组桥头的路灯坏了半个月，晚上看不见路。"
ANSWER = "换了灯头和线，昨天晚上亮了。"


def at(day: str, time: str = "09:00") -> dt.datetime:
    return dt.datetime.fromisoformat(f"{day} {time}").replace(tzinfo=clock.SHANGHAI)


@dataclass
class Village:
    """Who works here, by the first word of what they do."""

    cast: Cast
    cadre: Actor  # 文书: the receiving post
    second: Actor  # another cadre of the village
    beside: Actor  # of the village beside
    clerk: Actor
    inspector: Actor
    officer: Actor  # 民政局
    county: Actor  # 县受理岗
    villager: Actor
    outsider: Actor
    codes: dict[int, str] = field(default_factory=dict)

    @property
    def place(self) -> Any:
        return self.cast.places.village

    def say(self, words: str = WORDS, by: Actor = NOBODY, **said: Any) -> Matter:
        return actions.raise_matter(
            said.pop("place", self.place), actor=by, said=actions.Said(words=words, **said), key=uuid.uuid4()
        )

    def given(self, to: Actor | None = None, **said: Any) -> Matter:
        """Said and handed to the second cadre."""
        matter = self.say(**said)
        return actions.assign_matter(matter, actor=self.cadre, account_id=(to or self.second).account_id)

    def answered(self, **said: Any) -> Matter:
        return actions.answer_matter(self.given(**said), actor=self.second, text=ANSWER)


def receipt_of(matter: Matter) -> Actor:
    return Actor("receipt", str(matter.pk))


@pytest.fixture(autouse=True)
def quick(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def here(db: None) -> Village:
    return build_village()


def build_village() -> Village:
    cast = build_cast()
    at_ = cast.places
    access.add_department(at_.county, actor=Actor("system", "tests"), slug="civil_affairs", name="民政局")
    second = by_phone("13800000011", "徐守正", at_.village, "village_cadre")
    county = by_password("aj-receiving", "方立新", at_.county, "county_clerk")
    return Village(
        cast,
        cadre=actor_of(cast.village_cadre),
        second=actor_of(second),
        beside=actor_of(cast.beside_cadre),
        clerk=actor_of(cast.town_clerk),
        inspector=actor_of(cast.town_inspector),
        officer=actor_of(cast.county_officer),
        county=actor_of(county),
        villager=actor_of(cast.villager),
        outsider=actor_of(cast.outsider),
    )


@pytest.fixture
def morning() -> Iterator[None]:
    with clock.living_at(MORNING):
        yield


@pytest.fixture
def trailed(db: None) -> Callable[[Any], list[tuple[str, str]]]:
    """What the trail says of a row: action and actor, in order."""

    def read(row: Any) -> list[tuple[str, str]]:
        rows = Entry.objects.filter(subject=f"{row._meta.label}:{row.pk}").order_by("position")
        return list(rows.values_list("action", "actor"))

    return read


def told(template: str) -> list[tuple[int | None, str]]:
    """What lies in the outbox of this template: to which account, by which channel."""
    return list(Notice.objects.filter(template=template).order_by("pk").values_list("account_id", "channel"))


def steps(matter: Matter) -> list[str]:
    return list(matter.steps.order_by("at", "pk").values_list("verb", flat=True))
