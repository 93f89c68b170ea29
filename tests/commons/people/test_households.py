"""A village's households: noted one by one or from its list, read with or without names."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.kernels.matters.conftest import Village, build_village
from xianglin import cli
from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange.models import Batch
from xianglin.commons.people import actions, queries
from xianglin.commons.people.models import Household
from xianglin.commons.trail.models import Entry

VILLAGE, BESIDE = "330523103202", "330523103200"
Load = Callable[..., tuple[int, int, int]]


@pytest.fixture
def here(db: None, settings: Any) -> Village:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return build_village()


@pytest.fixture
def load(here: Village, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Load:
    """Import a list into a village; how many rows were created, unchanged and rejected."""

    def run(*lines: str, code: str = VILLAGE) -> tuple[int, int, int]:
        (path := tmp_path / "户册.csv").write_text("\n".join(lines), encoding="utf-8")
        assert cli.main(["import", "households", str(path), "--area", code, "--json"]) == 0
        told = json.loads(capsys.readouterr().out.splitlines()[-1])
        return told["created"], told["unchanged"], told["rejected"]

    return run


def note(
    place: Area, actor: Actor, number: str, name: str = "徐阿根", group: str = "上坞", phone: str = ""
) -> Household:
    return actions.note_household(place, actor=actor, door=actions.Door(number, name, group, phone))


def test_a_household_is_noted_sealed_and_trailed(here: Village) -> None:
    made = note(here.place, here.cadre, " 12号 ", phone="13800001234")
    row = Household.objects.get()
    assert (row.pk, row.number, row.group, row.village_id) == (made.pk, "12号", "上坞", here.place.pk)
    assert (row.name.key_id, row.phone.key_id) == (row.person.key_id, row.person.key_id)
    assert "徐阿根" not in str(list(Household.objects.values("name", "phone")))
    assert Entry.objects.filter(action="people.note_household", subject=f"people.Household:{row.pk}").count() == 1
    [told] = queries.read_householders([row], actor=here.cadre)
    assert (told.householder, queries.read_phone(row, actor=here.cadre)) == ("徐阿根", "13800001234")


@pytest.mark.parametrize("who", ["villager", "beside", "inspector", "officer", "outsider"])
def test_whoever_does_not_keep_the_list_neither_adds_nor_reads(here: Village, who: str) -> None:
    row, actor = note(here.place, here.cadre, "12", phone="13800001234"), getattr(here, who)
    with pytest.raises(Forbidden):
        note(here.place, actor, "13")
    [told] = queries.read_householders([row], actor=actor)
    assert (told.householder, told.door, queries.read_phone(row, actor=actor)) == ("", "上坞 12", "")


def test_a_door_is_in_the_village_once(here: Village) -> None:
    note(here.place, here.cadre, "12")
    with pytest.raises(Refused) as refused:
        note(here.place, here.clerk, "12", group="里坞")
    assert refused.value.code == "people.door_taken"
    note(here.place, here.cadre, "里坞12", group="里坞")
    note(here.cast.places.beside_village, here.beside, "12")
    assert sorted(row.door for row in queries.households_in(here.cast.places.town)) == ["上坞 12", "上坞 12", "里坞12"]


@pytest.mark.parametrize(
    ("number", "name", "code"),
    [(" ", "徐阿根", "people.no_number"), ("12", " ", "people.no_householder"), ("1" * 21, "徐", "people.too_long")],
)
def test_what_a_list_must_say(here: Village, number: str, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        note(here.place, here.cadre, number, name)
    assert refused.value.code == code


def test_a_list_is_a_villages(here: Village) -> None:
    with pytest.raises(Refused) as refused:
        note(here.cast.places.town, here.clerk, "12")
    assert refused.value.code == "people.no_village"


def test_they_stand_as_one_walks_past_them(here: Village) -> None:
    for number in ("10", "9", "9-1", "102"):
        note(here.place, here.cadre, number)
    assert [row.number for row in queries.households_in(here.place)] == ["9", "9-1", "10", "102"]
    assert queries.household_in(here.cast.places.beside_village, Household.objects.first().pk) is None


def test_names_are_one_query(here: Village, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        note(here.place, here.cadre, str(number), f"徐{number}")
    rows = list(queries.households_in(here.place))
    with django_assert_max_num_queries(2):  # the actor's grants, the keys
        assert all(row.householder for row in queries.read_householders(rows, actor=here.cadre))


@pytest.mark.parametrize(
    "headers",
    ["户号,组,户主,电话", "门牌号,自然村,户主姓名,联系电话", "门牌,组/自然村,姓名,手机", "户号,村民小组,户主,手机号码"],
)
def test_a_villages_list_comes_in_once(load: Load, headers: str) -> None:
    lines = (headers, "1,上坞,徐阿根,13800001234", "2,上坞,陈小英,", "3.0,里坞,王土根,")
    assert load(*lines) == (3, 0, 0)
    assert load(*lines) == (0, 3, 0), "the same list again"
    assert [(row.number, row.group) for row in Household.objects.order_by("number")] == [
        ("1", "上坞"),
        ("2", "上坞"),
        ("3", "里坞"),
    ]


def test_another_village_has_the_same_numbers(load: Load) -> None:
    lines = ("户号,户主", "1,徐阿根", "2,陈小英")
    assert load(*lines) == (2, 0, 0)
    assert load(*lines, code=BESIDE) == (2, 0, 0)
    assert load("户号,户主", "1,徐阿根", "2,陈小英", "3,王土根", code=BESIDE) == (1, 2, 0)


def test_a_known_number_with_another_householder_is_told(load: Load) -> None:
    load("户号,户主", "1,徐阿根")
    assert load("户号,户主", "1,徐小根") == (0, 0, 1)
    [[column, _sentence, code]] = Batch.objects.latest("pk").rows.get(state="bad").errors
    assert (column, code) == ("number", "exchange.changed")


def test_who_is_noted_by_hand_is_refused_in_the_list_and_nobody_else(here: Village, load: Load) -> None:
    note(here.place, here.cadre, "2", "陈小英")
    assert load("户号,户主", "1,徐阿根", "2,陈小英", "3,王土根") == (2, 0, 1)
    assert Household.objects.count() == 3
