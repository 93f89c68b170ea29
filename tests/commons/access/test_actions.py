"""Accounts and grants: what works, who may, and what is refused with a sentence."""

import contextlib
import datetime as dt
import json
import uuid
from typing import Any

import pytest

from tests.support.cast import SINCE, SYSTEM, Cast, actor_of, by_password
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access import actions, queries
from xianglin.commons.access.models import Account, Department, Grant
from xianglin.commons.trail.models import Entry


def test_an_administrator_gives_and_ends_grants_in_their_county(cast: Cast) -> None:
    admin = actor_of(cast.county_admin)
    account = actions.open_account(cast.places.town, actor=admin, username="zw-lin", display_name="林静")
    given = actions.grant(cast.places.town, actor=admin, account=account, role="town_clerk")
    assert [g.role for g in queries.grants_of(account.pk)] == ["town_clerk"]
    assert list(queries.accounts_with("town_clerk", cast.places.town)) == [cast.town_clerk, account]
    actions.end_grant(given, actor=admin)
    assert queries.grants_of(account.pk) == ()
    lines = Entry.objects.filter(chain=cast.places.county.pk, actor=admin.ref).order_by("position")
    assert [line.action for line in lines] == ["access.open_account", "access.grant", "access.end_grant"]


@pytest.mark.parametrize("place", ["next_county", "far_village", "province"])
def test_not_beside_or_above_it(cast: Cast, place: str) -> None:
    area = getattr(cast.places, place)
    with pytest.raises(Forbidden):
        actions.open_account(area, actor=actor_of(cast.county_admin), username="x", display_name="某")
    with pytest.raises(Forbidden):
        actions.grant(area, actor=actor_of(cast.county_admin), account=cast.town_clerk, role="town_clerk")


@pytest.mark.parametrize(
    "who", ["villager", "village_cadre", "town_clerk", "town_inspector", "county_officer", "outsider"]
)
def test_nobody_else_may(cast: Cast, who: str) -> None:
    actor = actor_of(getattr(cast, who))
    with pytest.raises(Forbidden):
        actions.grant(cast.places.village, actor=actor, account=cast.beside_cadre, role="village_cadre")
    with pytest.raises(Forbidden):
        actions.close_account(cast.beside_cadre, actor=actor)


