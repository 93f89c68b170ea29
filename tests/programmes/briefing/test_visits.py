"""Visits: a household is heard once a month, what it says is a matter, and what is sent twice is stored once."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.commons.files.samples import picture
from tests.kernels.matters.conftest import MORNING, Village, at
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access.models import Account
from xianglin.commons.files.models import Upload
from xianglin.commons.people import actions as people
from xianglin.commons.people.models import Household
from xianglin.commons.trail.models import Entry, Repeat
from xianglin.kernels.indicators import queries as figures
from xianglin.kernels.indicators.declare import REGISTRY
from xianglin.kernels.matters.models import Matter, Source
from xianglin.programmes.briefing import actions_visits as visits
from xianglin.programmes.briefing.actions_visits import Heard
from xianglin.programmes.briefing.models import Visit

pytestmark = pytest.mark.usefixtures("morning")
WORDS = "桥头的灯又不亮了。"
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def doors(here: Village) -> list[Household]:
    names = ("徐阿根", "陈小英", "王土根")
    return [
        people.note_household(here.place, actor=here.cadre, door=people.Door(str(nth), name, "上坞"))
        for nth, name in enumerate(names, 1)
    ]


def go(door: Household, actor: Actor, words: str = "", key: uuid.UUID | None = None, **more: Any) -> Visit:
    day = more.pop("at", None)
    return visits.note_visit(door, actor=actor, key=key or uuid.uuid4(), heard=Heard(words=words, **more), at=day)


def heard(here: Village, month: dt.date) -> int:
    return figures.total(REGISTRY["briefing.households_heard"], here.place, month)


def browser(actor: Actor) -> Client:
    return as_account(Account.objects.get(pk=actor.account_id))


def test_a_visit_with_words_raises_one_matter(here: Village, doors: list[Household]) -> None:
    visit = go(doors[0], here.cadre, WORDS, note="耳朵背，说话大声点")
    matter = Matter.objects.get()
    assert (visit.matter, matter.source, matter.recorded_by_id) == (matter, Source.VISIT, here.cadre.account_id)
    assert (matter.words.open(), matter.name.open(), matter.said_at) == (WORDS, "徐阿根", visit.visited_at)
    assert (visit.note.open(), visit.note.key_id) == ("耳朵背，说话大声点", doors[0].person.key_id)
    assert (visit.visited_on, visit.month, visit.first) == (MORNING.date(), "2026-03", True)
    told = Entry.objects.filter(subject=f"briefing.Visit:{visit.pk}")
    assert WORDS not in str(list(Visit.objects.values())) and not told
    assert Entry.objects.filter(action="briefing.note_visit", subject=f"people.Household:{doors[0].pk}").exists()


def test_nothing_to_say_is_a_visit_too(here: Village, doors: list[Household]) -> None:
    assert go(doors[0], here.cadre).matter is None
    assert not Matter.objects.exists()
    assert heard(here, MORNING.date().replace(day=1)) == 1


def test_a_household_is_heard_once_a_month(here: Village, doors: list[Household]) -> None:
    for day, door in (("2026-02-27", 0), ("2026-03-02", 0), ("2026-03-09", 0), ("2026-03-09", 1)):
        go(doors[door], here.cadre, at=at(day))
    assert [visit.first for visit in Visit.objects.order_by("pk")] == [True, True, False, True]
    assert [heard(here, dt.date(2026, month, 1)) for month in (1, 2, 3)] == [0, 1, 2]


def test_sent_twice_it_is_stored_once(here: Village, doors: list[Household]) -> None:
    key, when = uuid.uuid4(), at("2026-03-09")
    first = go(doors[0], here.cadre, WORDS, key, at=when)
    assert go(doors[0], here.cadre, WORDS, key, at=when).pk == first.pk
    assert (Visit.objects.count(), Matter.objects.count()) == (1, 1)
    with pytest.raises(Refused) as refused:
        go(doors[0], here.cadre, "别的话", key, at=when)
    assert refused.value.code == "trail.said_otherwise"


def test_sent_again_when_the_trail_has_forgotten_its_keys(here: Village, doors: list[Household]) -> None:
    key, round_key = uuid.uuid4(), uuid.uuid4()
    first = go(doors[0], here.cadre, WORDS, key)
    visits.note_round(here.place, actor=here.cadre, households=[doors[1].pk], key=round_key)
    Repeat.objects.all().delete()
    assert go(doors[0], here.cadre, WORDS, key).pk == first.pk
    visits.note_round(here.place, actor=here.cadre, households=[doors[1].pk], key=round_key)
    assert (Visit.objects.count(), Matter.objects.count()) == (2, 1)
    Repeat.objects.all().delete()
    with pytest.raises(Refused) as refused:
        go(doors[1], here.second, WORDS, key)
    assert refused.value.code == "briefing.key_of_another"


@pytest.mark.parametrize("who", ["villager", "beside", "clerk", "inspector", "officer", "county", "outsider"])
def test_only_the_villages_cadres_visit(here: Village, doors: list[Household], who: str) -> None:
    with pytest.raises(Forbidden):
        go(doors[0], getattr(here, who))
    with pytest.raises(Forbidden):
        visits.note_round(here.place, actor=getattr(here, who), households=[doors[0].pk], key=uuid.uuid4())
    assert not Visit.objects.exists()


@pytest.mark.parametrize("day", ["2026-03-11", "2025-12-01"])
def test_the_day_of_a_visit_is_near(here: Village, doors: list[Household], day: str) -> None:
    with pytest.raises(Refused) as refused:
        go(doors[0], here.cadre, at=at(day))
    assert refused.value.code == "briefing.visit_day"


def test_a_round_is_a_visit_each_and_counts_whom_nobody_had_heard(here: Village, doors: list[Household]) -> None:
    go(doors[0], here.cadre, WORDS)
    key, all_of_them = uuid.uuid4(), [door.pk for door in doors]
    for _again in range(2):
        visits.note_round(here.place, actor=here.second, households=all_of_them, key=key)
    assert Visit.objects.count() == 4
    assert heard(here, MORNING.date().replace(day=1)) == 3
    assert Entry.objects.filter(action="briefing.note_round", subject__startswith="briefing.Visit:").count() == 3


def test_a_round_goes_through_this_village_alone(here: Village, doors: list[Household]) -> None:
    there = people.note_household(here.cast.places.beside_village, actor=here.beside, door=people.Door("1", "施国良"))
    for wanted in ([], [doors[0].pk, there.pk]):
        with pytest.raises(Refused) as refused:
            visits.note_round(here.place, actor=here.cadre, households=wanted, key=uuid.uuid4())
        assert refused.value.code == "briefing.no_doors"
    assert not Visit.objects.exists()


# --- the pages


def test_the_list_shows_who_was_heard_this_month_and_finds_by_anything(here: Village, doors: list[Household]) -> None:
    go(doors[1], here.cadre)
    cadre = browser(here.cadre)
    page = cadre.get(reverse("briefing:visits"))
    text = page.content.decode()
    assert all(name in text for name in ("徐阿根", "陈小英", "王土根")) and "1 / 3" in text
    assert text.count("这个月还没去") == 2
    assert page["X-Visits-Of"]
    for typed in ("土根", "3", "上坞3"):
        found = cadre.get(reverse("briefing:visits"), {"q": typed})
        assert "王土根" in found.content.decode() and "陈小英" not in found.content.decode()
        assert "X-Visits-Of" not in found, "a part of the list is not kept on the device"
    assert "没有这样的户" in cadre.get(reverse("briefing:visits"), {"q": "没有"}).content.decode()


def test_without_a_list_the_page_says_how_to_bring_one_in(here: Village) -> None:
    text = browser(here.cadre).get(reverse("briefing:visits")).content.decode()
    assert "还没有户册" in text and reverse("exchange:upload", args=["households"]) in text


def test_without_a_script_the_form_keeps_it(here: Village, doors: list[Household]) -> None:
    cadre, page = browser(here.cadre), reverse("briefing:visit", args=[doors[0].pk])
    empty = cadre.post(page, {"key": uuid.uuid4(), "phone": "13800001234"})
    assert empty.status_code == 422 and "13800001234" in empty.content.decode()
    sent = {"key": uuid.uuid4(), "words": WORDS, "photos": picture_file()}
    assert cadre.post(page, sent).status_code == 302
    told = cadre.get(reverse("briefing:visits")).content.decode()
    assert "上坞 1存好了，编号 玉华001" in told
    assert Matter.objects.get().enclosures.count() == 1
    assert cadre.post(page, {"key": uuid.uuid4(), "quiet": "1"}).status_code == 302
    mixed = cadre.post(page, {"key": uuid.uuid4(), "quiet": "1", "words": WORDS})
    assert mixed.status_code == 422
    assert Visit.objects.count() == 2
    shown = cadre.get(page).content.decode()
    assert "玉华001" in shown and "没什么要说的" in shown


def picture_file() -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("灯.jpg", picture(), "image/jpeg")


def test_others_look_at_a_door_without_its_name(here: Village, doors: list[Household]) -> None:
    go(doors[0], here.cadre, WORDS, note="耳朵背")
    page = reverse("briefing:visit", args=[doors[0].pk])
    for who in (here.inspector, here.county):
        text = browser(who).get(page).content.decode()
        assert "上坞 1" in text and "徐阿根" not in text and "耳朵背" not in text and "存好" not in text
        assert browser(who).post(page, {"key": uuid.uuid4(), "quiet": "1"}).status_code == 405
    assert browser(here.beside).get(page).status_code == 404
    assert browser(here.outsider).get(page).status_code == 404


def test_doors_ticked_off_together(here: Village, doors: list[Household]) -> None:
    cadre, page = browser(here.cadre), reverse("briefing:visit_round")
    assert cadre.post(page, {"key": uuid.uuid4()}).status_code == 422
    assert cadre.post(page, {"key": uuid.uuid4(), "doors": [doors[0].pk, doors[2].pk]}).status_code == 302
    assert [v.household_id for v in Visit.objects.order_by("pk")] == [doors[0].pk, doors[2].pk]
    text = cadre.get(page).content.decode()
    assert "陈小英" in text and "徐阿根" not in text


# --- a device's queue


def test_a_queue_is_told_what_is_there_however_late(here: Village, doors: list[Household]) -> None:
    cadre, page = browser(here.cadre), reverse("briefing:visit", args=[doors[0].pk])
    sent = {"key": str(uuid.uuid4()), "words": WORDS, "ago": "7200"}
    first = cadre.post(page, sent, **JSON).json()
    assert (first["key"], first["slip"]) == (sent["key"], "玉华001")
    assert Visit.objects.get().visited_at == clock.now() - dt.timedelta(hours=2)
    later = {**sent, "ago": "90000", "photos": str(uuid.uuid4())}  # its pictures were swept long ago
    assert cadre.post(page, later, **JSON).json() == first
    assert (Visit.objects.count(), Matter.objects.count()) == (1, 1)


def test_a_refusal_comes_in_words_and_mended_it_goes_through(here: Village, doors: list[Household]) -> None:
    cadre, page = browser(here.cadre), reverse("briefing:visit", args=[doors[0].pk])
    sent = {"key": str(uuid.uuid4()), "words": WORDS, "phone": "138"}
    refused = cadre.post(page, sent, **JSON)
    assert refused.status_code == 422 and refused.json()["message"].endswith("。")
    assert not Visit.objects.exists() and not Matter.objects.exists()
    assert cadre.post(page, {**sent, "phone": ""}, **JSON).status_code == 200
    assert Visit.objects.count() == 1
    assert cadre.post(page, {"key": "no key", "quiet": "1"}, **JSON).status_code == 422
    another = browser(here.second).post(page, {**sent, "phone": ""}, **JSON)
    assert another.status_code == 422, "another's key"


def test_who_logged_out_is_sent_to_log_in_and_the_state_says_who_is_here(here: Village, doors: list[Household]) -> None:
    nobody, page = Client(), reverse("briefing:visit", args=[doors[0].pk])
    assert nobody.get(reverse("briefing:device_state")).status_code == 302
    assert nobody.post(page, {"key": uuid.uuid4(), "quiet": "1"}, **JSON).status_code == 302
    told = [browser(who).get(reverse("briefing:device_state")) for who in (here.cadre, here.second)]
    assert told[0].json()["mark"] != told[1].json()["mark"] and told[0].json()["token"]
    assert "no-store" in told[0]["Cache-Control"]
    assert browser(here.cadre).get(reverse("briefing:visits"))["X-Visits-Of"] == told[0].json()["mark"]


def test_the_worker_is_bound_to_the_visits_pages() -> None:
    answer = Client().get(reverse("briefing:worker"))
    assert answer["Content-Type"].startswith("text/javascript")
    assert reverse("briefing:worker").startswith(reverse("briefing:visits"))
    assert "Service-Worker-Allowed" not in answer
    assert b"{{" not in answer.content and b"{%" not in answer.content


def test_two_uploads_of_one_visit_are_kept_with_its_matter(here: Village, doors: list[Household]) -> None:
    cadre, page = browser(here.cadre), reverse("briefing:visit", args=[doors[0].pk])
    pk, content = uuid.uuid4(), picture()
    begun = {"id": str(pk), "kind": "picture", "size": len(content)}
    for _again in range(2):  # the answer was lost, and the device began anew
        state = cadre.post(reverse("files:begin"), begun, content_type="application/json").json()
    one = f"{reverse('files:begin')}{pk}/"
    cadre.put(f"{one}?offset=0", content, content_type="application/octet-stream")
    state = cadre.post(f"{one}finish/").json()
    sent = {"key": str(uuid.uuid4()), "words": WORDS, "photos": state["token"]}
    for _again in range(2):
        assert cadre.post(page, sent, **JSON).status_code == 200
    assert Matter.objects.get().enclosures.count() == 1
    assert Upload.objects.get().state == Upload.State.KEPT
    again = cadre.post(reverse("files:begin"), begun, content_type="application/json").json()
    assert again["state"] == Upload.State.KEPT, "and is not sent a third time"
