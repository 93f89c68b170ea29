"""The author's word, heard by somebody else than the person in charge."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.kernels.matters.conftest import ANSWER, Village, at, receipt_of
from tests.support.cast import SYSTEM, actor_of
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access import actions as access
from xianglin.commons.access.models import Account
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import How, State, Word

pytestmark = pytest.mark.usefixtures("morning")


@pytest.mark.parametrize("who", ["cadre", "clerk", "inspector", "county"])
def test_noted_by_somebody_else(here: Village, who: str, trailed: Callable[..., Any]) -> None:
    caller = getattr(here, who)
    done = actions.note_word(here.answered(), actor=caller, settled=True, text="说亮了")
    assert done.state == State.SETTLED
    word = Word.objects.get()
    assert (word.how, word.noted_by_id) == (How.CALL, caller.account_id)
    assert trailed(done)[-1] == ("matters.note_word", caller.ref)


@pytest.mark.parametrize("how", [How.CALL, How.SAMPLE])
def test_never_by_who_has_it(here: Village, how: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.note_word(here.answered(), actor=here.second, settled=True, how=how)
    assert refusal.value.code == "matters.own_answer"
    assert not Word.objects.exists()


def test_nor_by_who_wrote_the_answer_of_a_duplicate(here: Village) -> None:
    """The parent's person answers both; the duplicate had passed to somebody else meanwhile."""
    parent, child = here.given(), here.say()
    child = actions.link_duplicate(child, actor=here.cadre, parent_id=parent.pk)
    child = actions.assign_matter(child, actor=here.cadre, account_id=here.cadre.account_id)
    actions.answer_matter(parent, actor=here.second, text=ANSWER)
    for who in (here.cadre, here.second):
        with pytest.raises(Refused) as refusal:
            actions.note_word(child, actor=who, settled=True)
        assert refusal.value.code == "matters.own_answer"


def test_nor_by_a_member_of_the_department_that_has_it(here: Village) -> None:
    matter = actions.assign_matter(here.say(), actor=here.county, department="civil_affairs")
    matter = actions.answer_matter(matter, actor=here.officer, text=ANSWER)
    colleague = access.open_account(here.cast.places.county, actor=SYSTEM, username="aj-two", display_name="同事")
    for role, scope in (("county_officer", "department:civil_affairs"), ("county_clerk", "")):
        access.grant(here.cast.places.county, actor=SYSTEM, account=colleague, role=role, scope=scope)
    with pytest.raises(Refused) as refusal:
        actions.note_word(matter, actor=actor_of(Account.objects.get(pk=colleague.pk)), settled=True)
    assert refusal.value.code == "matters.own_answer"


@pytest.mark.parametrize("who", ["villager", "beside", "outsider", "officer"])
def test_not_theirs_to_note(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        actions.note_word(here.answered(), actor=getattr(here, who), settled=True)


def test_a_note_is_never_passed_off_as_the_authors_own_press(here: Village) -> None:
    with pytest.raises(Refused) as refusal:
        actions.note_word(here.answered(), actor=here.clerk, settled=True, how=How.PAGE)
    assert refusal.value.code == "matters.not_heard"


def test_a_sample_call_outranks_what_stood(here: Village) -> None:
    matter = here.answered()
    matter = actions.note_word(matter, actor=here.clerk, settled=True)
    with pytest.raises(Refused) as refusal:
        actions.note_word(matter, actor=here.clerk, settled=False)
    assert refusal.value.code == "matters.wrong_state"
    with clock.living_at(at("2026-03-15")):
        again = actions.note_word(matter, actor=here.inspector, settled=False, how=How.SAMPLE)
    assert (again.state, again.open, again.closed_on, again.round) == (State.REOPENED, True, None, 2)


def test_once_with_one_key(here: Village) -> None:
    matter, key = here.answered(), uuid.uuid4()
    for _twice in (1, 2):
        actions.note_word(matter, actor=here.clerk, settled=True, key=key)
    assert Word.objects.count() == 1


def test_every_word_stays(here: Village) -> None:
    matter = here.answered()
    matter = actions.settle_matter(matter, actor=receipt_of(matter), settled=False, text="还是不亮")
    matter = actions.answer_matter(matter, actor=here.second, text="又换了一次。")
    actions.note_word(matter, actor=here.clerk, settled=True, text="亮了")
    assert [w.text.open() for w in Word.objects.order_by("pk") if w.text] == ["还是不亮", "亮了"]
