"""收回: with a reason; from then on its writer and the officer alone read it."""

import datetime as dt
from typing import Any

import pytest

from tests.programmes.mentoring.records.conftest import Pair, code_of, confirmed, photo, said, told, write
from xianglin.base.refused import Forbidden
from xianglin.programmes.mentoring.plans.actions import finish_assignment
from xianglin.programmes.mentoring.records import actions, queries
from xianglin.programmes.mentoring.records.models import State


def test_its_writer_and_the_officer_alone_read_it(pair: Pair, trailed: Any) -> None:
    record = write(pair, uploads=(photo(),))
    proof = record.evidence.get()
    assert queries.evidence_for(pair.cadre, proof.pk) == proof
    gone = actions.withdraw_record(record, actor=pair.mentor, reason="记到别人头上了")
    assert (gone.state, queries.reasons(gone)[1]) == (State.WITHDRAWN, "记到别人头上了")
    assert trailed(gone)[-1][0] == "mentoring.withdraw_record"
    assert told("mentoring.record_withdrawn") == {"周小禾"}
    for who, reads in ((pair.mentor, True), (pair.officer, True), (pair.cadre, False), (pair.town.outsider, False)):
        assert (queries.record_for(who, record.pk) is not None) is reads
        assert (queries.evidence_for(who, proof.pk) is not None) is reads
    (row,) = queries.of_pair(pair.pairing, pair.cadre).rows
    assert not row.readable and row.done == "" and row.evidence == []


def test_the_officer_takes_back_too_the_other_does_not(pair: Pair) -> None:
    for other in (pair.cadre, pair.town.outsider, pair.town.beside, pair.town.here.clerk):
        with pytest.raises(Forbidden):
            actions.withdraw_record(write(pair), actor=other, reason="不要了")
    assert actions.withdraw_record(write(pair), actor=pair.officer, reason="重复").state == State.WITHDRAWN
    assert told("mentoring.record_withdrawn") == {"周小禾", "王根水"}


def test_nothing_more_is_said_of_it(pair: Pair) -> None:
    record = write(pair)
    assert code_of(lambda: actions.withdraw_record(record, actor=pair.mentor, reason="")) == "mentoring.no_reason"
    actions.withdraw_record(record, actor=pair.mentor, reason="错了")
    for deed in (
        lambda: actions.confirm_record(record, actor=pair.cadre, edition=1),
        lambda: actions.refuse_record(record, actor=pair.cadre, edition=1, reason="错"),
        lambda: actions.correct_record(record, actor=pair.mentor, edition=1, said=said()),
        lambda: actions.withdraw_record(record, actor=pair.mentor, reason="错了"),
    ):
        assert code_of(deed) == "mentoring.record_withdrawn"


def test_it_hides_no_silence(pair: Pair) -> None:
    record = confirmed(pair)
    assert pair.pairing.contact_on == dt.date(2026, 3, 8)
    actions.withdraw_record(record, actor=pair.mentor, reason="错了")
    assert pair.pairing.contact_on == dt.date(2026, 3, 1), "the day on which it began"


def test_work_that_was_done_stays_contact(pair: Pair) -> None:
    """What the kernel took for contact outlives a record that is taken back."""
    done = pair.plan()
    finish_assignment(done, actor=pair.cadre, result="三户走完了", attested_by="王建国", on=dt.date(2026, 3, 5))
    actions.withdraw_record(confirmed(pair), actor=pair.mentor, reason="错了")
    assert pair.pairing.contact_on == dt.date(2026, 3, 5)
