"""确认, or 说得不对: the other's word, on what they read."""

from typing import Any
from uuid import uuid4

import pytest

from tests.programmes.mentoring.records.conftest import Pair, code_of, said, told, waits_for, write
from xianglin.base import clock
from xianglin.base.refused import Forbidden
from xianglin.programmes.mentoring.records import actions, queries
from xianglin.programmes.mentoring.records.models import Record, State


def test_the_other_s_word_makes_it_count(pair: Pair, trailed: Any) -> None:
    record = write(pair)
    done = actions.confirm_record(record, actor=pair.cadre, edition=1)
    assert (done.state, done.confirmed_on) == (State.CONFIRMED, clock.today())
    assert trailed(done)[-1] == ("mentoring.confirm_record", f"account:{pair.cadre.account_id}")
    assert actions.confirm_record(record, actor=pair.mentor, edition=1).state == State.CONFIRMED, "said already"


def test_an_officer_s_needs_both(pair: Pair) -> None:
    record = write(pair, pair.officer)
    assert actions.confirm_record(record, actor=pair.cadre, edition=1).state == State.WAITING
    assert actions.confirm_record(record, actor=pair.mentor, edition=1).state == State.CONFIRMED


def test_nobody_confirms_for_the_two(pair: Pair) -> None:
    record = write(pair)
    for other in (pair.officer, pair.town.county, pair.town.outsider, pair.town.here.cadre):
        for deed in (actions.confirm_record, actions.refuse_record):
            more = {"reason": "没有"} if deed is actions.refuse_record else {}
            with pytest.raises(Forbidden):
                deed(record, actor=other, edition=1, **more)  # type: ignore[operator]


def test_not_so_with_a_reason(pair: Pair) -> None:
    record = write(pair)
    refuse = actions.refuse_record
    assert code_of(lambda: refuse(record, actor=pair.cadre, edition=1, reason=" ")) == "mentoring.no_reason"
    assert code_of(lambda: refuse(record, actor=pair.mentor, edition=1, reason="错")) == "mentoring.own_record"
    back = refuse(record, actor=pair.cadre, edition=1, reason="那天我在县里开会")
    assert (back.state, queries.reasons(back)[0]) == (State.REFUSED, "那天我在县里开会")
    assert told("mentoring.record_refused") == {"王根水"}
    assert waits_for(pair.mentor) == ["说不对 周小禾：3 月 8 日的案例帮带，对方说不对"]
    again = actions.confirm_record(record, actor=pair.cadre, edition=1)
    assert again.state == State.CONFIRMED and queries.reasons(again)[0] == "", "who said no may say yes after all"


def test_one_s_no_outlasts_the_other_s_yes(pair: Pair) -> None:
    record = write(pair, pair.officer)
    actions.refuse_record(record, actor=pair.cadre, edition=1, reason="没去")
    assert actions.confirm_record(record, actor=pair.mentor, edition=1).state == State.REFUSED


def test_a_word_counts_for_the_edition_that_was_read(pair: Pair) -> None:
    record = write(pair)
    actions.correct_record(record, actor=pair.mentor, edition=1, said=said(done="改了两遍"))
    for deed in (
        lambda: actions.confirm_record(record, actor=pair.cadre, edition=1),
        lambda: actions.refuse_record(record, actor=pair.cadre, edition=1, reason="不对"),
    ):
        assert code_of(deed) == "mentoring.record_changed"
    assert actions.confirm_record(record, actor=pair.cadre, edition=2).state == State.CONFIRMED


def test_confirming_waits_on_today_once(pair: Pair) -> None:
    record = write(pair, pair.officer)
    assert waits_for(pair.mentor) == ["刚收到 周小禾：3 月 8 日的案例帮带，是这样吗？"]
    assert waits_for(pair.cadre) == ["刚收到 王根水：3 月 8 日的案例帮带，是这样吗？"]
    assert waits_for(pair.officer) == []
    actions.confirm_record(record, actor=pair.mentor, edition=1)
    assert waits_for(pair.mentor) == []


def test_pressed_twice(pair: Pair) -> None:
    record, key = write(pair), uuid4()
    for _again in range(2):
        actions.confirm_record(record, actor=pair.cadre, edition=1, key=key)
    assert Record.objects.get().state == State.CONFIRMED
