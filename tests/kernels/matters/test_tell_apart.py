"""Two matters side by side: likely pairs are proposed, decided with both in sight, and taken back as easily."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.kernels.matters.conftest import MORNING, Village, receipt_of, steps
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access.models import Account, Grant
from xianglin.kernels.matters import actions, likeness
from xianglin.kernels.matters.models import Apart, Matter, State

pytestmark = pytest.mark.usefixtures("morning")
LAMP, SAME_LAMP = "桥头的路灯不亮了。", "桥头路灯不亮，看不见路。"


def two(here: Village) -> tuple[Matter, Matter]:
    return here.given(words=LAMP), here.given(words=SAME_LAMP, name="徐阿珍")


def grant_of(actor: Actor) -> Grant:
    return Grant.objects.get(account_id=actor.account_id)


def likely(actor: Actor) -> list[tuple[Matter, Matter]]:
    return [(pair.one, pair.other) for pair in likeness.pairs_for(grant_of(actor)).likely]


def browser(actor: Actor) -> Client:
    return as_account(Account.objects.get(pk=actor.account_id))


def press(client: Client, one: Matter, other: Matter, say: str, parent: Matter | None = None) -> Any:
    form = {"say": say, "key": str(uuid.uuid4()), "parent": str(parent.pk) if parent else ""}
    with clock.living_at(MORNING):
        return client.post(reverse("matters:beside", args=[one.pk, other.pk]), form)


# --- told apart


def test_what_was_told_apart_is_not_proposed_again(here: Village, trailed: Callable[..., Any]) -> None:
    one, other = two(here)
    assert likely(here.cadre) == [(one, other)] and likeness.like_this(one) == [other]
    actions.tell_apart(other, actor=here.cadre, other_id=one.pk)  # whichever way round
    row = Apart.objects.get()
    assert (row.one, row.other, row.by_id) == (one, other, here.cadre.account_id)
    assert likely(here.cadre) == [] and likeness.like_this(one) == likeness.like_this(other) == []
    assert [(p.one, p.other) for p in likeness.pairs_for(grant_of(here.cadre)).apart] == [(one, other)]
    assert trailed(other)[-1] == trailed(row)[-1] == ("matters.tell_apart", here.cadre.ref)
    assert "linked" not in steps(one) + steps(other), "its author hears nothing of it"


def test_said_twice_it_stands_once(here: Village) -> None:
    one, other = two(here)
    key = uuid.uuid4()
    for again in (key, key, uuid.uuid4()):
        actions.tell_apart(one, actor=here.cadre, other_id=other.pk, key=again)
    assert Apart.objects.count() == 1


def test_asked_again(here: Village, trailed: Callable[..., Any]) -> None:
    one, other = two(here)
    actions.tell_apart(one, actor=here.cadre, other_id=other.pk)
    actions.ask_again(one, actor=here.clerk, other_id=other.pk)
    assert likely(here.cadre) == [(one, other)]
    assert trailed(Apart.objects.get())[-1] == ("matters.ask_again", here.clerk.ref)
    with pytest.raises(Refused) as refusal:
        actions.ask_again(one, actor=here.cadre, other_id=other.pk)
    assert refusal.value.code == "matters.not_told_apart"
    actions.tell_apart(one, actor=here.cadre, other_id=other.pk)
    assert Apart.objects.filter(withdrawn_at=None).count() == 1


def test_what_is_no_pair(here: Village) -> None:
    one, other = two(here)
    beside = here.say(place=here.cast.places.beside_village)
    far = here.say(place=here.cast.places.far_village)
    for pk in (one.pk, beside.pk, far.pk, 10**9):
        with pytest.raises(Refused) as refusal:
            actions.tell_apart(one, actor=here.cadre, other_id=pk)
        assert refusal.value.code == "matters.no_such_pair"
    actions.tell_apart(one, actor=here.clerk, other_id=beside.pk)  # the town sees both
    actions.link_duplicate(other, actor=here.cadre, parent_id=one.pk)
    with pytest.raises(Refused) as refusal:
        actions.tell_apart(one, actor=here.cadre, other_id=other.pk)
    assert refusal.value.code == "matters.linked_already"


@pytest.mark.parametrize("who", ["villager", "beside", "inspector", "officer", "outsider"])
def test_not_theirs_to_tell_apart(here: Village, who: str) -> None:
    one, other = two(here)
    for verb in (actions.tell_apart, actions.ask_again):
        with pytest.raises(Forbidden):
            verb(one, actor=getattr(here, who), other_id=other.pk)


# --- which pairs are proposed


def test_only_pairs_that_can_be_joined_at_one_place(here: Village) -> None:
    one, other = two(here)
    here.say(words=LAMP, place=here.cast.places.beside_village)
    assert likely(here.clerk) == [(one, other)], "the same in two villages is two"
    actions.answer_matter(other, actor=here.second, text="换了灯头。")
    assert likely(here.cadre) == []


def test_parts_of_one_question_are_not_proposed(here: Village) -> None:
    whole = here.given(words="毛竹林流转怎么算，签几年。")
    actions.split_matter(whole, actor=here.cadre, titles=["毛竹林流转怎么算", "毛竹林流转签几年"])
    assert likely(here.cadre) == []


def test_linked_ones_are_not_proposed_but_their_parent_is(here: Village) -> None:
    one, other = two(here)
    third = here.given(words="桥头路灯不亮。")
    actions.link_duplicate(other, actor=here.cadre, parent_id=one.pk)
    assert likely(here.cadre) == [(one, third)]
    one.refresh_from_db()
    assert likeness.parents_of(one, third) == [one], "what has duplicates itself goes below nothing"


def test_no_more_are_looked_through_than_said(here: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(likeness, "LOOKED_THROUGH", 2)
    one, other = two(here)
    assert not likeness.pairs_for(grant_of(here.cadre)).cut
    with clock.living_at(MORNING.replace(day=20)):
        here.given(words="公交班次太少。")
    found = likeness.pairs_for(grant_of(here.cadre))
    assert (found.likely, found.cut) == ([], True)
    page = browser(here.cadre).get(reverse("matters:duplicates")).content.decode()
    assert "只比了期限最晚的 2 件" in page


def test_as_many_queries_for_many_as_for_few(here: Village) -> None:
    client = browser(here.cadre)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries, clock.living_at(MORNING):
            assert client.get(reverse("matters:duplicates")).status_code == 200
        return len(queries)

    two(here)
    asked()
    few = asked()
    for _n in range(5):
        two(here)
    assert asked() == few


# --- the page


def test_both_are_in_sight_with_what_they_share_marked(here: Village) -> None:
    one, other = two(here)
    client = browser(here.cadre)
    listed = client.get(reverse("matters:duplicates")).content.decode()
    assert reverse("matters:beside", args=[one.pk, other.pk]) in listed
    opened = client.get(reverse("matters:matter", args=[other.pk])).content.decode()
    assert reverse("matters:beside", args=[other.pk, one.pk]) in opened
    page = client.get(reverse("matters:beside", args=[other.pk, one.pk])).content.decode()
    assert "<mark>路灯不亮</mark>" in page and "看不见路。" in page and "徐阿珍" in page
    assert page.index(one.slip) < page.index(other.slip), "the first that came in stands first"


def test_one_press_joins_and_one_takes_it_back(here: Village) -> None:
    one, other = two(here)
    client = browser(here.cadre)
    assert press(client, one, other, "same").status_code == 302
    assert Matter.objects.get(pk=other.pk).parent_id == one.pk, "the first is the parent unless somebody chose"
    page = client.get(reverse("matters:beside", args=[one.pk, other.pk])).content.decode()
    assert 'value="unlink"' in page and 'value="same"' not in page
    press(client, one, other, "unlink")
    assert Matter.objects.get(pk=other.pk).parent_id is None
    press(client, one, other, "same", parent=other)
    assert Matter.objects.get(pk=one.pk).parent_id == other.pk


def test_one_press_tells_apart_and_one_takes_it_back(here: Village) -> None:
    one, other = two(here)
    client = browser(here.cadre)
    assert press(client, one, other, "apart").status_code == 302
    page = client.get(reverse("matters:beside", args=[one.pk, other.pk])).content.decode()
    assert 'value="again"' in page and 'value="same"' not in page
    press(client, one, other, "again")
    assert likely(here.cadre) == [(one, other)]


def test_what_somebody_has_is_the_parent_of_what_nobody_has(here: Village) -> None:
    new, given = here.say(words=LAMP), here.given(words=SAME_LAMP)
    client = browser(here.cadre)
    assert likeness.parents_of(new, given) == [given]
    page = client.get(reverse("matters:beside", args=[new.pk, given.pk])).content.decode()
    assert f"就并到 {given.slip}" in page
    press(client, new, given, "same", parent=given)
    new.refresh_from_db()
    assert (new.parent_id, new.state) == (given.pk, State.ASSIGNED)


def test_a_press_that_says_nothing_is_refused_and_what_cannot_be_joined_says_so(here: Village) -> None:
    one, other = two(here)
    client = browser(here.cadre)
    told = press(client, one, other, "")
    assert told.status_code == 422 and "请点一个" in told.content.decode()
    actions.withdraw_matter(other, actor=receipt_of(other))
    page = client.get(reverse("matters:beside", args=[one.pk, other.pk])).content.decode()
    assert "现在并不了" in page and 'value="same"' not in page
    told = press(client, one, other, "same")
    assert told.status_code == 422 and "不能这样办" in told.content.decode()


@pytest.mark.parametrize("who", ["beside", "inspector", "officer", "outsider", "villager"])
def test_the_page_is_not_theirs(here: Village, who: str) -> None:
    one, other = two(here)
    assert browser(getattr(here, who)).get(reverse("matters:beside", args=[one.pk, other.pk])).status_code == 404


def test_a_pair_of_one_or_with_an_accusation_is_not_there(here: Village) -> None:
    one, other = two(here)
    client = browser(here.cadre)
    assert client.get(reverse("matters:beside", args=[one.pk, one.pk])).status_code == 404
    actions.quarantine_matter(other, actor=here.cadre)
    assert client.get(reverse("matters:beside", args=[one.pk, other.pk])).status_code == 404
