"""Saying something: words kept, a clock that starts, a receipt, a line of the trail."""

import datetime as dt
import uuid

import pytest
from django.test import Client

from tests.kernels.matters.conftest import WORDS, Village, at, steps
from tests.support.cast import actor_of, by_phone
from xianglin.base import clock, hooks
from xianglin.base.actor import NOBODY
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.keys.sealing import open_all
from xianglin.commons.trail.models import Entry
from xianglin.kernels.matters import actions, queries, rules
from xianglin.kernels.matters.models import TEXT_LENGTH, Matter, Receipt, Source, State

pytestmark = pytest.mark.usefixtures("morning")


def test_words_become_a_matter_with_a_day(here: Village) -> None:
    matter = here.say(name="徐阿珍", phone="13800000077")
    assert (matter.state, matter.open, matter.public) == (State.RECEIVED, True, False)
    assert (matter.started_on, matter.due_on, matter.next_on) == (
        dt.date(2026, 3, 10), dt.date(2026, 4, 10), dt.date(2026, 4, 10),
    )  # fmt: skip
    assert queries.words_of(matter) == WORDS
    assert queries.author_names(matter) == ["徐阿珍"]
    assert (matter.village_id, matter.county_id) == (here.place.pk, here.cast.places.county.pk)
    assert matter.handler_id is None
    assert steps(matter) == ["raised"]


def test_the_trail_holds_it_without_plain_words(here: Village) -> None:
    matter = here.say(words="徐阿珍家门口的路灯坏了，打 13800000077。", name="徐阿珍", phone="13800000077")
    rows = Entry.objects.filter(subject=f"matters.Matter:{matter.pk}")
    assert [(r.action, r.actor, r.chain) for r in rows] == [("matters.raise", "nobody", matter.county_id)]
    everything = "".join(Entry.objects.values_list("after", flat=True))
    for secret in ("徐阿珍", "13800000077"):
        assert secret not in everything


def test_numbers_run_within_a_place(here: Village) -> None:
    beside = here.say(place=here.cast.places.beside_village)
    assert [here.say().serial, here.say().serial, beside.serial] == [1, 2, 1]
    assert here.say().slip == "玉华003"


def test_a_repeated_submit_is_one_matter(here: Village) -> None:
    key = uuid.uuid4()
    said = actions.Said(words=WORDS)
    first = actions.raise_matter(here.place, actor=NOBODY, said=said, key=key)
    again = actions.raise_matter(here.place, actor=NOBODY, said=said, key=key)
    assert first.pk == again.pk and Matter.objects.count() == 1 and Receipt.objects.count() == 1
    found = queries.by_receipt(rules.spaced(rules.code_of(key)))
    assert found is not None and found.matter_id == first.pk


def test_somebody_elses_key_is_refused(here: Village) -> None:
    key = uuid.uuid4()
    actions.raise_matter(here.place, actor=here.villager, said=actions.Said(words=WORDS), key=key)
    with pytest.raises(Refused) as refusal:
        actions.raise_matter(here.place, actor=here.cadre, said=actions.Said(words=WORDS), key=key)
    assert refusal.value.code == "trail.key_reused"


def test_other_words_under_the_same_key_are_no_repeat(here: Village) -> None:
    """The Back button, other words, and send: neither lost nor taken for the first."""
    key = uuid.uuid4()
    actions.raise_matter(here.place, actor=NOBODY, said=actions.Said(words=WORDS), key=key)
    with pytest.raises(Refused) as refusal:
        actions.raise_matter(here.place, actor=NOBODY, said=actions.Said(words="水管也漏了。"), key=key)
    assert refusal.value.code == "trail.said_otherwise"


def test_the_page_takes_other_words_at_the_second_press(here: Village, client: Client) -> None:
    page, key = f"/v/{here.place.code}/say/", str(uuid.uuid4())
    client.post(page, {"words": WORDS, "key": key})
    again = client.post(page, {"words": "水管也漏了。", "key": key})
    assert again.status_code == 422 and "水管也漏了。" in again.content.decode()
    fresh = again.context["form"]["key"].value()
    assert fresh != key
    assert client.post(page, {"words": "水管也漏了。", "key": fresh}).status_code == 302
    assert Matter.objects.count() == 2


def test_a_city_receives_nothing(here: Village) -> None:
    with pytest.raises(Refused) as refusal:
        here.say(place=here.cast.places.city)
    assert refusal.value.code == "matters.place_too_wide"


