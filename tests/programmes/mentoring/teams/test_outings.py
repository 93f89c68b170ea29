"""走出去: noted by a member, and what was heard becomes matters."""

import datetime as dt
from uuid import uuid4

import pytest

from tests.commons.files.conftest import send
from tests.commons.files.samples import picture
from tests.programmes.mentoring.conftest import Town
from tests.programmes.mentoring.teams.conftest import HARDSHIP, OPINION, trip_of, went_out
from xianglin.base import clock, hooks
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.files.models import Kind
from xianglin.commons.trail.models import Entry
from xianglin.kernels.indicators import queries as indicators
from xianglin.kernels.indicators.declare import REGISTRY
from xianglin.kernels.matters import queries as matters
from xianglin.kernels.matters.models import Matter, Source
from xianglin.programmes.mentoring.dossiers.paper import of_cadre, of_mentor
from xianglin.programmes.mentoring.teams import actions, queries
from xianglin.programmes.mentoring.teams.models import Heard, Outing, Team


def test_noted_with_who_went_and_what_was_heard(town: Town, team: Team) -> None:
    outing = went_out(town, team, uploads=(send(picture(), Kind.PICTURE),))
    assert (outing.area, outing.present, outing.town_id) == (town.village, 62, town.place.pk)
    assert [one.display_name for one in queries.went(outing)] == ["王根水", "周小禾"]
    things = queries.things(outing, town.officer)
    assert [(one.heard.kind, one.words) for one in things] == [("opinion", OPINION), ("hardship", HARDSHIP)]
    assert len(queries.photos(outing)) == 1
    trail = Entry.objects.filter(action="mentoring.note_outing")
    assert trail and not any(OPINION in str(one.after) for one in trail), "sealed in the trail too"


def test_by_members_alone(town: Town, team: Team) -> None:
    left = queries.members(team)[0]
    actions.remove_member(left, actor=town.officer)
    for other in (town.mentors_self, town.officer, town.county, town.beside, town.outsider, town.here.cadre):
        with pytest.raises(Forbidden):
            actions.note_outing(team, actor=other, trip=trip_of(town, went=(town.cadre.account_id,)))


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"on": dt.date(2030, 1, 1)}, "outing_day"),
        ({"on": dt.date(2020, 1, 1)}, "outing_day"),
        ({"host": "moon"}, "host"),
        ({"where": " "}, "outing_where"),
        ({"topic": ""}, "outing_topic"),
        ({"present": -1}, "outing_present"),
        ({"went": ()}, "outing_went"),
        ({"story_id": 9999}, "outing_story"),
        ({"opinions": ("话" * 501,)}, "heard"),
        ({"hardships": ("难",) * 21}, "heard"),
    ],
)
def test_what_is_refused(town: Town, team: Team, facts: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        went_out(town, team, **facts)
    assert refused.value.code == f"mentoring.{code}" and not Outing.objects.exists()


def test_not_elsewhere_and_nobody_else_along(town: Town, team: Team) -> None:
    at = town.here.cast.places
    for facts, code in (
        ({"place": at.far_village}, "outing_place"),
        ({"place": at.county}, "outing_place"),
        ({"went": (town.officer.account_id,)}, "outing_went"),
    ):
        with pytest.raises(Refused) as refused:
            went_out(town, team, **facts)
        assert refused.value.code == f"mentoring.{code}"


def test_sent_twice_it_is_once(town: Town, team: Team) -> None:
    key = uuid4()
    for _again in range(2):
        actions.note_outing(team, actor=town.cadres_self, trip=trip_of(town), key=key)
    assert Outing.objects.count() == 1


def test_what_was_heard_becomes_a_matter_and_stands_there_alone(town: Town, outing: Outing) -> None:
    heard = actions.raise_heard(outing.heard.get(order=0), actor=town.mentors_self)
    matter = heard.matter
    assert matter is not None and matters.words_of(matter) == OPINION
    assert (matter.area, matter.source, matter.kind) == (town.village, Source.VISIT, "")
    assert matter.recorded_by_id == town.mentor.account_id and matter.author_account_id is None
    heard.refresh_from_db()
    assert heard.words is None
    first, second = queries.things(outing, town.cadres_self)
    assert first.mark is not None and str(first.told) == "等着分派" and not first.url and OPINION not in first.words
    assert second.words == HARDSHIP and second.mark is None


def test_raised_once(town: Town, outing: Outing) -> None:
    heard = outing.heard.get(order=1)
    key = uuid4()
    for _again in range(2):
        actions.raise_heard(heard, actor=town.cadres_self, key=key)
    with pytest.raises(Refused) as refused:
        actions.raise_heard(heard, actor=town.cadres_self)
    assert refused.value.code == "mentoring.raised_already" and Matter.objects.count() == 1


def test_raised_by_the_team_alone(town: Town, outing: Outing) -> None:
    heard = outing.heard.get(order=0)
    for other in (town.officer, town.beside, town.outsider, town.here.cadre, town.here.villager):
        with pytest.raises(Forbidden):
            actions.raise_heard(heard, actor=other)
    actions.end_team(outing.team, actor=town.officer, reason="撤了")
    with pytest.raises(Forbidden):
        actions.raise_heard(heard, actor=town.mentors_self)
    assert not Matter.objects.exists()


def test_said_on_the_day_of_the_outing(town: Town, team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    outing = went_out(town, team)
    monkeypatch.setattr(clock, "now", lambda: dt.datetime(2026, 3, 12, 9, tzinfo=clock.SHANGHAI))
    matter = actions.raise_heard(outing.heard.get(order=0), actor=town.cadres_self).matter
    assert matter is not None and matter.said_at == dt.datetime(2026, 3, 10, 12, tzinfo=clock.SHANGHAI)


def test_in_the_files_of_who_went(town: Town, outing: Outing) -> None:
    for document in (of_cadre(town.cadre), of_mentor(town.mentor)):
        assert "讲玉华的老故事" in str(document.blocks) and OPINION not in str(document.blocks)


def test_counted_where_they_went(town: Town, outing: Outing) -> None:
    measure = REGISTRY["mentoring.outings"]
    at = town.here.cast.places
    counts = [indicators.total(measure, area, None) for area in (None, town.place, town.village, at.beside_village)]
    assert counts == [1, 1, 1, 0]


def test_a_matter_is_raised_for_nobody_who_goes_elsewhere(town: Town, outing: Outing) -> None:
    """The right to bring words back is the team's own ground, not the county."""
    at = town.here.cast.places
    reach = [hooks.may(town.mentors_self, "matters.visit", place) for place in (town.village, town.place)]
    assert reach == [True, True]
    assert not any(hooks.may(town.mentors_self, "matters.visit", at_) for at_ in (at.county, at.far_village))
    assert Heard.objects.count() == 2
