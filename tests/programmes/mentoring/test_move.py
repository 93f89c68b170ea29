"""Another post: the file and the right to it go along; whoever moves somebody keeps both places' registers."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.programmes.mentoring.conftest import Town
from xianglin.base import clock, hooks
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access.models import Grant
from xianglin.programmes.mentoring.enrolment.actions import move_cadre
from xianglin.programmes.mentoring.levels.models import Reading

Trailed = Callable[[Any], list[tuple[str, str]]]


def test_the_file_goes_along(town: Town, trailed: Trailed) -> None:
    beside = town.here.cast.places.beside_village
    move_cadre(town.cadre, actor=town.officer, place=beside, post="村党总支委员")
    town.cadre.refresh_from_db()
    assert (town.cadre.village_id, town.cadre.post, town.cadre.since) == (beside.pk, "村党总支委员", clock.today())
    assert Reading.objects.filter(cadre=town.cadre).count() == 3
    held = {g.area_id: g.ended_at is None for g in Grant.objects.filter(account=town.cadre.account)}
    assert held == {town.village.pk: False, beside.pk: True}
    assert hooks.may(town.cadres_self, "mentoring.see_cadre", town.cadre)
    assert trailed(town.cadre)[-1] == ("mentoring.move_cadre", town.officer.ref)


def test_within_one_village_only_the_post_changes(town: Town) -> None:
    move_cadre(town.cadre, actor=town.officer, place=town.village, post="村报账员")
    assert Grant.objects.get(account=town.cadre.account).ended_at is None


def test_who_keeps_only_one_of_the_places_moves_nobody(town: Town) -> None:
    at = town.here.cast.places
    for actor, place in (
        (town.officer, at.beside_town),
        (town.beside, at.beside_town),
        (town.outsider, at.far_village),
        (town.cadres_self, at.beside_village),
    ):
        with pytest.raises(Forbidden):
            move_cadre(town.cadre, actor=actor, place=place, post="村文书")
    move_cadre(town.cadre, actor=town.county, place=at.beside_town, post="镇团委干事")
    with pytest.raises(Refused) as refused:
        move_cadre(town.cadre, actor=town.county, place=at.county, post="县里")
    assert refused.value.code == "mentoring.not_a_place_of_work"


def test_the_page(town: Town, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    client, page = town.browser(town.officer), reverse("mentoring:move_cadre", args=[town.cadre.pk])
    typed = {"key": str(uuid4()), "place": "没有这个村", "post": "村报账员"}
    assert client.post(page, typed).status_code == 422
    assert client.post(page, {**typed, "place": "鄣吴村"}).status_code == 302
    town.cadre.refresh_from_db()
    assert town.cadre.area.name == "鄣吴村"
