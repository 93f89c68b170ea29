"""What 导师帮带 counts, from the records that each figure opens."""

import datetime as dt

from tests.programmes.mentoring.pairs.conftest import Pair, graduate, need_of
from xianglin.base import clock
from xianglin.base.months import months_to
from xianglin.commons.areas.models import Area, InKind
from xianglin.kernels.indicators import queries
from xianglin.kernels.indicators.declare import REGISTRY
from xianglin.kernels.pairings import actions as pairings
from xianglin.programmes.mentoring.kinds import PAIR
from xianglin.programmes.mentoring.levels import actions as levels
from xianglin.programmes.mentoring.levels.rules import Level

NAMES = ("pairs", "young_cadres", "gap_closed", "graduated")


def values(area: Area | None = None) -> list[int]:
    return [queries.total(REGISTRY[f"mentoring.{name}"], area, None) for name in NAMES]


def records(name: str) -> set[str]:
    measure = REGISTRY[f"mentoring.{name}"]
    return {str(one.label) for one in queries.page(measure, queries.rows_of(measure, None, None), "").records}


def test_a_mentor_with_two_is_one_group(pair: Pair) -> None:
    need = need_of(pair.town, pair.town.enrol_cadre("钱一", "13900000012"))
    made = pairings.note_pairing(InKind(pair.town.village, PAIR), actor=pair.officer, need=need, offer=pair.offer)
    assert values()[:2] == [1, 1], "agreed is not begun"
    pairings.set_terms(made, actor=pair.officer, lines=["每月见一次面"])
    pairings.sign(made, actor=pair.officer, signed_on=clock.today(), starts_on=clock.today())
    assert values() == [1, 2, 0, 0]
    assert values(pair.town.place) == [1, 2, 0, 0] and values(pair.town.here.cast.places.next_county) == [0, 0, 0, 0]
    assert records("young_cadres") == {"周小禾", "钱一"} and records("pairs") == {"王根水"}


def test_the_gap_is_what_others_read_since_and_can_shrink(pair: Pair) -> None:
    pair.set_goals(("文字综合", 4), ("服务群众", 4))
    _read(pair, "文字综合", 4)
    _read(pair, "服务群众", 2)
    assert values()[2] == 2 - 1
    assert records("gap_closed") == {"周小禾　文字综合　2 → 4", "周小禾　服务群众　3 → 2"}
    month = dt.date(2026, 3, 1)
    assert queries.series(REGISTRY["mentoring.gap_closed"], pair.town.place, months_to(clock.today()))[-1] == 1
    assert queries.series(REGISTRY["mentoring.pairs"], pair.town.place, [month]) == [1]


def test_what_ended_otherwise_counts_no_more_what_graduated_does(agreed: Pair) -> None:
    agreed.set_goals(("文字综合", 4))
    graduate(agreed)
    assert values() == [1, 1, 2, 1]
    assert records("graduated") == {"周小禾"}


def test_a_pair_that_was_broken_off_gained_nothing(pair: Pair) -> None:
    pair.set_goals(("文字综合", 4))
    _read(pair, "文字综合", 4)
    pairings.end(pair.pairing, actor=pair.officer, ending="terminated", reason="调走了")
    assert values() == [0, 0, 0, 0]


def _read(pair: Pair, name: str, level: int) -> None:
    said = [Level(pair.town.ability(name).pk, level)]
    levels.note_levels(pair.town.cadre, actor=pair.officer, view="organisation", levels=said)
