"""和孚镇's doors lead to pages that show something, and its registers came in without a row left over."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.commons.access.models import DemoDoor
from xianglin.commons.exchange.models import Batch
from xianglin.demo import day, hefu
from xianglin.demo.hefu_pairs import pair_of
from xianglin.demo.hefu_people import APART
from xianglin.kernels.indicators import queries
from xianglin.kernels.indicators.declare import REGISTRY
from xianglin.kernels.pairings.models import Pairing, Round
from xianglin.programmes.mentoring.models import Assignment, Goal, Mentor, Reading, Review, YoungCadre
from xianglin.programmes.mentoring.plans.models import Form


@pytest.fixture
def begun(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA, settings.ALLOWED_HOSTS = tmp_path, ["testserver"]
    monkeypatch.setattr(clock, "_offset_days", day.offset)
    hefu.begin()
    hefu.tell_the_year()


def test_the_story(begun: None) -> None:
    """Played once for all that is told of it."""
    both_sheets_came_in_whole()
    the_pairs_are_the_solved_rounds_and_nobody_is_with_whom_they_avoid()
    one_person_is_told_whole()
    each_door_opens_on_something()


def both_sheets_came_in_whole() -> None:
    assert [(b.bad, b.rejected) for b in Batch.objects.all()] == [(0, 0), (0, 0)]
    assert Mentor.objects.count() == len(hefu.MENTORS) - 1
    assert YoungCadre.objects.count() == len(hefu.CADRES) - 1
    assert {row.area.name for row in YoungCadre.objects.select_related("area")} == {
        name for code, name, parent in hefu.AREAS if parent and code.startswith(hefu.TOWN)
    }
    days = list(Reading.objects.order_by("pk").values_list("on", flat=True))
    assert days == sorted(days) and str(days[0]) == "2021-06-10"


def the_pairs_are_the_solved_rounds_and_nobody_is_with_whom_they_avoid() -> None:
    groups = Counter(Pairing.objects.values_list("offer__holder__display_name", flat=True))
    assert Counter(groups.values()) == {1: 24, 2: 3, 3: 1}, "24 一对一, three with two, one with three"
    round_ = Round.objects.get()
    assert round_.chosen is not None and (round_.chosen.objective, round_.chosen.gap) == ("total", 0)
    picked = set(round_.chosen.picks.values_list("need_id", "offer_id"))
    assert picked == set(Pairing.objects.values_list("need_id", "offer_id"))
    met = set(Pairing.objects.values_list("offer__holder__display_name", "need__holder__display_name"))
    assert not met & {(mentor, cadre) for mentor, cadre, _why in APART}
    figures = [queries.total(REGISTRY[f"mentoring.{name}"], None, None) for name in ("pairs", "young_cadres")]
    assert figures == [28, 33]


def one_person_is_told_whole() -> None:
    told = pair_of("茅雨晴")
    assert {one.form for one in Assignment.objects.filter(milestone__pairing=told)} == set(Form.values)
    review = Review.objects.get(pairing=told)
    assert review.summary and review.opinion and review.open, "the organiser's word is still to come"
    goal = Goal.objects.get(pairing=told, ability__name="文字综合")
    latest = Reading.objects.filter(cadre__account=told.need.holder_id, ability=goal.ability, view="mentor").last()
    assert latest is not None and (goal.baseline, latest.level) == (2, 4)


def each_door_opens_on_something() -> None:
    opens = {"organiser": ("mentoring:cadres", "茅雨晴"), "mentor": ("mentoring:own_mentor", "荻港村原党总支书记")}
    opens["young_cadre"] = ("mentoring:growth", "矛盾调解　2 → 3")
    for door in DemoDoor.objects.select_related("account"):
        page, said = opens.pop(door.persona)
        assert door.account is not None
        assert said in as_account(door.account).get(reverse(page)).content.decode()
    assert not opens
