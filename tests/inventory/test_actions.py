"""Every action is in the access table, and who may do what to a matter is decided here, line by line.

A line: the action, then who may. Everybody not named may not; the test asks ``hooks.may`` with real people and rows.
Roles are asked inside their area (``clerk``), where the matter lies outside it they are asked as ``… outside``.
"""

import pytest

from tests.kernels.matters.conftest import MORNING, Village, receipt_of
from tests.support.cast import actor_of, by_password, by_phone
from xianglin.base import clock, hooks
from xianglin.base.action import REGISTRY
from xianglin.base.actor import NOBODY, Actor, system
from xianglin.commons.access import table
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import Matter

POST = "cadre in_charge clerk county"  # the receiving posts: village, town, county; who has it is a cadre too
MATTERS = {
    "raise": "nobody receipt author villager representative cadre in_charge beside clerk inspector county officer "
    "observer admin outsider system",
    "relay": "representative",
    "visit": "",  # a team that goes out to this place
    "claim": "author villager representative cadre in_charge beside clerk inspector county officer observer admin "
    "outsider",
    "see": f"receipt author {POST} inspector observer",
    "read_words": f"receipt author {POST} inspector",
    "hand_over": "inspector",
    "release": "inspector",
    "publish": POST,
    "correct_answer": POST,
    "purge": "system",
    "settle": "receipt author",
    "withdraw": "receipt author",
    "confirm_words": "receipt author",
    "transcribe": POST,
    "issue_receipt": f"receipt author {POST} system",
    "triage": f"{POST} system",  # the import of a sheet
    "assign": POST,
    "answer_aloud": POST,
    "reject": POST,
    "transfer": POST,
    "quarantine": POST,
    "link": POST,
    "unlink": POST,
    "split": POST,
    "tell_apart": POST,
    "ask_again": POST,
    "set_duty": POST,
    "note_word": f"{POST} inspector",
    "note_call": f"{POST} inspector",
    "want_call": "system",
    "note_attempt": f"{POST} inspector",
    "close_unconfirmed": f"{POST} system",
    "review": f"{POST} system",  # on its day
    "resume": f"{POST} system",
    **dict.fromkeys(("take", "answer", "defer", "suspend", "bounce"), "in_charge"),
}
BY_TESTS = "tests."


@pytest.fixture
def matter(here: Village) -> Matter:
    with clock.living_at(MORNING):
        matter = here.say(by=here.villager)
        return actions.assign_matter(matter, actor=here.cadre, account_id=here.second.account_id)


def people(here: Village, matter: Matter) -> dict[str, Actor]:
    county = here.cast.places.county
    return {
        "nobody": NOBODY,
        "receipt": receipt_of(matter),
        "other receipt": Actor("receipt", "999999"),
        "author": here.villager,
        "villager": actor_of(by_password("someone", "另一个村民", here.place)),
        "representative": actor_of(by_phone("13800000031", "徐文昌", here.place, "villagers_representative")),
        "cadre": here.cadre,
        "in_charge": here.second,
        "beside": here.beside,
        "clerk": here.clerk,
        "inspector": here.inspector,
        "county": here.county,
        "officer": here.officer,
        "observer": actor_of(by_password("looker", "看的人", county, "observer")),
        "admin": actor_of(here.cast.county_admin),
        "outsider": here.outsider,
        "system": system("tests"),
    }


def test_every_action_has_its_rows_and_every_row_its_action() -> None:
    ours = {name for name in REGISTRY if not name.startswith(BY_TESTS)}
    assert ours - set(table.ROWS) == set(), "actions that nobody may do"
    reads = {f"{room}.see" for room in ("matters", "bulletins", "gatherings", "indicators", "pairings")}
    reads |= {"matters.read_words", "people.read_household", "bulletins.see_withheld"}
    reads |= {f"mentoring.see_{what}" for what in ("team", "outing", "story", "mediation")}
    reads.add("matters.visit")  # the same of who is sent out to hear people
    reads |= {f"mentoring.{read}" for read in ("see_mentor", "see_cadre", "see_avoidances", "read_phone", "see_thread")}
    reads.add("matters.relay")  # what "matters.raise" asks besides of who brings others' words
    assert {name for name, rows in table.ROWS.items() if rows} - ours - reads == set(), "rows of no action"


def test_the_matrix_knows_every_action_of_matters() -> None:
    known = {name.removeprefix("matters.") for name in table.ROWS if name.startswith("matters.")}
    assert known == set(MATTERS)


def test_who_may_do_what_to_a_matter(here: Village, matter: Matter) -> None:
    everyone = people(here, matter)
    found = {
        verb: {who for who, actor in everyone.items() if hooks.may(actor, f"matters.{verb}", matter)}
        for verb in MATTERS
    }
    if_decided = {verb: set(line.split()) | _other_receipt(verb) for verb, line in MATTERS.items()}
    assert found == if_decided


def _other_receipt(verb: str) -> set[str]:
    return {"other receipt"} if verb == "raise" else set()


@pytest.mark.parametrize("place", ["beside_village", "far_village"])
def test_outside_their_area_the_same_people_may_nothing(here: Village, place: str) -> None:
    """Of a matter of the village beside, a villager here is not the author and a cadre here not the post."""
    with clock.living_at(MORNING):
        theirs = here.say(place=getattr(here.cast.places, place))
    may_anything = {"raise", "claim"}
    near = {"clerk", "inspector", "county", "observer", "system", "beside"}
    above = near if place == "beside_village" else {"outsider", "system"}
    for who, actor in people(here, theirs).items():
        if who in above or who == "receipt":
            continue
        may = {verb for verb in MATTERS if hooks.may(actor, f"matters.{verb}", theirs)}
        assert may <= may_anything, who


def test_the_department_in_charge_and_no_other(here: Village) -> None:
    with clock.living_at(MORNING):
        matter = actions.assign_matter(here.say(), actor=here.county, department="civil_affairs")
        other = here.given()
    assert hooks.may(here.officer, "matters.see", matter) and hooks.may(here.officer, "matters.answer", matter)
    for verb in MATTERS.keys() - {"raise", "claim"}:
        assert not hooks.may(here.officer, f"matters.{verb}", other)
