"""玉华村's 386 households: whose door is where, how their list comes in, and the visits before the first conference."""

import csv
import uuid
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange import staging
from xianglin.commons.exchange.tables import table_named
from xianglin.commons.people.models import Household
from xianglin.commons.people.queries import households_in, read_householders
from xianglin.kernels.matters.models import Matter
from xianglin.programmes.briefing import actions_visits as visits

from . import yuhua
from .deeds import Scene, as_

GROUPS = (("上坞", 96), ("里坞", 88), ("下湾", 74), ("溪口", 68), ("老街", 60))
SURNAMES, FIRST, SECOND = (
    "徐王吴陈钱潘李方章周俞沈金杨施",
    "根水金国建志小春银福土阿美桂秀爱文",
    "荣林娟珍生法英花明华妹强芳良仙标松云祥",
)
AT_HOME = {  # who says something, where their words say it
    "上坞": ("周桂芬", "王土根", "周阿根", "陈阿毛", "钱美珍"),
    "里坞": ("吴老四", "吴金花", "李小燕"),
}
AT_WHOSE = {"李阿婆": "李根宝", "章阿婆": "章水根"}  # said at a door that is headed by another of the family
# The last rounds before the Party day, evening by evening, each by one of the two cadres: whoever had a word by then
# had said it at the door.
ROUNDS: tuple[str, ...] = (
    "05-04 19:10",
    "05-06 19:20",
    "05-09 19:00",
    "05-11 19:30",
    "05-12 19:10",
    "05-14 15:20",
    "05-15 15:40",
)
ROUNDS += ("05-17 19:10", "05-18 19:00")


def speakers() -> list[str]:
    """Who said something at a door, once each, householders all of them."""
    told = [(one.source, one.name) for one in (*yuhua.OPINIONS, *yuhua.SINCE, *yuhua.BESIDES)]
    told += [(source, name) for _day, source, name, *_rest in yuhua.GATHERED]
    return list(dict.fromkeys(name for source, name in told if source == "visit" and name and name not in AT_WHOSE))


def lines() -> Iterator[tuple[str, str, str]]:
    """Number, group, householder: the village's list, the same each time."""
    said = speakers()
    pinned = {name for names in AT_HOME.values() for name in names}
    free = [name for name in said if name not in pinned]
    others = (name for name in _invented() if name not in said)
    number = 0
    for nth, (group, count) in enumerate(GROUPS):
        known = [*AT_HOME.get(group, ()), *free[nth :: len(GROUPS)]]
        apart = count // len(known)
        for place in range(count):
            number += 1
            at, within = divmod(place, apart)
            yield str(number), group, known[at] if not within and at < len(known) else next(others)


def _invented() -> Iterator[str]:
    """Each once, as long as the three lengths have no divisor in common."""
    for nth in range(len(SURNAMES) * len(FIRST) * len(SECOND)):
        yield SURNAMES[nth * 7 % len(SURNAMES)] + FIRST[nth * 5 % len(FIRST)] + SECOND[nth * 11 % len(SECOND)]


def bring_in(area: Area, cadre: Account) -> None:
    """The list as the village has it, a sheet with its own headers, through the same import as anybody's."""
    with TemporaryDirectory() as folder:
        sheet = Path(folder) / "户册.csv"
        with sheet.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("门牌号", "自然村", "户主姓名"), *lines()])
        batch = staging.stage_file(sheet, table_named("households"), area, as_(cadre))
        staging.apply_batch(batch, as_(cadre), strict=True)


class Doors:
    """Whose door is which, once the list is there."""

    def __init__(self, area: Area, cast: dict[str, Account]) -> None:
        self.area, self.cast = area, cast
        self._by_name: dict[str, Household] = {}

    def of(self, name: str) -> Household | None:
        if not self._by_name:
            rows = read_householders(households_in(self.area), actor=as_(self.cast["cadre"]))
            self._by_name = {row.householder: row for row in rows}
        return self._by_name.get(AT_WHOSE.get(name, name))

    def heard(self, household: Household, one: yuhua.Told) -> Matter:
        said = visits.Heard(words=one.words, name=one.name)
        visit = visits.note_visit(household, actor=as_(self.cast["cadre"]), key=uuid.uuid4(), heard=said)
        assert visit.matter is not None
        return visit.matter

    def scenes(self) -> Iterator[Scene]:
        """Every household once before the conference: those that had something to say had been asked already."""
        for nth, when in enumerate(ROUNDS):
            yield when, partial(self._round, nth)

    def _round(self, nth: int) -> None:
        asked = households_in(self.area).exclude(visits__month=f"{yuhua.STORY_DAY[:4]}-05")
        with_words = [door.pk for door in map(self.of, self._speaking_later()) if door is not None]
        left = [row.pk for row in asked if row.pk not in with_words]
        share = left[: -(-len(left) // (len(ROUNDS) - nth))]
        actor = as_(self.cast["secretary" if nth % 2 else "cadre"])
        visits.note_round(self.area, actor=actor, households=share, key=uuid.uuid4())

    def _speaking_later(self) -> list[str]:
        told = [(one.day, one.source, one.name) for one in yuhua.OPINIONS]
        told += [(day, source, name) for day, source, name, *_rest in yuhua.GATHERED]
        return [name for day, source, name in told if source == "visit" and day.startswith("05-")]
