"""The rights matrix with rows of no real room: inside, beside, outside; dates, scopes, relations."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.support.cast import SINCE, SYSTEM, Cast, actor_of, by_password
from xianglin.base import clock, hooks
from xianglin.base.action import action
from xianglin.base.actor import NOBODY, Actor, system
from xianglin.base.refused import Forbidden
from xianglin.base.registry import Role, Row
from xianglin.commons.access import actions, queries, rules, table
from xianglin.commons.areas.models import LEVEL_COLUMNS, Area

ROLES = (Role("t_village", "村岗", login="phone"), Role("t_town", "镇岗"), Role("t_county", "县岗"))
ROWS = (
    Row("t.in_area", ("t_village", "t_town", "t_county")),
    Row("t.always", ("t_town",), "always"),
    Row("t.anyone", ("anyone",)),
    Row("t.account", ("account",)),
    Row("t.system", ("system",)),
    Row("t.related", ("t_town",), "t_mine"),
    Row("t.related_account", ("account",), "t_mine"),
    Row("t.author", ("author",)),
)


@pytest.fixture(autouse=True)
def fake_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "ROLES", {role.key: role for role in ROLES} | table.ROLES)
    monkeypatch.setattr(table, "ROWS", dict(table.ROWS) | {row.action: [row] for row in ROWS})
    related = {"t_mine": lambda actor, subject: getattr(subject, "mine", False)}
    related["author"] = lambda actor, subject: getattr(subject, "author", None) == actor.id
    monkeypatch.setattr(rules, "RELATIONS", rules.RELATIONS | related)


@pytest.fixture
def holder(cast: Cast) -> Any:
    """An account that holds one fake role: ``holder("t_town", area, scope, from, to)`` answers its actor."""
    made = []

    def hold(role: str, area: Area, scope: str = "", from_on: dt.date = SINCE, to_on: dt.date | None = None) -> Actor:
        account = by_password(f"holder-{len(made)}", "某人", cast.places.town)
        account.grants.create(role=role, area=area, scope=scope, from_on=from_on, to_on=to_on)
        made.append(account)
        return actor_of(account)

    return hold


def thing(area: Area, **more: Any) -> Any:
    """A row with InArea columns, as a matter has them."""
    return SimpleNamespace(**{column: getattr(area, column) for column in LEVEL_COLUMNS}, **more)


@pytest.mark.parametrize(
    ("role", "held_at", "subject_at", "allowed"),
    [
        ("t_village", "village", "village", True),
        ("t_village", "village", "beside_village", False),
        ("t_village", "village", "town", False),
        ("t_village", "village", "far_village", False),
        ("t_town", "town", "village", True),
        ("t_town", "town", "beside_village", True),
        ("t_town", "town", "beside_town", False),
        ("t_town", "town", "county", False),
        ("t_town", "town", "far_village", False),
        ("t_county", "county", "village", True),
        ("t_county", "county", "next_county", False),
        ("t_county", "province", "far_village", True),
        ("t_county", "city", "far_village", True),
    ],
)
def test_inside_beside_and_outside(
    cast: Cast, holder: Any, role: str, held_at: str, subject_at: str, allowed: bool
) -> None:
    actor = holder(role, getattr(cast.places, held_at))
    area = getattr(cast.places, subject_at)
    assert hooks.may(actor, "t.in_area", area) is allowed
    assert hooks.may(actor, "t.in_area", thing(area)) is allowed
    assert hooks.may(actor, "t.in_area", SimpleNamespace(area=area)) is allowed


def test_nowhere_lies_in_no_area(holder: Any, cast: Cast) -> None:
    actor = holder("t_town", cast.places.town)
    assert not hooks.may(actor, "t.in_area", None)
    assert hooks.may(actor, "t.always", None)


@pytest.mark.parametrize(
    ("from_days", "to_days", "allowed"),
    [(-9, None, True), (0, 0, True), (-9, 0, True), (-9, -1, False), (1, None, False), (1, 9, False)],
)
def test_dates_count_with_both_their_days(
    cast: Cast, holder: Any, from_days: int, to_days: int | None, allowed: bool
) -> None:
    day = clock.today()
    to_on = None if to_days is None else day + dt.timedelta(days=to_days)
    actor = holder("t_town", cast.places.town, from_on=day + dt.timedelta(days=from_days), to_on=to_on)
    assert hooks.may(actor, "t.in_area", cast.places.village) is allowed
    assert bool(queries.reach(actor)) is allowed


@pytest.mark.parametrize(
    ("scope", "subject", "allowed"),
    [
        ("", {"department": "labour", "kind": "labour.wages"}, True),
        ("department:civil", {"department": "civil"}, True),
        ("department:civil", {"department": SimpleNamespace(key="civil")}, True),
        ("department:civil", {"department": "labour"}, False),
        ("department:civil", {"department": ""}, False),
        ("department:civil", {}, True),
        ("programme:briefing", {"kind": "briefing.question"}, True),
        ("programme:briefing", {"kind": "briefing"}, True),
        ("programme:briefing", {"kind": "briefings.other"}, False),
        ("programme:briefing", {"kind": "labour.wages"}, False),
    ],
)
def test_scope(cast: Cast, holder: Any, scope: str, subject: dict[str, Any], allowed: bool) -> None:
    actor = holder("t_county", cast.places.county, scope)
    assert hooks.may(actor, "t.in_area", thing(cast.places.village, **subject)) is allowed


def test_two_areas_are_two_grants(cast: Cast, holder: Any) -> None:
    actor = holder("t_town", cast.places.town)
    account = queries.reach(actor)[0].account
    account.grants.create(role="t_town", area=cast.places.far_town, from_on=SINCE)
    for place, allowed in [("village", True), ("far_village", True), ("beside_town", False)]:
        assert hooks.may(actor, "t.in_area", getattr(cast.places, place)) is allowed


def test_those_who_need_no_grant(cast: Cast) -> None:
    villager, at = actor_of(cast.villager), cast.places.village
    receipt = Actor("receipt", "r-1")
    assert hooks.may(NOBODY, "t.anyone", None)
    assert hooks.may(villager, "t.account", at)
    assert not hooks.may(receipt, "t.account", at)
    assert not hooks.may(NOBODY, "t.account", at)
    assert hooks.may(system("jobs"), "t.system", None)
    assert not hooks.may(villager, "t.system", at)
    assert hooks.may(receipt, "t.author", thing(at, author="r-1"))
    assert not hooks.may(receipt, "t.author", thing(at, author="r-2"))
    assert not hooks.may(NOBODY, "t.author", thing(at, author="r-1"))


def test_a_relation_is_asked_beside_the_area(cast: Cast, holder: Any) -> None:
    actor = holder("t_town", cast.places.town)
    assert hooks.may(actor, "t.related", thing(cast.places.village, mine=True))
    assert not hooks.may(actor, "t.related", thing(cast.places.village, mine=False))
    assert not hooks.may(actor, "t.related", thing(cast.places.far_village, mine=True))
    assert hooks.may(actor, "t.related_account", thing(cast.places.far_village, mine=True))


def test_what_nobody_allowed_is_refused_with_whom_to_turn_to(cast: Cast, holder: Any) -> None:
    actor = holder("t_village", cast.places.village)
    with pytest.raises(Forbidden) as unknown:
        hooks.authorise(actor, "t.no_such_action", cast.places.village)
    assert unknown.value.code == "access.not_yours"
    with pytest.raises(Forbidden) as known:
        hooks.authorise(actor, "t.always", cast.places.village)
    assert "镇岗" in str(known.value)
    with pytest.raises(Forbidden) as nobody:
        hooks.authorise(NOBODY, "t.always", cast.places.village)
    assert nobody.value.code == "access.log_in_first"


def test_a_closed_account_holds_nothing(cast: Cast, holder: Any) -> None:
    actor = holder("t_town", cast.places.town)
    actions.close_account(queries.reach(actor)[0].account, actor=SYSTEM)
    assert not hooks.may(actor, "t.in_area", cast.places.village)


def test_grants_are_read_once_per_request(cast: Cast, holder: Any, django_assert_num_queries: Any) -> None:
    actor = holder("t_town", cast.places.town)
    with queries.remembered_grants(), django_assert_num_queries(1):
        for _row in range(50):
            assert hooks.may(actor, "t.in_area", cast.places.village)


@action("tests.ask_often")
def ask_often(place: Area, *, actor: Actor) -> None:
    for _row in range(50):
        assert hooks.may(actor, "t.in_area", place)


def test_grants_are_read_once_per_outermost_action(cast: Cast, holder: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    actor = holder("t_town", cast.places.town)
    monkeypatch.setitem(table.ROWS, "tests.ask_often", [Row("tests.ask_often", ("anyone",), "always")])
    read = queries.grants_of
    times: list[int] = []
    monkeypatch.setattr(queries, "grants_of", lambda account_id: times.append(account_id) or read(account_id))
    ask_often(cast.places.village, actor=actor)
    ask_often(cast.places.village, actor=actor)
    assert times == [actor.account_id] * 2, "read anew for each, in its own transaction"


@pytest.mark.parametrize(
    "rows",
    [(Row("x", ("no_such_role",)),), (Row("x", ("anyone",), "no_such_relation"),)],
)
def test_a_table_that_names_what_does_not_exist_stops_the_start(
    rows: tuple[Row, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "ROWS", {"x": list(rows)})
    with pytest.raises(ImproperlyConfigured):
        table.check()


def test_a_role_is_declared_once() -> None:
    with pytest.raises(ImproperlyConfigured):
        table.add((ROLES[0],), ())
