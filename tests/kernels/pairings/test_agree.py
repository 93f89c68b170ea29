"""What two agreed: terms, signature, term, looking after, outcomes, its end."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.kernels.matters.conftest import at
from tests.kernels.pairings.test_propose import code_of
from xianglin.base import clock
from xianglin.base.refused import Forbidden, Refused
from xianglin.base.registry import kind_of_pairing
from xianglin.kernels.pairings import actions, jobs, queries, rules
from xianglin.kernels.pairings.models import FollowUp, Milestone, Outcome, Pairing

from .conftest import KIND, Garden

State = Pairing.State


@pytest.fixture
def pairing(here: Garden) -> Pairing:
    return here.paired(here.need("小许"), here.offer("老陆"))


def test_terms_are_fixed_by_the_signature(here: Garden, pairing: Pairing) -> None:
    assert code_of(lambda: actions.set_terms(pairing, actor=here.clerk, lines=["  "])) == "pairings.no_terms"
    actions.set_terms(pairing, actor=here.clerk, lines=["每月见一次面", "", "一年后出师"])
    day = clock.today()
    signed = actions.sign(pairing, actor=here.clerk, signed_on=day, starts_on=day)
    assert signed.terms == ["每月见一次面", "一年后出师"]
    assert (signed.state, signed.ends_on) == (State.ACTIVE, dt.date(2027, 3, 9))
    assert code_of(lambda: actions.set_terms(signed, actor=here.clerk, lines=["改"])) == "pairings.signed_already"


def test_it_begins_on_its_day(here: Garden, pairing: Pairing) -> None:
    signed = actions.sign(pairing, actor=here.clerk, signed_on=clock.today(), starts_on=dt.date(2026, 4, 1))
    jobs.days.func()
    signed.refresh_from_db()
    assert signed.state == State.SIGNED and not signed.follow_ups.exists()
    with clock.living_at(at("2026-04-01")):
        jobs.days.func()
        signed.refresh_from_db()
        assert signed.state == State.ACTIVE
    assert [look.due_on for look in signed.follow_ups.all()] == [dt.date(2026, 4, 8)]


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2026-03-10", "2027-03-09"), ("2026-01-31", "2027-01-30"), ("2024-02-29", "2025-02-27")],
)
def test_a_year_ends_the_day_before(here: Garden, starts: str, ends: str) -> None:
    kind = kind_of_pairing(KIND)
    assert kind is not None
    assert rules.term_end(kind, dt.date.fromisoformat(starts)) == dt.date.fromisoformat(ends)


def test_looking_after_schedules_itself(here: Garden, pairing: Pairing) -> None:
    actions.sign(pairing, actor=here.clerk, signed_on=clock.today(), starts_on=clock.today())
    days = []
    for _time in range(4):
        look = pairing.follow_ups.get(open=True)
        days.append(look.due_on.isoformat())
        with clock.living_at(at(look.due_on.isoformat())):
            actions.follow_up(look, actor=here.clerk, result=FollowUp.Result.WELL, note="")
            assert (
                code_of(
                    lambda look=look: actions.follow_up(look, actor=here.clerk, result="well", note="")  # type: ignore[misc]
                )
                == "pairings.followed_up_already"
            )
    assert days == ["2026-03-17", "2026-04-09", "2026-07-08", "2026-10-06"]


def test_anything_but_well_is_told(here: Garden, pairing: Pairing) -> None:
    actions.sign(pairing, actor=here.clerk, signed_on=clock.today(), starts_on=clock.today())
    look = pairing.follow_ups.get()
    for result in (FollowUp.Result.CARE, FollowUp.Result.NOT_REACHED):
        refused = code_of(lambda result=result: actions.follow_up(look, actor=here.clerk, result=result, note=""))  # type: ignore[misc]
        assert refused == "pairings.no_reason"


def test_steps_have_a_day_and_a_result(here: Garden, pairing: Pairing) -> None:
    step = actions.add_milestone(pairing, actor=here.clerk, title="嫁接十棵", due_on=dt.date(2026, 5, 1))
    with clock.living_at(at("2026-04-20")):
        done = actions.reach_milestone(step, actor=here.clerk, result="活了九棵")
    assert (done.state, done.ended_on, done.result) == (Milestone.State.REACHED, dt.date(2026, 4, 20), "活了九棵")
    pairing.refresh_from_db()
    assert pairing.contact_on == dt.date(2026, 4, 20)
    assert code_of(lambda: actions.drop_milestone(step, actor=here.clerk, reason="算了")) == "pairings.wrong_state"


def test_an_estimate_is_verified_by_somebody_else(here: Garden, pairing: Pairing) -> None:
    noted = actions.note_outcome(
        pairing,
        actor=here.actor("老陆"),
        title="多收的果子",
        topic="harvest",
        baseline=Decimal(100),
        value=Decimal(160),
        unit="斤",
        evidence="过秤单",
    )
    assert noted.basis == Outcome.Basis.ESTIMATED
    with pytest.raises(Forbidden):
        actions.verify_outcome(noted, actor=here.actor("老陆"))
    verified = actions.verify_outcome(noted, actor=here.clerk, value=Decimal(150))
    assert (verified.basis, verified.value, verified.verified_by_id) == ("verified", 150, here.clerk.account_id)
    assert code_of(lambda: actions.verify_outcome(noted, actor=here.clerk)) == "pairings.verified_already"
    own = actions.note_outcome(pairing, actor=here.clerk, title="学会嫁接", evidence="现场看了")
    assert code_of(lambda: actions.verify_outcome(own, actor=here.clerk)) == "pairings.verify_own"


def test_its_end_frees_both_places(here: Garden, pairing: Pairing) -> None:
    need, offer = pairing.need, pairing.offer
    with pytest.raises(Forbidden):
        actions.end(pairing, actor=here.actor("小许"), ending="terminated", reason="不想学了")
    ended = actions.end(pairing, actor=here.clerk, ending=Pairing.Ending.TERMINATED, reason="调到县里了")
    assert (ended.state, ended.open, ended.ended_on) == (State.ENDED, False, clock.today())
    need.refresh_from_db(), offer.refresh_from_db()
    assert (need.taken, offer.taken) == (0, 0)
    assert code_of(lambda: actions.end(ended, actor=here.clerk, ending="completed", reason="再来")) == (
        "pairings.wrong_state"
    )
    again = actions.note_pairing(here.place, actor=here.clerk, need=need, offer=offer, follows=ended)
    assert (again.follows, again.offer_place) == (ended, 1)


def test_a_term_that_is_over_ends_by_itself(here: Garden, pairing: Pairing) -> None:
    actions.sign(pairing, actor=here.clerk, signed_on=clock.today(), starts_on=clock.today())
    with clock.living_at(at("2027-03-09")):
        jobs.days.func()
        pairing.refresh_from_db()
        assert pairing.open
    with clock.living_at(at("2027-03-10")):
        jobs.days.func()
    pairing.refresh_from_db()
    assert (pairing.ending, pairing.ended_on) == (Pairing.Ending.EXPIRED, dt.date(2027, 3, 9))
    assert not pairing.follow_ups.filter(open=True).exists()


def test_what_was_agreed_on_paper_is_noted_once(here: Garden) -> None:
    need, offer = here.need("小许"), here.offer("老陆", most=3)
    pairing = actions.note_pairing(here.place, actor=here.clerk, need=need, offer=offer, agreed_on=dt.date(2025, 7, 1))
    assert (pairing.proposal, pairing.contact_on) == (None, dt.date(2025, 7, 1))
    with pytest.raises(Refused):
        actions.note_pairing(here.place, actor=here.clerk, need=need, offer=offer)


def test_silence_and_what_else_an_officer_has_to_look_at(here: Garden) -> None:
    kind = kind_of_pairing(KIND)
    assert kind is not None
    quiet = here.active(here.need("小许"), here.offer("老陆"))
    talked = here.active(here.need("小郑"), here.offer("老潘"))
    actions.note_outcome(talked, actor=here.clerk, title="会修枝了", evidence="看了")
    lonely = here.offer("老顾", least=1)
    with clock.living_at(at("2026-04-10")):
        step = actions.add_milestone(talked, actor=here.clerk, title="修枝")
        actions.reach_milestone(step, actor=here.clerk, result="修好了")
        seen = queries.attention(here.town.area, kind)
        assert (seen.silent, seen.short_offers, seen.ending) == ([quiet], [lonely], [])
        assert {look.pairing for look in seen.late} == {quiet, talked}
        assert len(seen) == 4 == queries.count_attention(here.town.area, kind)
    with clock.living_at(at("2027-02-20")):
        assert set(queries.attention(here.town.area, kind).ending) == {quiet, talked}
    with clock.living_at(at("2026-04-10")):
        assert len(queries.attention(here.here.cast.places.far_town, kind)) == 0


def test_what_was_taken_back_hides_no_silence(here: Garden, pairing: Pairing) -> None:
    """The latest of what the programme keeps, what was reached, and the day on which it began."""
    actions.sign(pairing, actor=here.clerk, signed_on=clock.today(), starts_on=clock.today())
    begun = clock.today()

    def stands() -> dt.date | None:
        pairing.refresh_from_db()
        return pairing.contact_on

    with clock.living_at(at("2026-05-20")):
        actions.had_contact(pairing, dt.date(2026, 5, 20))
        actions.last_contact_was(pairing, dt.date(2026, 4, 1))
        assert stands() == dt.date(2026, 4, 1), "it moves back too"
        step = actions.add_milestone(pairing, actor=here.clerk, title="修枝")
        actions.reach_milestone(step, actor=here.clerk, result="修好了", on=dt.date(2026, 4, 20))
        actions.last_contact_was(pairing, None)
        assert stands() == dt.date(2026, 4, 20)
        actions.last_contact_was(pairing, dt.date(2026, 5, 1))
        assert stands() == dt.date(2026, 5, 1)
    other = here.active(here.need("小郑"), here.offer("老潘"))
    actions.last_contact_was(other, None)
    other.refresh_from_db()
    assert other.contact_on == begun


def test_who_moves_takes_along_what_is_open(here: Garden, pairing: Pairing) -> None:
    beside = here.here.cast.places.beside_village
    moved = actions.change_need(pairing.need, actor=here.clerk, area=beside)
    pairing.refresh_from_db()
    assert (moved.area, pairing.area, pairing.village_id) == (beside, beside, beside.village_id)
