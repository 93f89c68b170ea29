"""The author's receipt, issuing it anew, and claiming a matter with an account."""

import io
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.kernels.matters.conftest import ANSWER, WORDS, Village, receipt_of
from tests.support.cast import SYSTEM, actor_of, as_account, by_password
from xianglin.base.actor import NOBODY, Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access import actions as access
from xianglin.commons.access.models import Account
from xianglin.kernels.matters import actions, queries, rules
from xianglin.kernels.matters.models import Matter, Receipt, Source, State

pytestmark = pytest.mark.usefixtures("morning")


def issue(matter: Matter, by: Actor) -> str:
    """Made anew; the code."""
    key = uuid.uuid4()
    actions.issue_receipt(matter, actor=by, key=key)
    return rules.code_of(key)


def test_only_a_keyed_hash_is_kept(here: Village) -> None:
    key = uuid.uuid4()
    matter = actions.raise_matter(here.place, actor=NOBODY, said=actions.Said(words=WORDS), key=key)
    code = rules.code_of(key)
    assert len(code) == 12 and code.isdigit()
    kept = Receipt.objects.get(matter=matter)
    assert code not in str(vars(kept)) and len(kept.code_hash) == 64
    found = queries.by_receipt(f" {code[:4]}-{code[4:8]} {code[8:]}")
    assert found is not None and found.matter_id == matter.pk
    assert queries.by_receipt("000000000000") is None
    assert queries.by_receipt("") is None


@pytest.mark.parametrize("who", ["cadre", "clerk", "county", "receipt"])
def test_issued_anew_the_old_one_stops(here: Village, who: str, trailed: Callable[..., Any]) -> None:
    key = uuid.uuid4()
    matter = actions.raise_matter(here.place, actor=NOBODY, said=actions.Said(words=WORDS), key=key)
    by = receipt_of(matter) if who == "receipt" else getattr(here, who)
    code = issue(matter, by)
    assert queries.by_receipt(rules.code_of(key)) is None
    found = queries.by_receipt(code)
    assert found is not None and found.matter_id == matter.pk
    assert trailed(matter)[-1] == ("matters.issue_receipt", by.ref)


def test_pressed_twice_it_is_the_same_slip(here: Village) -> None:
    matter, key = here.say(), uuid.uuid4()
    first = actions.issue_receipt(matter, actor=here.cadre, key=key)
    assert actions.issue_receipt(matter, actor=here.cadre, key=key) == first
    assert matter.receipts.filter(withdrawn_at=None).count() == 1


def test_who_has_it_issues_none(here: Village) -> None:
    for matter in (here.given(), here.answered()):
        with pytest.raises(Refused) as refusal:
            issue(matter, here.second)
        assert refusal.value.code == "matters.own_answer"


