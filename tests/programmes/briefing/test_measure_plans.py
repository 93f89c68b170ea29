"""A month's figures of a place are found by an index, never by reading all that ever came in there.

On SQLite, which plans the same without a row. PostgreSQL reads a small table whole; at 200,000 rows it takes the same
indexes, two by two (BitmapOr).
"""

import datetime as dt

import pytest
from django.db import connection

from tests.support.cast import build_places
from xianglin.commons.areas.models import Area
from xianglin.kernels.indicators import queries
from xianglin.programmes.briefing.measures import MEASURES

MARCH = dt.date(2026, 3, 1)
FOUND_BY = {
    "briefing.matters_raised": {"matters_came_"},
    "briefing.matters_to_answer": {"matters_answered_", "matters_due_"},
    "briefing.matters_answered_in_time": {"matters_answered_", "matters_due_"},
    "briefing.tasks_due": {"matters_done_", "matters_due_"},
    "briefing.tasks_settled_in_time": {"matters_done_", "matters_due_"},
}


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="an empty table is read whole there")
@pytest.mark.parametrize("level", ["village", "town", "county", "province"])
@pytest.mark.parametrize("code", FOUND_BY)
def test_plans(code: str, level: str) -> None:
    measure = next(one for one in MEASURES if one.code == code)
    area: Area = getattr(build_places(), level)
    rows = queries.rows_of(measure, area, MARCH)
    plan = rows.select_related(None).order_by().explain()
    for name in FOUND_BY[code]:
        assert f"{name}{level}" in plan, plan
