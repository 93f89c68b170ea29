"""经验: in general words, agreed to by who asked, published by the officer, read in the county."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from tests.programmes.mentoring.asking.conftest import (
    ANSWER,
    DRAFT,
    QUESTION,
    Pair,
    answered,
    ask,
    code_of,
    proposed,
    published,
    told,
)
from tests.programmes.mentoring.records.conftest import waits_for
from tests.support.cast import actor_of
from xianglin.base.refused import Forbidden
from xianglin.programmes.mentoring.experience import actions, queries
from xianglin.programmes.mentoring.experience.models import Experience, State, Useful


def test_from_the_answer_to_the_library(pair: Pair, trailed: Any) -> None:
    one = proposed(pair)
    question = f"刚收到 您请教的，能不能整理成经验：{DRAFT.title}"
    assert waits_for(pair.cadre) == ["刚收到 王根水答了您的请教", question]
    assert one.state == State.PROPOSED and told("mentoring.experience_proposed") == {"周小禾"}
    one = actions.agree_experience(one, actor=pair.cadre, edition=1, agreed=True)
    assert waits_for(pair.officer) == ["刚收到 1 条经验等发布"]
    one = actions.publish_experience(one, actor=pair.officer, edition=1)
    assert told("mentoring.experience_published") == {"周小禾", "王根水"}
    assert list(queries.library(pair.cadre).rows) == [one]
    assert ("mentoring.publish_experience", f"account:{pair.officer.account_id}") in trailed(one)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": " "}, "mentoring.experience_empty"),
        ({"title": "长" * 41}, "mentoring.experience_long"),
        ({"answer": "请打 13812345678 问我"}, "mentoring.experience_leak"),
        ({"answer": "王根水说先写找谁"}, "mentoring.experience_leak"),
        ({"question": "小禾，就是周小禾，问怎么写"}, "mentoring.experience_leak"),
        ({"question": "有人问，我写的通知村里人总说看不懂"}, "mentoring.raw_words"),
        ({"question": f"原话：{QUESTION}"}, "mentoring.raw_words"),
    ],
)
def test_general_words_without_persons(pair: Pair, more: dict[str, str], code: str) -> None:
    thread = answered(pair)
    draft = replace(DRAFT, **more)
    assert code_of(lambda: actions.propose_experience(thread, actor=pair.mentor, draft=draft)) == code
    assert not Experience.objects.exists()


def test_nothing_to_share_before_it_is_answered_and_once_a_thread(pair: Pair) -> None:
    def propose(thread: Any) -> Experience:
        return actions.propose_experience(thread, actor=pair.mentor, draft=DRAFT)

    thread = ask(pair)
    assert code_of(lambda: propose(thread)) == "mentoring.no_answer_yet"
    one = proposed(pair)
    assert code_of(lambda: propose(one.thread)) == "mentoring.experience_twice"


def test_who_proposes_agrees_publishes(pair: Pair) -> None:
    thread = answered(pair)
    stranger = actor_of(pair.town.enrol_mentor("丁大明", "13900000002").account)
    for other in (pair.cadre, stranger, pair.town.outsider, pair.town.beside):
        with pytest.raises(Forbidden):
            actions.propose_experience(thread, actor=other, draft=DRAFT)
    one = actions.propose_experience(thread, actor=pair.officer, draft=DRAFT)
    for other in (pair.mentor, pair.officer, stranger):
        with pytest.raises(Forbidden):
            actions.agree_experience(one, actor=other, edition=1, agreed=True)
    assert (
        code_of(lambda: actions.publish_experience(one, actor=pair.officer, edition=1)) == "mentoring.experience_state"
    )
    one = actions.agree_experience(one, actor=pair.cadre, edition=1, agreed=True)
    for other in (pair.mentor, pair.cadre, pair.town.outsider):
        with pytest.raises(Forbidden):
            actions.publish_experience(one, actor=other, edition=1)
    assert actions.publish_experience(one, actor=pair.town.county, edition=1).state == State.PUBLISHED


def test_a_no_is_a_no_until_it_is_rewritten_and_asked_again(pair: Pair) -> None:
    one = actions.agree_experience(proposed(pair), actor=pair.cadre, edition=1, agreed=False, reason="还看得出是我")
    assert (one.state, one.reason) == (State.DECLINED, "还看得出是我")
    assert told("mentoring.experience_declined") == {"王根水"}
    again = replace(DRAFT, question="通知写得太长怎么办？")
    one = actions.amend_experience(one, actor=pair.mentor, edition=1, draft=again)
    assert (one.state, one.edition, one.agreed_at) == (State.PROPOSED, 2, None)
    agree = actions.agree_experience
    assert code_of(lambda: agree(one, actor=pair.cadre, edition=1, agreed=True)) == "mentoring.experience_changed"
    assert agree(one, actor=pair.cadre, edition=2, agreed=True).state == State.AGREED


def test_what_was_agreed_and_then_rewritten_is_agreed_again(pair: Pair) -> None:
    one = actions.agree_experience(proposed(pair), actor=pair.cadre, edition=1, agreed=True)
    one = actions.amend_experience(one, actor=pair.officer, edition=1, draft=DRAFT)
    assert one.state == State.PROPOSED
    assert (
        code_of(lambda: actions.publish_experience(one, actor=pair.officer, edition=2)) == "mentoring.experience_state"
    )


def test_sent_back_to_be_rewritten(pair: Pair) -> None:
    one = actions.agree_experience(proposed(pair), actor=pair.cadre, edition=1, agreed=True)
    one = actions.return_experience(one, actor=pair.officer, reason="再具体些")
    assert told("mentoring.experience_returned") == {"王根水"}
    assert waits_for(pair.mentor) == [f"请再改改 这条经验请再改改：{DRAFT.title}"]
    assert actions.amend_experience(one, actor=pair.mentor, edition=1, draft=DRAFT).edition == 2


def test_until_it_is_published_only_whom_it_concerns_reads_it(pair: Pair) -> None:
    one = proposed(pair)
    other = actor_of(pair.town.enrol_cadre("钱一", "13900000012").account)
    for who, reads in ((pair.mentor, True), (pair.cadre, True), (pair.officer, True), (other, False)):
        assert (queries.experience_for(who, one.pk) is not None) is reads
    actions.agree_experience(one, actor=pair.cadre, edition=1, agreed=True)
    one = actions.publish_experience(one, actor=pair.officer, edition=1)
    assert queries.experience_for(other, one.pk) == one
    for stranger in (pair.town.outsider, pair.town.here.cadre, pair.town.here.villager):
        assert queries.experience_for(stranger, one.pk) is None
        assert list(queries.library(stranger).rows) == []
    actions.withdraw_experience(one, actor=pair.cadre, reason="不想分享了")
    assert queries.experience_for(other, one.pk) is None and queries.experience_for(pair.cadre, one.pk) is not None
    assert told("mentoring.experience_withdrawn") == {"王根水"}


def test_who_takes_it_back(pair: Pair) -> None:
    one = published(pair)
    other = actor_of(pair.town.enrol_mentor("丁大明", "13900000002").account)
    for stranger in (other, pair.town.outsider, pair.town.beside):
        with pytest.raises(Forbidden):
            actions.withdraw_experience(one, actor=stranger, reason="不好")
    assert code_of(lambda: actions.withdraw_experience(one, actor=pair.officer, reason="")) == "mentoring.no_reason"
    actions.withdraw_experience(one, actor=pair.officer, reason="过时了")
    twice = code_of(lambda: actions.withdraw_experience(one, actor=pair.officer, reason="过时了"))
    assert twice == "mentoring.experience_state"
    assert proposed(pair).pk != one.pk


def test_useful_once_each(pair: Pair) -> None:
    one = published(pair)
    other = actor_of(pair.town.enrol_cadre("钱一", "13900000012").account)
    for who in (other, other, pair.mentor):
        one = actions.mark_useful(one, actor=who, key=uuid4())
    assert one.useful == Useful.objects.count() == 2
    for stranger in (pair.town.outsider, pair.town.here.cadre):
        with pytest.raises(Forbidden):
            actions.mark_useful(one, actor=stranger)
    waits = proposed(pair)
    assert code_of(lambda: actions.mark_useful(waits, actor=pair.mentor)) == "mentoring.experience_state"


def test_found_by_words_and_by_ability(pair: Pair) -> None:
    writing, talking = pair.town.ability("文字综合").pk, pair.town.ability("矛盾调解").pk
    one = published(pair, replace(DRAFT, ability_ids=(writing,)))
    two = published(pair, replace(DRAFT, title="两家吵架怎么劝", question="两家为地界吵起来。", ability_ids=(talking,)))

    def found(words: str = "", ability_id: int | None = None) -> set[int]:
        return {row.pk for row in queries.library(pair.cadre, words, ability_id).rows}

    assert found() == {one.pk, two.pk}
    assert found("吵架") == found("两家 地界") == found(ability_id=talking) == {two.pk}
    assert found("吵架", writing) == set() == found("没有的词")
    assert queries.about(one.county_id, writing) == [one]


def test_its_own_words_are_not_the_thread_s(pair: Pair) -> None:
    one = proposed(pair)
    assert one.answer == ANSWER and QUESTION not in f"{one.title}{one.question}"
