"""What is counted of records, from the records that each figure opens."""

import datetime as dt

from tests.kernels.matters.conftest import at
from tests.programmes.mentoring.records.conftest import Pair, confirmed, write
from xianglin.base import clock
from xianglin.base.months import months_to
from xianglin.commons.areas.models import Area
from xianglin.kernels.indicators import queries
from xianglin.kernels.indicators.declare import REGISTRY
from xianglin.kernels.matters.models import Matter
from xianglin.programmes.mentoring.records import actions
from xianglin.programmes.mentoring.records.models import Record


def value(name: str, area: Area | None = None, month: dt.date | None = None) -> int:
    return queries.total(REGISTRY[f"mentoring.{name}"], area, month)


def labels(name: str) -> set[str]:
    measure = REGISTRY[f"mentoring.{name}"]
    return {str(one.label) for one in queries.page(measure, queries.rows_of(measure, None, None), "").records}


def test_confirmed_records_by_their_day(pair: Pair) -> None:
    write(pair)
    confirmed(pair)
    gone = confirmed(pair)
    actions.withdraw_record(gone, actor=pair.mentor, reason="错了")
    assert value("records") == value("records", pair.town.place, dt.date(2026, 3, 1)) == 1
    assert value("records", pair.town.here.cast.places.next_county) == 0
    assert labels("records") == {"王根水 – 周小禾　案例"}


def test_a_problem_counts_once(pair: Pair) -> None:
    matter = pair.town.here.given()
    first, again, waits = confirmed(pair), confirmed(pair, on=dt.date(2026, 3, 9)), write(pair, on=dt.date(2026, 3, 2))
    _point([first, again, waits], matter)
    assert first.solved_together or Record.objects.get(pk=first.pk).solved_together
    assert value("solved_together") == 1
    (row,) = queries.rows_of(REGISTRY["mentoring.solved_together"], None, None)
    assert row.pk == first.pk


def _point(rows: list[Record], matter: Matter) -> None:
    Record.objects.filter(pk__in=[one.pk for one in rows]).update(matter=matter)


def test_silence_by_the_day_on_which_it_began(pair: Pair) -> None:
    record = confirmed(pair)  # on 8 March; the kind's eight weeks are over on 3 May
    measure = REGISTRY["mentoring.silent_pairs"]
    with clock.living_at(at("2026-05-03")):
        assert value("silent_pairs") == 0
    with clock.living_at(at("2026-06-10")):
        assert value("silent_pairs") == 1 and labels("silent_pairs") == {"王根水 – 周小禾"}
        assert queries.series(measure, pair.town.place, months_to(clock.today(), 3)) == [0, 1, 1]
        (row,) = queries.rows_of(measure, None, None)
        assert row.silent_since == dt.date(2026, 5, 4)
        actions.withdraw_record(record, actor=pair.mentor, reason="错了")
        assert queries.rows_of(measure, None, None).get().silent_since == dt.date(2026, 4, 27)
        confirmed(pair, on=dt.date(2026, 6, 1))
        assert value("silent_pairs") == 0
