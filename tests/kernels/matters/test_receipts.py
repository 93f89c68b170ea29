"""The author's receipt, issuing it anew, and claiming a matter with an account."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.kernels.matters.conftest import ANSWER, WORDS, Village, receipt_of
from xianglin.base.actor import NOBODY
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.matters import actions, queries, rules
from xianglin.kernels.matters.models import Matter, Receipt, Source, State

pytestmark = pytest.mark.usefixtures("morning")
NEW = "1234 5678 9012"


def test_only_a_keyed_hash_is_kept(here: Village) -> None:
    key = uuid.uuid4()
    matter = actions.raise_matter(here.place, actor=NOBODY, said=actions.Said(words=WORDS), key=key)
    code = rules.code_of(key)
    assert len(code) == 12 and code.isdigit()
    kept = Receipt.objects.get(matter=matter)
    assert code not in str(vars(kept)) and len(kept.code_hash) == 64
    found = queries.by_receipt(f" {code[:4]}-{code[4:8]} {code[8:]}")
    assert found is not None and found.pk == matter.pk
    assert queries.by_receipt("000000000000") is None
    assert queries.by_receipt("") is None


@pytest.mark.parametrize("who", ["cadre", "clerk", "county", "receipt"])
def test_issued_anew_the_old_one_stops(here: Village, who: str, trailed: Callable[..., Any]) -> None:
    key = uuid.uuid4()
    matter = actions.raise_matter(here.place, actor=NOBODY, said=actions.Said(words=WORDS), key=key)
    by = receipt_of(matter) if who == "receipt" else getattr(here, who)
    actions.issue_receipt(matter, actor=by, code=NEW)
    assert queries.by_receipt(rules.code_of(key)) is None
    found = queries.by_receipt("123456789012")
    assert found is not None and found.pk == matter.pk
    assert trailed(matter)[-1] == ("matters.issue_receipt", by.ref)


def test_a_code_is_used_once(here: Village) -> None:
    actions.issue_receipt(here.say(), actor=here.cadre, code=NEW)
    with pytest.raises(Refused) as refusal:
        actions.issue_receipt(here.say(), actor=here.cadre, code=NEW)
    assert refusal.value.code == "matters.code_used"


def test_who_has_it_issues_none(here: Village) -> None:
    for matter in (here.given(), here.answered()):
        with pytest.raises(Refused) as refusal:
            actions.issue_receipt(matter, actor=here.second, code=NEW)
        assert refusal.value.code == "matters.own_answer"


@pytest.mark.parametrize("who", ["villager", "beside", "inspector", "outsider", "officer"])
def test_not_theirs_to_issue(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        actions.issue_receipt(here.say(), actor=getattr(here, who), code=NEW)


def test_a_code_issued_before_having_it_settles_nothing(here: Village) -> None:
    """Issue a receipt while somebody else has it, be given it, answer, and press 办好了 with the code."""
    matter = here.given(to=here.cadre)
    actions.issue_receipt(matter, actor=here.second, code=NEW)
    matter = actions.assign_matter(matter, actor=here.clerk, account_id=here.second.account_id)
    matter = actions.answer_matter(matter, actor=here.second, text=ANSWER)
    with pytest.raises(Refused) as refusal:
        actions.settle_matter(matter, actor=receipt_of(matter), settled=True)
    assert refusal.value.code == "matters.receipt_from_handler"
    actions.issue_receipt(matter, actor=here.clerk, code="210987654321")
    assert actions.settle_matter(matter, actor=receipt_of(matter), settled=True).state == State.SETTLED


def test_the_slip_a_cadre_wrote_settles_nothing_of_their_own(here: Village) -> None:
    """They saw its code while writing the words down; it may say 没解决, and for 办好了 somebody else telephones."""
    matter = here.given(to=here.cadre, by=here.cadre, source=Source.VISIT)
    matter = actions.answer_matter(matter, actor=here.cadre, text=ANSWER)
    with pytest.raises(Refused) as refusal:
        actions.settle_matter(matter, actor=receipt_of(matter), settled=True)
    assert refusal.value.code == "matters.receipt_from_handler"
    assert actions.settle_matter(matter, actor=receipt_of(matter), settled=False).state == State.REOPENED


def test_claimed_with_its_code(here: Village, trailed: Callable[..., Any]) -> None:
    key = uuid.uuid4()
    matter = actions.raise_matter(here.place, actor=NOBODY, said=actions.Said(words=WORDS), key=key)
    actions.split_matter(matter, actor=here.cadre, titles=["灯", "路"])
    with pytest.raises(Refused) as refusal:
        actions.claim_matter(matter, actor=here.villager, code="000000000000")
    assert refusal.value.code == "matters.wrong_receipt"
    claimed = actions.claim_matter(matter, actor=here.villager, code=rules.code_of(key))
    assert claimed.author_account_id == here.villager.account_id
    assert set(queries.said_by(int(here.villager.id))) == set(Matter.objects.all())  # its part came along
    assert trailed(claimed)[-1] == ("matters.claim", here.villager.ref)
    with pytest.raises(Refused) as refusal:
        actions.claim_matter(matter, actor=here.beside, code=rules.code_of(key))
    assert refusal.value.code == "matters.claimed_already"


def test_who_has_it_does_not_claim_it(here: Village) -> None:
    """The cadre who wrote it down has seen the code on the slip."""
    key = uuid.uuid4()
    said = actions.Said(words=WORDS, source="visit")
    matter = actions.raise_matter(here.place, actor=here.cadre, said=said, key=key)
    matter = actions.assign_matter(matter, actor=here.clerk, account_id=here.cadre.account_id)
    matter = actions.answer_matter(matter, actor=here.cadre, text=ANSWER)
    with pytest.raises(Refused) as refusal:
        actions.claim_matter(matter, actor=here.cadre, code=rules.code_of(key))
    assert refusal.value.code == "matters.own_answer"


def test_claimed_first_and_given_afterwards_settles_nothing(here: Village) -> None:
    key = uuid.uuid4()
    matter = actions.raise_matter(here.place, actor=NOBODY, said=actions.Said(words=WORDS), key=key)
    actions.claim_matter(matter, actor=here.second, code=rules.code_of(key))
    matter = actions.assign_matter(matter, actor=here.cadre, account_id=here.second.account_id)
    matter = actions.answer_matter(matter, actor=here.second, text=ANSWER)
    with pytest.raises(Refused) as refusal:
        actions.settle_matter(matter, actor=here.second, settled=True)
    assert refusal.value.code == "matters.own_answer"


def test_claiming_needs_an_account(here: Village) -> None:
    with pytest.raises(Forbidden):
        actions.claim_matter(here.say(), actor=NOBODY, code=NEW)
