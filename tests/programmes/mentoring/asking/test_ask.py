"""请教 and its answers: for the two alone, without a clock, seen when it waits long."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.kernels.matters.conftest import at
from tests.programmes.mentoring.asking.conftest import ANSWER, QUESTION, Pair, answered, ask, code_of, photo, told
from tests.programmes.mentoring.records.conftest import waits_for, write
from tests.support.cast import actor_of
from xianglin.base import clock
from xianglin.base.refused import Forbidden
from xianglin.commons.people.models import Person
from xianglin.kernels.pairings import actions as pairings
from xianglin.programmes.mentoring.asking import actions, queries
from xianglin.programmes.mentoring.asking.models import State, Thread, Turn, TurnPhoto
from xianglin.programmes.mentoring.records.actions import withdraw_record


def test_a_question_goes_to_the_mentor(pair: Pair, trailed: Any) -> None:
    thread = ask(pair, ability_id=pair.town.ability("文字综合").pk, uploads=(photo(),))
    assert (thread.state, thread.waits_since) == (State.WAITING, clock.today())
    assert told("mentoring.asked") == {"王根水"}
    assert ("mentoring.ask", f"account:{pair.cadre.account_id}") in trailed(thread)
    (said,) = queries.turns(thread)
    assert said.words == QUESTION and len(said.photos) == 1
    row = Turn.objects.get()
    assert row.words is not None and QUESTION not in str(row.words)
    assert row.words.key_id == Person.objects.get(account_id=pair.cadre.account_id).key_id


def test_answered_asked_further_and_useful(pair: Pair) -> None:
    thread = answered(pair)
    assert thread.state == State.ANSWERED and thread.waits_since is None
    assert told("mentoring.answered") == {"周小禾"}
    assert pair.pairing.contact_on == clock.today()
    thread = actions.ask_further(thread, actor=pair.cadre, words="几号前写在哪里？")
    assert (thread.state, thread.waits_since) == (State.WAITING, clock.today())
    assert told("mentoring.asked_further") == {"王根水"}
    thread = actions.answer(thread, actor=pair.mentor, words="写在第一行。")
    assert actions.find_useful(thread, actor=pair.cadre).state == State.USEFUL
    assert [one.turn.answers for one in queries.turns(thread)] == [False, True, False, True]


def test_an_answer_waits_for_who_asked_until_they_say_of_what_use_it_was(pair: Pair) -> None:
    thread = answered(pair)
    today = reverse("portal:today")
    assert "王根水答了您的请教" in pair.browser("cadre").get(today).content.decode()
    assert "答了您的请教" not in pair.browser("mentor").get(today).content.decode()
    actions.find_useful(thread, actor=pair.cadre)
    assert "答了您的请教" not in pair.browser("cadre").get(today).content.decode()


def test_not_understood_needs_no_words(pair: Pair) -> None:
    thread = actions.ask_further(answered(pair), actor=pair.cadre, words="", unclear=True)
    assert thread.state == State.WAITING and queries.turns(thread)[-1].turn.unclear
    again = code_of(lambda: actions.ask_further(thread, actor=pair.cadre, words="", unclear=True))
    assert again == "mentoring.not_answered"


def test_refused(pair: Pair) -> None:
    assert code_of(lambda: ask(pair, " ")) == "mentoring.no_question"
    assert code_of(lambda: ask(pair, "长" * 2001)) == "mentoring.question_long"
    assert code_of(lambda: ask(pair, uploads=tuple(photo() for _ in range(4)))) == "files.too_many"
    thread = ask(pair)
    assert code_of(lambda: actions.find_useful(thread, actor=pair.cadre)) == "mentoring.not_answered"
    assert code_of(lambda: actions.answer(thread, actor=pair.mentor, words="")) == "mentoring.no_question"
    assert Thread.objects.count() == 1


def test_the_two_alone_ask_answer_and_read(pair: Pair) -> None:
    thread = ask(pair, uploads=(photo(),))
    proof = TurnPhoto.objects.get().pk
    stranger = actor_of(pair.town.enrol_mentor("丁大明", "13900000002").account)
    for other in (pair.officer, pair.town.county, pair.town.outsider, stranger):
        with pytest.raises(Forbidden):
            actions.ask(pair.pairing, actor=other, words="问")
        with pytest.raises(Forbidden):
            actions.answer(thread, actor=other, words="答")
        assert queries.thread_for(other, thread.pk) is None and queries.photo_for(other, proof) is None
    with pytest.raises(Forbidden):
        actions.answer(thread, actor=pair.cadre, words="自己答")
    with pytest.raises(Forbidden):
        actions.ask(pair.pairing, actor=pair.mentor, words="问")
    for who in (pair.mentor, pair.cadre):
        assert queries.thread_for(who, thread.pk) == thread and queries.photo_for(who, proof) is not None


def test_what_waits_is_seen_and_nothing_expires(pair: Pair) -> None:
    ask(pair)

    assert waits_for(pair.mentor) == ["刚收到 周小禾向您请教"]
    assert waits_for(pair.cadre) == waits_for(pair.officer) == []
    with clock.living_at(at("2026-03-16")):
        assert not queries.overdue(pair.town.place).exists()
    with clock.living_at(at("2026-03-17")):
        assert waits_for(pair.mentor) == ["等了 7 天 周小禾向您请教"]
        assert waits_for(pair.officer) == ["要看一眼 1 次请教等了七天以上"]
        actions.answer(Thread.objects.get(), actor=pair.mentor, words=ANSWER)
        assert waits_for(pair.officer) == waits_for(pair.mentor) == []


def test_a_pair_that_is_over(pair: Pair) -> None:
    thread = answered(pair)
    waits = ask(pair, "还有一件")
    pairings.end(pair.pairing, actor=pair.officer, ending="terminated", reason="调走了")
    for deed in (
        lambda: ask(pair),
        lambda: actions.answer(waits, actor=pair.mentor, words="答"),
        lambda: actions.ask_further(thread, actor=pair.cadre, words="问"),
    ):
        assert code_of(deed) == "mentoring.pair_over"
    assert queries.thread_for(pair.cadre, thread.pk) == thread
    assert waits_for(pair.mentor) == [], "nobody is asked any more"


def test_an_answer_counts_as_contact_also_when_a_record_is_taken_back(pair: Pair) -> None:
    with clock.living_at(at("2026-03-20")):
        answered(pair)
        record = write(pair, on=dt.date(2026, 3, 20))
    with clock.living_at(at("2026-03-25")):
        late = write(pair, on=dt.date(2026, 3, 25))
        withdraw_record(late, actor=pair.mentor, reason="错了")
        withdraw_record(record, actor=pair.mentor, reason="错了")
    assert pair.pairing.contact_on == dt.date(2026, 3, 20)


def test_pressed_twice(pair: Pair) -> None:
    key, again = uuid4(), uuid4()
    for _again in range(2):
        thread = ask(pair, key=key)
        actions.answer(thread, actor=pair.mentor, words=ANSWER, key=again)
    assert (Thread.objects.count(), Turn.objects.count()) == (1, 2)