def test_an_administrator_does_nothing_for_themselves(cast: Cast) -> None:
    admin = actor_of(cast.county_admin)
    with pytest.raises(Refused, match="别的管理员"):
        actions.grant(cast.places.county, actor=admin, account=cast.county_admin, role="county_officer")
    with pytest.raises(Refused, match="别的管理员"):
        actions.close_account(cast.county_admin, actor=admin)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"role": "no_such_role"}, "access.unknown_role"),
        ({"role": "county_admin"}, "access.wrong_level"),
        ({"role": "town_clerk", "scope": "everything"}, "access.scope"),
        ({"role": "town_clerk", "scope": "department:none"}, "access.unknown_department"),
        (
            {"role": "town_clerk", "from_on": dt.date(2026, 5, 2), "to_on": dt.date(2026, 5, 1)},
            "access.dates",
        ),
    ],
)
def test_a_grant_that_cannot_be(cast: Cast, told: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        actions.grant(cast.places.town, actor=SYSTEM, account=cast.outsider, **told)
    assert refusal.value.code == code


def test_a_password_role_needs_a_password_account(cast: Cast) -> None:
    with pytest.raises(Refused) as refusal:
        actions.grant(cast.places.town, actor=SYSTEM, account=cast.villager, role="town_clerk")
    assert refusal.value.code == "access.needs_password"


def test_the_same_grant_twice(cast: Cast) -> None:
    told = {"actor": SYSTEM, "account": cast.outsider, "role": "town_clerk"}
    key = uuid.uuid4()
    given = actions.grant(cast.places.town, key=key, **told)
    assert actions.grant(cast.places.town, key=key, **told) == given
    with pytest.raises(Refused) as refusal:
        actions.grant(cast.places.town, **told)
    assert refusal.value.code == "access.already_granted"


def test_leave_and_a_substitute_are_dates(cast: Cast) -> None:
    today = clock.today()
    [own] = queries.grants_of(cast.town_clerk.pk)
    substitute = by_password("zw-sub", "代班", cast.places.town)
    week = dt.timedelta(days=7)
    actions.end_grant(own, actor=SYSTEM)
    actions.grant(cast.places.town, actor=SYSTEM, account=substitute, role="town_clerk", to_on=today + week)
    actions.grant(cast.places.town, actor=SYSTEM, account=cast.town_clerk, role="town_clerk", from_on=today + week)
    assert list(queries.accounts_with("town_clerk", cast.places.town)) == [substitute]
    later = queries.accounts_with("town_clerk", cast.places.town, today + week + dt.timedelta(days=1))
    assert list(later) == [cast.town_clerk]


def test_an_ended_grant_is_not_lengthened_by_ending_it(cast: Cast) -> None:
    [own] = queries.grants_of(cast.town_clerk.pk)
    ended = actions.end_grant(own, actor=SYSTEM)
    with pytest.raises(Refused):
        actions.end_grant(ended, actor=SYSTEM, on=clock.today() + dt.timedelta(days=99))


def test_an_end_is_never_set_back(cast: Cast) -> None:
    [own] = queries.grants_of(cast.town_clerk.pk)
    with pytest.raises(Refused) as refusal:
        actions.end_grant(own, actor=SYSTEM, on=clock.today() - dt.timedelta(days=1))
    assert refusal.value.code == "access.end_in_past"


@pytest.mark.parametrize("on", [None, 0, 7])
def test_a_grant_that_has_not_begun_can_be_ended(cast: Cast, on: int | None) -> None:
    today = clock.today()
    ahead = today + dt.timedelta(days=30)
    given = actions.grant(cast.places.town, actor=SYSTEM, account=cast.outsider, role="town_clerk", from_on=ahead)
    last = None if on is None else today + dt.timedelta(days=on)
    ended = actions.end_grant(given, actor=SYSTEM, on=last)
    assert (ended.from_on, ended.ended_at is not None) == (ahead, True)
    for day in (today, ahead, ahead + dt.timedelta(days=1)):
        assert not queries.accounts_with("town_clerk", cast.places.town, day).filter(pk=cast.outsider.pk).exists()
        assert not ended.valid_on(day)


def test_given_and_ended_again_and_again_on_one_day(cast: Cast) -> None:
    """A wrong click is taken back at once, and each row keeps the day on which its holder could act."""
    today = clock.today()
    for _n in range(3):
        given = actions.grant(cast.places.town, actor=SYSTEM, account=cast.outsider, role="town_clerk")
        assert [g.area for g in queries.grants_of(cast.outsider.pk)] == [cast.places.far_town, cast.places.town]
        ended = actions.end_grant(given, actor=SYSTEM)
        assert (ended.from_on, ended.to_on, ended.valid_on(today)) == (today, today, False)
        assert [g.area for g in queries.grants_of(cast.outsider.pk)] == [cast.places.far_town]
        with pytest.raises(Refused) as refusal:
            actions.end_grant(ended, actor=SYSTEM)
        assert refusal.value.code == "access.already_ended"


def test_one_that_ends_at_once_counts_on_the_days_before(cast: Cast) -> None:
    [own] = queries.grants_of(cast.town_clerk.pk)
    ended = actions.end_grant(own, actor=SYSTEM)
    today = clock.today()
    for day, counts in [(SINCE, True), (today - dt.timedelta(days=1), True), (today, False)]:
        assert ended.valid_on(day) is counts
        assert queries.accounts_with("town_clerk", cast.places.town, day).exists() is counts


def test_one_that_ends_today_counts_today(cast: Cast) -> None:
    [own] = queries.grants_of(cast.town_clerk.pk)
    ended = actions.end_grant(own, actor=SYSTEM, on=clock.today())
    assert ended.valid_on(clock.today())
    assert queries.grants_of(cast.town_clerk.pk) == (ended,)
    actions.end_grant(ended, actor=SYSTEM)
    assert queries.grants_of(cast.town_clerk.pk) == ()


@pytest.mark.parametrize(
    ("from_on", "to_on", "given"), [(-9, None, False), (1, 3, False), (-9, 0, False), (11, None, True), (-9, -1, True)]
)
def test_the_same_post_is_not_given_twice_for_one_day(cast: Cast, from_on: int, to_on: int | None, given: bool) -> None:
    """Else it would go on after one of the two was ended."""

    def day(n: int | None) -> dt.date | None:
        return None if n is None else clock.today() + dt.timedelta(days=n)

    told = {"actor": SYSTEM, "account": cast.outsider, "role": "town_clerk"}
    actions.grant(cast.places.town, **told, to_on=day(10))
    refused = contextlib.nullcontext() if given else pytest.raises(Refused, match="已经给过")
    with refused:
        actions.grant(cast.places.town, **told, from_on=day(from_on), to_on=day(to_on))


def test_a_name_is_not_in_the_trail(cast: Cast) -> None:
    """The trail stays when a person is erased: it tells that a name changed, and not from what to what."""
    actions.set_display_name(cast.villager, actor=actor_of(cast.villager), display_name="沈茂林")
    told = " ".join(f"{e.before} {e.after} {e.subject} {e.actor}" for e in Entry.objects.all())
    for who in (*cast.everyone().values(), Account.objects.get(pk=cast.villager.pk)):
        for value in (who.display_name, who.pinyin, who.phone_mask, who.username):
            assert not value or value not in told, value
    line = Entry.objects.get(action="access.set_display_name")
    before, after = json.loads(line.before), json.loads(line.after)
    assert set(before) == set(after) == {"display_name", "pinyin"}
    assert before["display_name"] != after["display_name"]


def test_two_people_of_one_name_are_not_told_apart_or_alike_by_the_trail(cast: Cast) -> None:
    for n in (1, 2):
        actions.open_account(cast.places.town, actor=SYSTEM, username=f"same-{n}", display_name="陈晓雯")
    lines = Entry.objects.filter(action="access.open_account")
    assert len({json.loads(line.after)["display_name"] for line in lines}) == len(lines)


def test_closing_an_account_leaves_it_and_its_grants_on_record(cast: Cast) -> None:
    actions.close_account(cast.town_clerk, actor=actor_of(cast.county_admin))
    assert Account.objects.get(pk=cast.town_clerk.pk).closed_at is not None
    assert Grant.objects.filter(account=cast.town_clerk).exists()
    assert queries.reach(actor_of(cast.town_clerk)) == ()


@pytest.mark.parametrize(
    ("who", "whom", "allowed"),
    [
        ("villager", "villager", True),
        ("villager", "village_cadre", False),
        ("county_admin", "villager", True),
        ("county_admin", "outsider", False),
        ("town_clerk", "villager", False),
    ],
)
def test_a_name_is_set_by_its_owner_or_the_administrator(cast: Cast, who: str, whom: str, allowed: bool) -> None:
    actor, account = actor_of(getattr(cast, who)), getattr(cast, whom)
    if allowed:
        assert actions.set_display_name(account, actor=actor, display_name="沈茂").pinyin == "shenmao"
        return
    with pytest.raises(Forbidden):
        actions.set_display_name(account, actor=actor, display_name="沈茂")


def test_names_and_phones_are_taken_once(cast: Cast) -> None:
    with pytest.raises(Refused) as name:
        actions.open_account(cast.places.town, actor=SYSTEM, username="zw-chen", display_name="别人")
    with pytest.raises(Refused) as phone:
        actions.open_phone_account(cast.places.village, actor=SYSTEM, phone="13800000001")
    assert (name.value.code, phone.value.code) == ("access.name_taken", "access.phone_taken")


def test_a_department_is_added_once(cast: Cast) -> None:
    for _n in range(2):
        admin = actor_of(cast.county_admin)
        actions.add_department(cast.places.county, actor=admin, slug="labour", name="人社局")
    assert Department.objects.filter(key="labour").count() == 1