@pytest.mark.parametrize("who", ["villager", "beside", "inspector", "outsider", "officer"])
def test_not_theirs_to_issue(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        issue(here.say(), getattr(here, who))


def test_a_code_issued_before_having_it_settles_nothing(here: Village) -> None:
    """Issue a receipt while somebody else has it, be given it, answer, and press 办好了 with the code."""
    matter = here.given(to=here.cadre)
    issue(matter, here.second)
    matter = actions.assign_matter(matter, actor=here.clerk, account_id=here.second.account_id)
    matter = actions.answer_matter(matter, actor=here.second, text=ANSWER)
    with pytest.raises(Refused) as refusal:
        actions.settle_matter(matter, actor=receipt_of(matter), settled=True)
    assert refusal.value.code == "matters.receipt_from_handler"
    issue(matter, here.clerk)
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
        actions.claim_matter(here.say(), actor=NOBODY, code="123456789012")


def test_who_wrote_the_slip_does_not_claim_with_it(here: Village) -> None:
    key = uuid.uuid4()
    said = actions.Said(words=WORDS, source="visit")
    matter = actions.raise_matter(here.place, actor=here.second, said=said, key=key)
    with pytest.raises(Refused) as refusal:
        actions.claim_matter(matter, actor=here.second, code=rules.code_of(key))
    assert refusal.value.code == "matters.own_receipt"
    assert actions.claim_matter(matter, actor=here.villager, code=rules.code_of(key)).author_account_id


def test_the_wholes_slip_speaks_for_a_part_and_a_handlers_does_not(here: Village) -> None:
    """Write the words down, split them, take a part, answer it, and press 办好了 with the slip of the whole."""
    key = uuid.uuid4()
    said = actions.Said(words=WORDS, source="visit")
    whole = actions.raise_matter(here.place, actor=here.cadre, said=said, key=key)
    actions.split_matter(whole, actor=here.cadre, titles=["灯", "路"])
    part = whole.parts.get()
    part = actions.assign_matter(part, actor=here.clerk, account_id=here.cadre.account_id)
    part = actions.answer_matter(part, actor=here.cadre, text=ANSWER)
    for deed in (
        lambda: actions.settle_matter(part, actor=receipt_of(whole), settled=True),
        lambda: actions.withdraw_matter(part, actor=receipt_of(whole)),
    ):
        with pytest.raises(Refused) as refusal:
            deed()
        assert refusal.value.code == "matters.receipt_from_handler"
    issue(whole, here.clerk)
    assert actions.settle_matter(part, actor=receipt_of(whole), settled=True).state == State.SETTLED


def test_a_part_is_claimed_with_the_wholes_code(here: Village) -> None:
    key = uuid.uuid4()
    whole = actions.raise_matter(here.place, actor=NOBODY, said=actions.Said(words=WORDS), key=key)
    actions.split_matter(whole, actor=here.cadre, titles=["灯", "路"])
    part = whole.parts.get()
    assert actions.claim_matter(part, actor=here.villager, code=rules.code_of(key)).author_account_id


def test_a_slip_made_anew_shuts_the_browser_that_saw_the_old_one(here: Village) -> None:
    """Make a slip, look at it without logging in, be given the matter, and press 办好了 there."""
    matter = here.given(to=here.cadre)
    thief = Client()
    thief.post("/r/", {"code": issue(matter, here.second)})
    page = f"/r/{matter.pk}/"
    assert thief.get(page).status_code == 200
    issue(matter, here.clerk)
    matter = actions.assign_matter(matter, actor=here.clerk, account_id=here.second.account_id)
    actions.answer_matter(matter, actor=here.second, text=ANSWER)
    assert thief.get(page).status_code == 404
    press = {"settled": "yes", "text": "", "key": str(uuid.uuid4())}
    assert thief.post(f"{page}word/", press).status_code == 404
    assert f'href="{page}"' not in thief.get("/r/").content.decode()
    assert Matter.objects.get(pk=matter.pk).state == State.ANSWERED


def test_a_slip_of_the_department_settles_nothing_of_its_own(here: Village) -> None:
    colleague = by_password("colleague", "同事", here.cast.places.county, "county_clerk")
    access.grant(
        here.cast.places.county,
        actor=SYSTEM,
        account=colleague,
        role="county_officer",
        scope="department:civil_affairs",
    )
    matter = here.say()
    issue(matter, actor_of(colleague))
    matter = actions.assign_matter(matter, actor=here.county, department="civil_affairs")
    matter = actions.answer_matter(matter, actor=here.officer, text=ANSWER)
    with pytest.raises(Refused) as refusal:
        actions.settle_matter(matter, actor=receipt_of(matter), settled=True)
    assert refusal.value.code == "matters.receipt_from_handler"


def test_the_sheet_of_receipts_pressed_twice_is_the_same_sheet(here: Village) -> None:
    for n in range(3):
        here.given(by=here.cadre, source=Source.VISIT, words=f"第 {n} 盏灯不亮")
        Receipt.objects.all().delete()
    here.given(to=here.cadre, words="我自己经办的")
    Receipt.objects.all().delete()
    cadre, key = as_account(Account.objects.get(pk=here.cadre.account_id)), str(uuid.uuid4())
    first, again = (codes_in(cadre.post("/matters/receipts/", {"key": key}).content) for _twice in (1, 2))
    assert len(first) == 3 and first == again
    found = queries.by_receipt(first[0])
    assert found is not None
    assert codes_in(cadre.post("/matters/receipts/", {"key": str(uuid.uuid4())}).content) == []


def test_a_town_prints_for_its_villages(here: Village) -> None:
    here.given(words="灯不亮")
    Receipt.objects.all().delete()
    clerk = as_account(Account.objects.get(pk=here.clerk.account_id))
    assert len(codes_in(clerk.post("/matters/receipts/", {"key": str(uuid.uuid4())}).content)) == 1


def codes_in(sheet: bytes) -> list[str]:
    rows = list(load_workbook(io.BytesIO(sheet)).active.iter_rows(values_only=True))
    return [str(row[4]) for row in rows[1:]]
