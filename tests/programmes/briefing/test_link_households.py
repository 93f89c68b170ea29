"""联户: a household has one representative at a time, whom the village's cadre ticks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.programmes.briefing.conftest import Street
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.people.actions import Door, note_household
from xianglin.programmes.briefing.models import Link
from xianglin.programmes.briefing.relaying import queries
from xianglin.programmes.briefing.relaying.actions import link_households


def linked(street: Street, who: Actor) -> list[str]:
    return [row.number for row in queries.links_of(who.account_id, street.place)]


def test_ticked_they_are_his_from_today(street: Street, trailed: Callable[[Any], list[tuple[str, str]]]) -> None:
    assert linked(street, street.representative) == ["1号", "2号", "3号"]
    link = Link.objects.get(household=street.doors[0])
    assert (link.from_on, link.to_on) == (clock.today(), None)
    assert trailed(link) == [("briefing.link_households", street.desk.here.cadre.ref)]


def test_what_is_ticked_for_another_is_handed_on(street: Street) -> None:
    street.link(street.other, 2, 3)
    assert linked(street, street.representative) == ["1号", "2号"]
    assert sorted(linked(street, street.other)) == ["3号", "4号"]
    assert Link.objects.filter(household=street.doors[2]).count() == 2, "the earlier one stays, ended"


def test_what_is_not_ticked_any_more_is_nobodys(street: Street) -> None:
    street.link(street.representative, 0)
    assert linked(street, street.representative) == ["1号"]


def test_ticked_twice_nothing_changes(street: Street) -> None:
    street.link(street.representative, 0, 1, 2)
    assert Link.objects.count() == 3


def test_the_database_knows_that_there_is_one(street: Street) -> None:
    again = Link(
        area=street.place, household=street.doors[0], representative_id=street.other.account_id, from_on=clock.today()
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_only_a_representative_of_the_village_links(street: Street) -> None:
    here = street.desk.here
    with pytest.raises(Refused) as refusal:
        link_households(
            street.place,
            actor=here.cadre,
            representative_id=here.second.account_id or 0,
            household_ids=street.ids(0),
        )
    assert refusal.value.code == "briefing.no_representative"


def test_a_household_of_another_village_is_not_in_the_list(street: Street) -> None:
    here = street.desk.here
    far = note_household(here.cast.places.beside_village, actor=here.beside, door=Door("1号", "陈阿毛"))
    with pytest.raises(Refused) as refusal:
        link_households(
            street.place,
            actor=here.cadre,
            representative_id=street.other.account_id or 0,
            household_ids=[far.pk],
        )
    assert refusal.value.code == "briefing.household_gone"


@pytest.mark.parametrize("who", ["villager", "beside", "clerk", "inspector", "outsider"])
def test_only_the_villages_cadre_ticks(street: Street, who: str) -> None:
    with pytest.raises(Forbidden):
        link_households(
            street.place,
            actor=getattr(street.desk.here, who),
            representative_id=street.other.account_id or 0,
            household_ids=street.ids(0),
        )


def test_not_even_the_representative_himself(street: Street) -> None:
    with pytest.raises(Forbidden):
        link_households(
            street.place,
            actor=street.other,
            representative_id=street.other.account_id or 0,
            household_ids=street.ids(0),
        )
