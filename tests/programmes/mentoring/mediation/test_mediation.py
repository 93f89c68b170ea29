"""调解: taken on, talked over, ended, and asked after thirty days on."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from tests.kernels.matters.conftest import MORNING
from tests.programmes.mentoring.conftest import Town
from tests.programmes.mentoring.mediation.conftest import AGREED, SAID, SIDES, dispute, settle, taken_on
from tests.programmes.mentoring.teams.conftest import build_team, went_out
from tests.support.cast import actor_of
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.base.registry import Errand
from xianglin.commons.access.models import Account
from xianglin.commons.access.queries import grants_of
from xianglin.commons.trail.models import Entry
from xianglin.kernels.indicators import queries as indicators
from xianglin.kernels.indicators.declare import REGISTRY
from xianglin.programmes.mentoring.mediation import actions, queries
from xianglin.programmes.mentoring.mediation.errands import to_follow
from xianglin.programmes.mentoring.mediation.models import Mediation, Session
from xianglin.programmes.mentoring.mediation.rules import Outcome, Side, read_sides
from xianglin.programmes.mentoring.teams import actions as teams
from xianglin.programmes.mentoring.teams.models import Team

LATER = MORNING + dt.timedelta(days=30)


def code(deed: Any) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.code.removeprefix("mentoring.")


def third() -> Actor:
    return actor_of(Account.objects.get(display_name="钱一"))


def _waiting(who: Actor) -> list[Errand]:
    (grant,) = grants_of(who.account_id or 0)
    return to_follow(grant, who.account_id)


def test_taken_on_with_the_sides_sealed(town: Town, case: Mediation) -> None:
    assert queries.sides(case) == list(SIDES)
    assert [one.display_name for one in queries.mediators(case)] == ["王根水", "周小禾"]
    trail = Entry.objects.filter(action="mentoring.open_mediation")
    assert trail and not any(side.name in f"{one.after}{one.before}" for side in SIDES for one in trail)


def test_by_members_of_a_team_of_mediators(town: Town, mediators: Team) -> None:
    for other in (town.officer, town.county, town.beside, town.outsider, town.here.cadre, town.here.villager):
        with pytest.raises(Forbidden):
            actions.open_mediation(mediators, actor=other, dispute=dispute(town))
    listeners = build_team(town)
    with pytest.raises(Forbidden):
        taken_on(town, listeners)


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"sort": "war"}, "case_sort"),
        ({"sides": SIDES[:1]}, "case_sides"),
        ({"sides": (SIDES[0], Side(" "))}, "case_sides"),
        ({"sides": (SIDES[0], Side("陆阿二", "123"))}, "case_sides"),
        ({"mediators": (9999,)}, "case_people"),
        ({"matter_id": 9999}, "case_matter"),
    ],
)
def test_what_is_refused(town: Town, mediators: Team, facts: dict[str, Any], why: str) -> None:
    assert code(lambda: taken_on(town, mediators, **facts)) == why
    assert not Mediation.objects.exists()


def test_not_elsewhere(town: Town, mediators: Team) -> None:
    assert code(lambda: taken_on(town, mediators, place=town.here.cast.places.far_village)) == "case_place"


def test_sides_as_they_are_typed() -> None:
    assert read_sides("沈阿大，13800001111\n\n 陆阿二 \n某某公司 13800002222") == (
        Side("沈阿大", "13800001111"),
        Side("陆阿二"),
        Side("某某公司", "13800002222"),
    )


def test_a_matter_that_a_team_raised_is_linked(town: Town, mediators: Team) -> None:
    outing = went_out(town, build_team(town))
    matter = teams.raise_heard(outing.heard.get(order=0), actor=town.cadres_self).matter
    assert matter is not None and taken_on(town, mediators, matter_id=matter.pk).matter == matter


def test_talked_over(town: Town, case: Mediation) -> None:
    key = uuid4()
    for _again in range(2):
        actions.note_session(case, actor=town.cadres_self, on=clock.today(), said=SAID, key=key)
    ((session, said),) = queries.sessions(case)
    assert (said, session.by_id) == (SAID, town.cadre.account_id)
    assert code(lambda: _session(case, town, on=dt.date(2030, 1, 1))) == "session_day"
    assert code(lambda: _session(case, town, said=" ")) == "session_said"


def _session(case: Mediation, town: Town, **said: Any) -> Mediation:
    return actions.note_session(case, actor=town.cadres_self, **{"on": clock.today(), "said": SAID} | said)


def test_who_works_on_it_and_nobody_else(town: Town, case: Mediation) -> None:
    for other in (third(), town.officer, town.county, town.beside, town.outsider, town.here.cadre):
        for deed in (
            lambda who: actions.note_session(case, actor=who, on=clock.today(), said=SAID),
            lambda who: actions.close_mediation(case, actor=who, end=Outcome("not_settled")),
            lambda who: actions.follow_mediation(case, actor=who, kept=True),
        ):
            with pytest.raises(Forbidden):
                deed(other)
    assert not Session.objects.exists()


def test_out_of_the_team_out_of_the_case(town: Town, mediators: Team, case: Mediation) -> None:
    member = mediators.members.get(account=town.cadre.account)
    teams.remove_member(member, actor=town.officer)
    with pytest.raises(Forbidden):
        _session(case, town)
    assert not queries.own_cases(town.cadre.account_id)


def test_another_comes_to_it(town: Town, case: Mediation) -> None:
    for other in (third(), town.beside, town.outsider):
        with pytest.raises(Forbidden):
            actions.add_mediator(case, actor=other, account_id=third().account_id or 0)
    actions.add_mediator(case, actor=town.officer, account_id=third().account_id or 0)
    actions.note_session(case, actor=third(), on=clock.today(), said=SAID)
    again = {"actor": town.mentors_self, "account_id": third().account_id or 0}
    assert code(lambda: actions.add_mediator(case, **again)) == "mediator_already"
    assert code(lambda: actions.add_mediator(case, actor=town.officer, account_id=0)) == "case_people"


@pytest.mark.parametrize(
    ("end", "why"),
    [
        (Outcome("peace"), "case_outcome"),
        (Outcome("settled", " "), "case_agreement"),
        (Outcome("referred"), "case_referred"),
    ],
)
def test_an_end_that_says_too_little(town: Town, case: Mediation, end: Outcome, why: str) -> None:
    assert code(lambda: actions.close_mediation(case, actor=town.mentors_self, end=end)) == why


def test_referred_it_says_where_to(town: Town, case: Mediation) -> None:
    ended = actions.close_mediation(case, actor=town.mentors_self, end=Outcome("referred", "不写", "镇司法所"))
    assert (ended.outcome, ended.referred_to, ended.agreement, ended.follow_on) == ("referred", "镇司法所", None, None)
    assert code(lambda: actions.follow_mediation(case, actor=town.mentors_self, kept=True)) == "case_not_settled"
    assert code(lambda: settle(town, case)) == code(lambda: _session(case, town)) == "case_closed"


def test_settled_and_asked_after_thirty_days_on(town: Town, case: Mediation) -> None:
    settled = settle(town, case)
    assert queries.agreement(settled) == AGREED and settled.follow_on == LATER.date()
    assert code(lambda: actions.follow_mediation(case, actor=town.mentors_self, kept=True)) == "case_too_soon"
    assert not _waiting(town.mentors_self)
    with clock.living_at(LATER):
        (errand,) = _waiting(town.mentors_self)
        assert "邻里纠纷" in str(errand.note) and "沈阿大" not in f"{errand.title}{errand.note}"
        assert not _waiting(third())
        actions.follow_mediation(case, actor=town.mentors_self, kept=False)
        assert not _waiting(town.mentors_self)
        assert code(lambda: actions.follow_mediation(case, actor=town.mentors_self, kept=True)) == "case_followed"
    case.refresh_from_db()
    assert case.kept is False


def test_counted_without_a_name(town: Town, mediators: Team, case: Mediation) -> None:
    measure = REGISTRY["mentoring.mediations"]
    assert indicators.total(measure, None, None) == 0
    settle(town, case)
    actions.close_mediation(taken_on(town, mediators), actor=town.mentors_self, end=Outcome("not_settled"))
    at = town.here.cast.places
    assert [indicators.total(measure, area, None) for area in (None, town.village, at.beside_village)] == [1, 1, 0]
    (record,) = indicators.page(measure, indicators.rows_of(measure, None, None), "").records
    assert str(record.label) == "邻里纠纷　鄣吴调解队"
