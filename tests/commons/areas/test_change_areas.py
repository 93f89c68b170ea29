"""Closing an area, and a programme's periods in a county."""

from __future__ import annotations

import datetime as dt

import pytest

from xianglin.base import clock, registry
from xianglin.base.action import Entry
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas import actions, queries
from xianglin.commons.areas.models import Area

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = (dt.date(2026, month, 1) for month in (5, 6, 7))


@pytest.fixture(autouse=True)
def august(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 8, 1))


@pytest.fixture(autouse=True)
def programme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry.PROGRAMMES, "trial", registry.Programme("trial", "试"))


def code_of(refusal: pytest.ExceptionInfo[Refused]) -> str:
    return refusal.value.code


class TestClose:
    def test_a_village_goes_into_another(self, places: dict[str, Area], actor: Actor, trail: list[Entry]) -> None:
        old, new = places["330523103200"], places["330523103202"]
        actions.close_area(old, actor=actor, on=MAY, successor=new)
        old.refresh_from_db()
        assert (old.valid_to, old.successor) == (MAY, new)
        assert (trail[0].action, trail[0].chain) == ("areas.close", old.county_id)
        assert old not in queries.children(places["330523103"])
        assert old in Area.objects.valid_on(dt.date(2026, 4, 30))
        assert old not in Area.objects.valid_on(MAY)

    def test_not_twice(self, places: dict[str, Area], actor: Actor) -> None:
        closed = actions.close_area(places["330523103200"], actor=actor)
        with pytest.raises(Refused) as refusal:
            actions.close_area(closed, actor=actor)
        assert code_of(refusal) == "areas.closed"

    @pytest.mark.parametrize("day", [dt.date(2026, 8, 2), dt.date(2026, 4, 30)])
    def test_not_ahead_nor_before_it_began(self, places: dict[str, Area], actor: Actor, day: dt.date) -> None:
        Area.objects.filter(code="330523103200").update(valid_from=MAY)
        with pytest.raises(Refused) as refusal:
            actions.close_area(places["330523103200"], actor=actor, on=day)
        assert code_of(refusal) == "areas.wrong_day"

    def test_not_above_open_ones(self, places: dict[str, Area], actor: Actor) -> None:
        with pytest.raises(Refused) as refusal:
            actions.close_area(places["330523103"], actor=actor)
        assert code_of(refusal) == "areas.has_children"

    @pytest.mark.parametrize("successor", ["330523103200", "330523103"])
    def test_not_into_itself_or_another_level(self, places: dict[str, Area], actor: Actor, successor: str) -> None:
        with pytest.raises(Refused) as refusal:
            actions.close_area(places["330523103200"], actor=actor, successor=places[successor])
        assert code_of(refusal) == "areas.wrong_successor"


class TestProgramme:
    def test_on_from_a_day_until_a_day(self, anji: Area, actor: Actor, trail: list[Entry]) -> None:
        actions.switch_programme(anji, "trial", actor=actor, on=True, day=MAY)
        actions.switch_programme(anji, "trial", actor=actor, on=False, day=JUNE)
        village = queries.area_by_code("330523103202")
        days = [MAY - dt.timedelta(days=1), MAY, JUNE - dt.timedelta(days=1), JUNE]
        assert [queries.is_on("trial", village, day) for day in days] == [False, True, True, False]
        assert [line.chain for line in trail] == [anji.pk, anji.pk]

    def test_above_a_county_any_of_its_counties(self, anji: Area, actor: Actor) -> None:
        actions.switch_programme(anji, "trial", actor=actor, on=True, day=MAY)
        on = {code: queries.programmes_on(queries.area_by_code(code), MAY) for code in ("33", "3305", "3306")}
        assert on == {"33": {"trial"}, "3305": {"trial"}, "3306": set()}
        assert not queries.is_on("trial", queries.area_by_code("330681120237"), MAY)

    def test_on_again_after_it_was_off(self, anji: Area, actor: Actor) -> None:
        actions.switch_programme(anji, "trial", actor=actor, on=True, day=MAY)
        actions.switch_programme(anji, "trial", actor=actor, on=False, day=JUNE)
        with pytest.raises(Refused) as refusal:
            actions.switch_programme(anji, "trial", actor=actor, on=True, day=MAY)
        assert code_of(refusal) == "areas.periods_overlap"
        actions.switch_programme(anji, "trial", actor=actor, on=True, day=JULY)
        assert not queries.is_on("trial", anji, JUNE) and queries.is_on("trial", anji, JULY)

    def test_refusals(self, anji: Area, places: dict[str, Area], actor: Actor) -> None:
        def refused(county: Area | None, programme: str, on: bool, day: dt.date = MAY) -> str:
            with pytest.raises(Refused) as refusal:
                actions.switch_programme(county, programme, actor=actor, on=on, day=day)
            return code_of(refusal)

        assert refused(anji, "nothing", True) == "areas.no_such_programme"
        assert refused(places["330523103"], "trial", True) == "areas.not_a_county"
        assert refused(None, "trial", True) == "areas.not_a_county"
        assert refused(anji, "trial", False) == "areas.not_on"
        actions.switch_programme(anji, "trial", actor=actor, on=True, day=JUNE)
        assert refused(anji, "trial", True, JULY) == "areas.already_on"
        assert refused(anji, "trial", False, MAY) == "areas.not_on"
