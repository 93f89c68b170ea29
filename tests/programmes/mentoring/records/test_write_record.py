"""记一次帮带: by either of the two, or by the officer on their behalf."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from tests.programmes.mentoring.pairs.conftest import BEGAN
from tests.programmes.mentoring.records.conftest import DAY, DONE, Pair, code_of, photo, told, write
from tests.support.cast import actor_of
from xianglin.base import clock
from xianglin.base.refused import Forbidden
from xianglin.commons.keys.models import PersonKey
from xianglin.commons.keys.sealing import destroy
from xianglin.commons.people.models import Person
from xianglin.kernels.pairings import actions as pairings
from xianglin.programmes.mentoring.records import actions, queries
from xianglin.programmes.mentoring.records.models import Edition, Evidence, Method, Record, State


def test_the_six_methods() -> None:
    assert [str(one.label) for one in Method] == ["案例", "作业", "实践", "现场", "情景", "复盘"]


def test_who_writes_has_said_it_and_the_other_is_asked(pair: Pair, trailed: Any) -> None:
    ability = pair.town.ability("文字综合").pk
    record = write(pair, minutes=40, place="村部", solved="通知太长，改成三句。", ability_ids=(ability,))
    assert (record.state, record.edition, record.behalf) == (State.WAITING, 1, False)
    assert record.offer_said_at is not None and record.need_said_at is None
    (one,) = queries.shown([record], pair.cadre)
    assert (one.done, one.solved, one.abilities, one.edition.place) == (
        DONE,
        "通知太长，改成三句。",
        ["文字综合"],
        "村部",
    )
    assert ("mentoring.write_record", f"account:{pair.mentor.account_id}") in trailed(record)
    assert told("mentoring.record_written") == {"周小禾"}
    assert pair.pairing.contact_on == BEGAN, "what one alone wrote ends no silence"
    actions.confirm_record(record, actor=pair.cadre, edition=1)
    assert pair.pairing.contact_on == DAY


def test_the_young_cadre_writes_as_well(pair: Pair) -> None:
    record = write(pair, pair.cadre)
    assert record.need_said_at is not None and record.offer_said_at is None
    assert told("mentoring.record_written") == {"王根水"}


def test_what_an_officer_writes_both_confirm(pair: Pair) -> None:
    record = write(pair, pair.officer)
    assert record.behalf and (record.need_said_at, record.offer_said_at) == (None, None)
    assert told("mentoring.record_written") == {"王根水", "周小禾"}


def test_the_words_are_the_writer_s_and_go_with_their_key(pair: Pair) -> None:
    write(pair, uploads=(photo(),))
    row = Edition.objects.get()
    assert DONE not in str(row.done) and Evidence.objects.get().file.secret is not None
    owner = Person.objects.get(account_id=pair.mentor.account_id)
    assert row.done is not None and row.done.key_id == owner.key_id
    destroy(PersonKey.objects.get(pk=owner.key_id))
    assert queries.shown([Record.objects.get()], pair.cadre)[0].done == ""
    assert (
        write(pair, pair.officer).editions.get().done.key_id
        == Person.objects.get(  # type: ignore[union-attr]
            account_id=pair.cadre.account_id
        ).key_id
    )


def test_what_shows_it_is_kept_with_it(pair: Pair) -> None:
    record = write(pair, uploads=(photo(), photo((640, 480))))
    assert len(queries.shown([record], pair.cadre)[0].photos) == 2
    assert code_of(lambda: write(pair, uploads=tuple(photo() for _ in range(7)))) == "files.too_many"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"method": "lecture"}, "mentoring.method"),
        ({"done": "  "}, "mentoring.no_done"),
        ({"done": "长" * 2001}, "mentoring.record_long"),
        ({"on": dt.date(2026, 3, 11)}, "mentoring.record_ahead"),
        ({"on": dt.date(2026, 2, 28)}, "mentoring.record_before"),
        ({"minutes": 0}, "mentoring.minutes"),
        ({"minutes": 1441}, "mentoring.minutes"),
        ({"place": "长" * 61}, "mentoring.place_long"),
    ],
)
def test_refused(pair: Pair, more: dict[str, Any], code: str) -> None:
    assert code_of(lambda: write(pair, **more)) == code
    assert not Record.objects.exists()


def test_the_first_and_the_last_day(pair: Pair) -> None:
    for day in (dt.date(2026, 3, 1), clock.today()):
        assert write(pair, on=day).on == day


def test_a_matter_is_one_that_its_writer_may_see(pair: Pair) -> None:
    town = pair.town
    matter = town.here.given()
    assert code_of(lambda: write(pair, matter=matter)) == "mentoring.matter_unseen", "not the mentor's to see"
    assert queries.matters_to_choose(pair.mentor, [town.village]) == []
    assert matter in queries.matters_to_choose(town.here.second, [town.village])


def test_an_assignment_is_of_this_pair(pair: Pair) -> None:
    work = pair.plan()
    assert write(pair, assignment=work).editions.get().assignment == work
    other = pair.plan("别的")
    other.milestone.pairing_id += 1
    assert code_of(lambda: write(pair, assignment=other)) == "mentoring.other_assignment"


def test_neither_strangers_nor_other_places(pair: Pair) -> None:
    stranger = pair.town.enrol_mentor("丁大明", "13900000002")
    others = (pair.town.outsider, pair.town.beside, pair.town.here.clerk, pair.town.here.cadre)
    for other in (*others, actor_of(stranger.account)):
        with pytest.raises(Forbidden):
            write(pair, other)
    assert write(pair, pair.town.county).behalf


def test_pressed_twice_it_is_written_once(pair: Pair) -> None:
    key = uuid4()
    assert write(pair, key=key) == write(pair, key=key)
    assert Record.objects.count() == 1


def test_a_pair_that_is_over_takes_no_more_but_keeps_what_it_has(pair: Pair) -> None:
    record = write(pair)
    pairings.end(pair.pairing, actor=pair.officer, ending="terminated", reason="调走了")
    assert code_of(lambda: write(pair)) == "mentoring.pair_over"
    assert queries.record_for(pair.mentor, record.pk) == record
    assert actions.confirm_record(record, actor=pair.cadre, edition=1).state == State.CONFIRMED, "what was can be said"
