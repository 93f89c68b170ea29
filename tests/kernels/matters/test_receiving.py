"""Whose 今日 shows what nobody has yet: the place's own post, or the nearest one above it."""

import pytest

from tests.kernels.matters.conftest import Village
from tests.support.cast import SYSTEM
from xianglin.base.actor import Actor
from xianglin.commons.access import actions as access
from xianglin.commons.access.models import Grant
from xianglin.commons.access.queries import reach
from xianglin.kernels.matters import actions, doctor, queries
from xianglin.kernels.matters.models import Matter

pytestmark = pytest.mark.usefixtures("morning")


def receives(actor: Actor, matter: Matter) -> bool:
    return matter in queries.to_receive(reach(actor)[0])


def leave(*actors: Actor) -> None:
    for grant in Grant.objects.filter(account_id__in=[a.account_id for a in actors]):
        access.end_grant(grant, actor=SYSTEM)


def test_a_village_with_a_post_receives_for_itself(here: Village) -> None:
    matter = here.say()
    assert [receives(who, matter) for who in (here.cadre, here.beside, here.clerk, here.county)] == [
        True, False, False, False,
    ]  # fmt: skip


def test_where_nobody_is_left_the_town_receives_and_then_the_county(here: Village) -> None:
    matter = here.say()
    leave(here.cadre, here.second)
    assert receives(here.clerk, matter) and not receives(here.county, matter)
    leave(here.clerk)
    assert receives(here.county, matter)
    assert not receives(here.beside, matter)


def test_where_nobody_is_left_at_all_the_doctor_says_so(here: Village) -> None:
    here.say()
    leave(here.cadre, here.second, here.clerk)
    assert doctor.checks() == []
    leave(here.county)
    (said,) = doctor.checks()
    assert "玉华村有事没人受理" in said


def test_an_accusation_that_no_inspector_sees(here: Village) -> None:
    actions.quarantine_matter(here.say(), actor=here.cadre)
    assert doctor.checks() == []
    leave(here.inspector)
    (said,) = doctor.checks()
    assert "检举控告" in said


def test_a_department_of_the_county_is_no_post(here: Village) -> None:
    matter = here.say()
    leave(here.cadre, here.second, here.clerk)
    assert not receives(here.officer, matter) and receives(here.county, matter)
