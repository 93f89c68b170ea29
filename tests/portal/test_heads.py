"""The page of published heads: what anybody can write down today proves tomorrow that nothing was altered."""

import datetime as dt
from typing import Any

from django.test import Client

from tests.kernels.matters.conftest import MORNING, Village, build_village
from xianglin.base import clock
from xianglin.commons.trail import chain
from xianglin.commons.trail.models import Head


def _joined(answer: Any) -> str:
    """The page with its hashes in one piece, as they are copied: it shows them in fours."""
    return str(answer.content.decode()).replace("</span><span>", "")


def test_it_shows_each_countys_head_of_the_day_and_of_the_day_before(db: None) -> None:
    with clock.living_at(MORNING):
        here = build_village()
        here.say()
        first = Head.objects.get(chain=here.place.county_id).hash
        chain.publish_heads()
    with clock.living_at(MORNING + dt.timedelta(days=1)):
        here.say()
        second = Head.objects.get(chain=here.place.county_id).hash
        chain.publish_heads()
        page = _joined(Client().get("/heads/"))
        assert second in page and first not in page and "安吉县" in page
        assert "?on=2026-03-10" in page
        assert first in _joined(Client().get("/heads/?on=2026-03-10"))
        assert second in _joined(Client().get("/heads/?on=2026-13-99")), "nonsense is today"


def test_before_the_first_night_it_says_so(db: None) -> None:
    assert "还没有公布过" in Client().get("/heads/").content.decode()


def test_it_asks_no_more_for_more_counties(db: None, django_assert_max_num_queries: object) -> None:
    with clock.living_at(MORNING):
        here: Village = build_village()
        here.say()
        chain.publish_heads()
        Client().get("/heads/")
        with django_assert_max_num_queries(4):  # type: ignore[operator]
            Client().get("/heads/")
