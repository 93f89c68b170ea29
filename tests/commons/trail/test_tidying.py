"""Callers' keys do not pile up; entries stay."""

import datetime as dt
import uuid

import pytest

from tests.commons.trail.deeds import WHO, make
from xianglin.base import clock
from xianglin.commons.jobs import declare
from xianglin.commons.trail import tidying
from xianglin.commons.trail.models import Entry, Repeat

pytestmark = pytest.mark.django_db


def test_keys_of_a_month_ago_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying, "_BATCH", 2)
    young, old = uuid.uuid4(), [uuid.uuid4() for _n in range(5)]
    with clock.living_at(clock.now() - dt.timedelta(days=31)):
        for key in old:
            make(1, actor=WHO, key=key)
    make(1, actor=WHO, key=young)
    assert (tidying.forget_repeats(), tidying.forget_repeats()) == (5, 0)
    assert [row.pk for row in Repeat.objects.all()] == [young]
    assert Entry.objects.count() == 6


def test_it_is_done_every_day() -> None:
    scheduled = declare.SCHEDULES["trail.tidy"]
    assert (str(scheduled.rule), scheduled.task.call()) == ("daily at 03:00", 0)
