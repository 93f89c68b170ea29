"""和孚镇's doors lead to pages that show something, and its registers came in without a row left over."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.commons.access.models import DemoDoor
from xianglin.commons.exchange.models import Batch
from xianglin.demo import day, hefu
from xianglin.programmes.mentoring.models import Mentor, Reading, YoungCadre


@pytest.fixture
def begun(db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DATA, settings.ALLOWED_HOSTS = tmp_path, ["testserver"]
    monkeypatch.setattr(clock, "_offset_days", day.offset)
    hefu.begin()


def test_both_sheets_came_in_whole(begun: None) -> None:
    assert [(b.bad, b.rejected) for b in Batch.objects.all()] == [(0, 0), (0, 0)]
    assert Mentor.objects.count() == len(hefu.MENTORS) - 1
    assert YoungCadre.objects.count() == len(hefu.CADRES) - 1
    assert {row.area.name for row in YoungCadre.objects.select_related("area")} == {
        "荻港村",
        "长超村",
        "和孚镇",
        "民当村",
    }
    days = list(Reading.objects.order_by("pk").values_list("on", flat=True))
    assert days == sorted(days) and str(days[0]) == "2021-07-01"


def test_each_door_opens_on_something(begun: None) -> None:
    opens = {"organiser": ("mentoring:cadres", "茅雨晴"), "mentor": ("mentoring:own_mentor", "荻港村原党总支书记")}
    opens["young_cadre"] = ("mentoring:growth", "矛盾调解　2 → 3")
    for door in DemoDoor.objects.select_related("account"):
        page, said = opens.pop(door.persona)
        assert door.account is not None
        assert said in as_account(door.account).get(reverse(page)).content.decode()
    assert not opens