def test_a_name_is_chosen_each_time(here: Village) -> None:
    first = here.say(by=here.villager, name="陈阿土", phone="13900000000")
    second = here.say(by=here.villager)
    third = here.say(by=here.villager, name="阿土婶", phone="13900000001")
    assert [queries.author_names(m) for m in (first, second, third)] == [["陈阿土"], [], ["阿土婶"]]
    assert open_all([first.phone, second.phone, third.phone]) == ["13900000000", None, "13900000001"]
    assert first.author_id == second.author_id == third.author_id


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("  ", "matters.no_words"),
        ("\u200b\u200d\ufeff", "matters.no_words"),
        ("长" * (TEXT_LENGTH + 1), "matters.words_too_long"),
    ],
)
def test_words_that_are_none_or_too_many(here: Village, words: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        here.say(words=words)
    assert refusal.value.code == code
    assert not Matter.objects.exists() and not Entry.objects.filter(action="matters.raise").exists()


def test_a_kind_nobody_declares(here: Village) -> None:
    with pytest.raises(Refused) as refusal:
        here.say(kind="nothing.at_all")
    assert refusal.value.code == "matters.unknown_kind"


def test_a_wrong_phone_is_said_kindly(here: Village) -> None:
    with pytest.raises(Refused) as refusal:
        here.say(phone="12345")
    assert refusal.value.code == "matters.phone"


def test_an_account_says_it_as_itself_and_is_one_person(here: Village) -> None:
    first, second = here.say(by=here.villager), here.say(by=here.villager)
    assert first.author_account_id == here.villager.account_id
    assert first.author_id == second.author_id
    assert rules.is_author(here.villager, first)


def test_what_a_cadre_writes_down_is_not_the_cadres(here: Village) -> None:
    matter = here.say(by=here.cadre, source="visit", name="王土根")
    assert (matter.author_account_id, matter.recorded_by_id) == (None, here.cadre.account_id)


@pytest.mark.parametrize("who", ["villager", "beside", "inspector", "outsider"])
def test_only_the_receiving_post_writes_for_others(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        here.say(by=getattr(here, who), source="visit")
    assert not Matter.objects.exists()


def test_what_a_representative_brings_back_is_its_authors(here: Village) -> None:
    """Written by another (村民代表带回来的): whoever holds the receipt reads it, and confirms it or puts it right."""
    representative = actor_of(by_phone("13800000031", "徐文昌", here.place, "villagers_representative"))
    matter = here.say(by=representative, source=Source.RELAY, name="周阿根")
    assert (matter.author_account_id, matter.recorded_by_id) == (None, representative.account_id)
    assert matter.written_by_another and queries.to_confirm(matter) == WORDS
    assert not hooks.may(representative, "matters.settle", matter), "who brings it does not speak for its author"
    with pytest.raises(Forbidden):
        here.say(by=representative, source=Source.VISIT)
    with pytest.raises(Forbidden):
        here.say(by=representative, source=Source.RELAY, place=here.cast.places.beside_village)


@pytest.mark.parametrize("who", ["villager", "cadre", "clerk", "outsider"])
def test_nobody_else_says_that_a_representative_brought_it(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        here.say(by=getattr(here, who), source=Source.RELAY)


def test_a_sheets_number_comes_in_once_a_county(here: Village) -> None:
    here.say(by=here.cadre, source="visit", external="12345:7")
    with pytest.raises(Refused) as refusal:
        here.say(by=here.cadre, source="visit", external="12345:7")
    assert refusal.value.code == "matters.known_already"
    assert Matter.objects.count() == 1


@pytest.mark.parametrize(
    ("said_on", "due_on"),
    [
        ("2026-01-31", "2026-02-28"),  # no 31st; a Saturday that is worked: 28 February makes up for New Year
        ("2026-03-06", "2026-04-07"),  # 6 April 2026 is the holiday's last day
        ("2025-09-01", "2025-10-09"),  # the whole first week of October
        ("2026-03-11", "2026-04-13"),  # a Saturday rolls to Monday
        ("2024-01-29", "2024-02-29"),
    ],
)
def test_the_days_edges(here: Village, said_on: str, due_on: str) -> None:
    with clock.living_at(at(said_on, "23:59")):
        matter = here.say()
    assert str(matter.due_on) == due_on
