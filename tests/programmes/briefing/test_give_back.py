"""What a household answered becomes a matter in its own words, with its name or without."""

import uuid
from typing import Any

import pytest

from tests.commons.files.conftest import send
from tests.commons.files.samples import wav
from tests.programmes.briefing.conftest import Street
from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.files.models import Kind
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters import queries as matter_queries
from xianglin.kernels.matters import rules as matter_rules
from xianglin.kernels.matters.models import Matter, Receipt, Source, State
from xianglin.programmes.briefing.kinds import QUESTION
from xianglin.programmes.briefing.models import Reply, Told
from xianglin.programmes.briefing.relaying import queries, rules
from xianglin.programmes.briefing.relaying.actions import give_back

WORDS = "分红的账，能不能也贴一份到上坞来？"


def bring(street: Street, *numbers: int, by: Actor | None = None, **more: Any) -> Matter:
    said = {"period": street.period, "household_ids": street.ids(*numbers), "words": WORDS} | more
    return give_back(street.place, actor=by or street.representative, **said)


def test_it_is_a_matter_written_by_another(street: Street) -> None:
    matter = bring(street, 0, topic_id=street.topic.pk)
    assert (matter.source, matter.kind, matter.state) == (Source.RELAY, QUESTION, State.RECEIVED)
    assert (matter_queries.words_of(matter), matter_queries.author_names(matter)) == (WORDS, [])
    assert matter.unconfirmed and matter.recorded_by_id == street.representative.account_id
    reply = Reply.objects.get()
    assert (reply.matter, reply.told.household, reply.told.topic) == (matter, street.doors[0], street.topic)


def test_with_the_name_where_he_wants_it(street: Street) -> None:
    assert matter_queries.author_names(bring(street, 1, named=True)) == ["潘根娣"]


def test_several_that_say_the_same_share_it_without_a_name(street: Street) -> None:
    matter = bring(street, 0, 1)
    assert set(Reply.objects.values_list("matter_id", flat=True)) == {matter.pk} and Reply.objects.count() == 2
    with pytest.raises(Refused) as refusal:
        bring(street, 0, 1, named=True)
    assert refusal.value.code == "briefing.several_names"
    assert Matter.objects.filter(source=Source.RELAY).count() == 1


def test_who_answered_was_told(street: Street) -> None:
    bring(street, 0)
    bring(street, 0, words="还有一句。")
    assert Told.objects.count() == 1 and Reply.objects.count() == 2


def test_a_double_press_brings_it_back_once_and_the_receipt_is_its_authors(street: Street) -> None:
    key = uuid.uuid4()
    first, again = bring(street, 0, key=key), bring(street, 0, key=key)
    assert first.pk == again.pk and Reply.objects.count() == 1
    code = matter_rules.code_of(rules.receipt_key(key))
    assert Receipt.objects.get(matter=first).code_hash == matter_rules.receipt_hash(code)
    holder = Actor("receipt", str(first.pk))
    settled = matters.confirm_words(first, actor=holder, text=f"{WORDS}字要大。")
    assert not settled.unconfirmed


def test_it_may_be_spoken(street: Street) -> None:
    matter = bring(street, 0, words="", uploads=(send(wav(2.0), Kind.AUDIO),))
    assert matter.voice_seconds > 0


def test_without_words_it_is_none(street: Street) -> None:
    with pytest.raises(Refused) as refusal:
        bring(street, 0, words=" ")
    assert refusal.value.code == "matters.no_words"
    assert not Told.objects.exists(), "nothing of it is kept"


@pytest.mark.parametrize("who", ["villager", "cadre", "beside", "clerk", "outsider"])
def test_nobody_else_brings_back(street: Street, who: str) -> None:
    with pytest.raises(Forbidden):
        bring(street, 0, by=getattr(street.desk.here, who))


def test_another_representatives_doors_are_not_his(street: Street) -> None:
    with pytest.raises(Refused) as refusal:
        bring(street, 0, by=street.other)
    assert refusal.value.code == "briefing.not_linked"


def test_names_are_read_by_who_links_them_and_the_cadre(street: Street) -> None:
    def names(who: Actor) -> list[str]:
        rows = queries.households_with_names(street.place, actor=who)
        return [row.householder for row in rows if row.householder]

    assert names(street.representative) == ["周阿根", "潘根娣", "徐有福"]
    assert names(street.other) == []
    assert len(names(street.desk.here.cadre)) == 5


def test_who_brought_it_does_not_read_it_afterwards(street: Street) -> None:
    matter = bring(street, 0)
    for right in ("matters.see", "matters.read_words", "matters.settle"):
        assert not hooks.may(street.representative, right, matter), right


def test_the_cadre_sees_to_what_it_was_an_answer(street: Street) -> None:
    matter = bring(street, 0, 1, topic_id=street.topic.pk)
    news = queries.newest(street.place)
    assert news is not None
    doors = queries.told_doors(news, actor=street.desk.here.cadre)
    assert queries.brought_back(doors) == [(matter, street.topic, 2)]
    heard = queries.heard(news)
    assert heard is not None and (heard.told, heard.brought) == (2, 1)
