"""A record put right by its writer: what stood before stays, the difference is told in words, it is confirmed again."""

import datetime as dt
from typing import Any

import pytest

from tests.programmes.mentoring.records.conftest import DONE, Pair, code_of, confirmed, photo, said, told, write
from xianglin.base.refused import Forbidden
from xianglin.programmes.mentoring.records import actions, queries
from xianglin.programmes.mentoring.records.changes import changes
from xianglin.programmes.mentoring.records.models import Edition, Record, State


def correct(record: Record, pair: Pair, **more: Any) -> Record:
    given = {"actor": pair.mentor, "edition": record.edition, "said": said(), **more}
    return actions.correct_record(record, **given)


def test_what_stood_before_stays_and_the_other_is_asked_again(pair: Pair) -> None:
    record = correct(confirmed(pair), pair, said=said(done="一起改了走访通知，先写找谁。", minutes=40), why="记错了")
    assert (record.state, record.edition, record.minutes, record.confirmed_on) == (State.WAITING, 2, 40, None)
    assert record.offer_said_at is not None and record.need_said_at is None
    assert told("mentoring.record_corrected") == {"周小禾"}
    (change,) = changes(queries.history(record))
    assert change.made.why == "记错了"
    assert [(one.label, one.before, one.after) for one in change.changed] == [
        ("时长", "", "40 分钟"),
        ("做了什么", "群众要办什么", "找谁"),
    ]
    assert [one.done for one in queries.history(record)] == ["一起改了走访通知，先写找谁。", DONE]


def test_evidence_comes_and_goes_with_corrections(pair: Pair) -> None:
    record = write(pair, uploads=(photo(), photo((640, 480))))
    first, second = queries.shown([record], pair.mentor)[0].photos
    record = correct(record, pair, without=[first.pk], uploads=(photo((320, 240)),))
    now, before = queries.history(record)
    assert before.photos == [first, second] and len(now.photos) == 2 and first not in now.photos
    (change,) = changes([now, before])
    assert [(one.label, one.before, one.after) for one in change.changed] == [("照片和文件", "1 份", "1 份")]


def test_too_many_with_those_that_stand(pair: Pair) -> None:
    record = write(pair, uploads=tuple(photo() for _ in range(6)))
    assert code_of(lambda: correct(record, pair, uploads=(photo(),))) == "files.too_many"
    assert Edition.objects.count() == 1


def test_only_who_wrote_it(pair: Pair) -> None:
    record = write(pair)
    refused = code_of(lambda: correct(record, pair, actor=pair.officer))
    assert refused == "mentoring.not_the_writer"
    for other in (pair.cadre, pair.town.outsider, pair.town.beside):
        with pytest.raises(Forbidden):
            correct(record, pair, actor=other)


def test_what_was_written_on_their_behalf_any_officer_of_the_place(pair: Pair) -> None:
    record = correct(write(pair, pair.officer), pair, actor=pair.town.county, said=said(done="改了"))
    assert (record.edition, record.need_said_at, record.offer_said_at) == (2, None, None)


def test_not_over_what_somebody_else_changed_meanwhile(pair: Pair) -> None:
    record = write(pair, pair.officer)
    correct(record, pair, actor=pair.officer)
    assert code_of(lambda: correct(record, pair, actor=pair.town.county, edition=1)) == "mentoring.record_changed"


def test_an_earlier_day_hides_no_silence(pair: Pair) -> None:
    record = confirmed(pair, on=dt.date(2026, 3, 9))
    assert pair.pairing.contact_on == dt.date(2026, 3, 9)
    correct(record, pair, said=said(on=dt.date(2026, 3, 2)))
    actions.confirm_record(record, actor=pair.cadre, edition=2)
    assert pair.pairing.contact_on == dt.date(2026, 3, 2)
    confirmed(pair, on=dt.date(2026, 3, 5))
    record.refresh_from_db()
    correct(record, pair, said=said(on=dt.date(2026, 3, 7)))
    actions.refuse_record(record, actor=pair.cadre, edition=3, reason="没有")
    assert pair.pairing.contact_on == dt.date(2026, 3, 5)
