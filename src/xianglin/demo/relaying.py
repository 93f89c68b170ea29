"""After the conference a villagers' representative goes from door to door with one of its questions, and brings back
what two of his twelve households said. All persons and details are invented."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import Area
from xianglin.commons.people.models import Household
from xianglin.commons.people.queries import households_in
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters.models import Matter
from xianglin.programmes.briefing.relaying import actions

from . import yuhua
from .deeds import Scene, as_, do

GROUP, LINKED = "上坞", 12
PERIOD = "2022-05"
TOPIC = "竹林碳汇分红怎么算"  # asked at the conference, and answered there
# When, at which of his doors in order (first, behind the last), and whether they had nothing to say.
ROUNDS = (("05-21 18:40", 0, 5, False), ("05-22 18:30", 5, 8, True), ("05-23 19:00", 8, LINKED, False))


@dataclass(frozen=True)
class Brought:
    """What a household said: when, of which door, with its name or not; how it was sorted, and what was done."""

    when: str
    door: int
    named: bool
    words: str
    title: str
    category: str
    public: bool
    done: tuple[tuple[str, str, str], ...]


BROUGHT_BACK = (
    Brought(
        "05-23 19:30", 9, False,
        "分红的账，能不能也贴一份到上坞来？村委会太远，年纪大的走不到。",
        "分红的账也贴到上坞", "村务财务", True,
        (("06-02 10:20", "answer", "6月起，分红的账在上坞公告牌也贴一份，用大字印。"), ("06-05 18:30", "settled", "")),
    ),
    Brought(
        "05-23 19:50", 11, True,
        "我家那张卡去年换过了，分红会不会打到旧卡上去？",
        "分红打到哪张卡", "山林田地", False,
        (("05-26 09:30", "answer", "新的卡号核对过了，年底打到新卡上。"), ("05-27 18:50", "settled", "")),
    ),
)  # fmt: skip
SORTED = "05-24 08:30"


def scenes(places: dict[str, Area], cast: dict[str, Account]) -> Iterator[Scene]:
    here = places[yuhua.VILLAGE]
    yield "05-10 16:00", partial(_link, here, cast)
    for when, first, behind, nothing in ROUNDS:
        yield when, partial(_tell, here, cast, first, behind, nothing)
    for said in BROUGHT_BACK:
        yield from Bringing(here, cast, said).scenes()


def _dozen(here: Area) -> list[Household]:
    return list(households_in(here).filter(group=GROUP)[:LINKED])


def _link(here: Area, cast: dict[str, Account]) -> None:
    ids = [one.pk for one in _dozen(here)]
    actions.link_households(
        here, actor=as_(cast["cadre"]), representative_id=cast["representative"].pk, household_ids=ids
    )


def _topic(here: Area) -> Matter:
    """Of the two that are called so, the one asked at the conference, which came later."""
    return Matter.objects.filter(area=here, title=TOPIC).latest("pk")


def _tell(here: Area, cast: dict[str, Account], first: int, behind: int, nothing: bool) -> None:
    ids = [one.pk for one in _dozen(here)[first:behind]]
    actor = as_(cast["representative"])
    topic = _topic(here).pk
    actions.relay(here, actor=actor, period=PERIOD, household_ids=ids, topic_id=topic, no_objection=nothing)


class Bringing:
    """What one household said, from the representative's telephone to the answer."""

    def __init__(self, here: Area, cast: dict[str, Account], said: Brought) -> None:
        self.here, self.cast, self.said = here, cast, said
        self.matter = Matter()

    def scenes(self) -> Iterator[Scene]:
        yield self.said.when, self._bring
        yield SORTED, self._sort
        for when, verb, text in self.said.done:
            yield when, partial(self._do, verb, text)

    def _bring(self) -> None:
        self.matter = actions.give_back(
            self.here,
            actor=as_(self.cast["representative"]),
            period=PERIOD,
            household_ids=[_dozen(self.here)[self.said.door].pk],
            words=self.said.words,
            topic_id=_topic(self.here).pk,
            named=self.said.named,
        )

    def _sort(self) -> None:
        one, cadre = self.said, as_(self.cast["cadre"])
        self.matter = matters.triage_matter(
            self.matter, actor=cadre, title=one.title, category=one.category, public=one.public
        )

    def _do(self, verb: str, text: str) -> None:
        do(self.matter, verb, text, self.cast)
