"""The rolls walk one index from its beginning, whichever place is asked for and whoever left."""

import pytest
from django.db import connection

from tests.programmes.mentoring.conftest import Town
from xianglin.programmes.mentoring.registers import queries
from xianglin.programmes.mentoring.registers.models import Mentor, YoungCadre
from xianglin.programmes.mentoring.registers.queries import Asked


@pytest.mark.parametrize("gone", [False, True])
def test_a_roll_is_one_index_walked_from_its_beginning(town: Town, gone: bool) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a PostgreSQL with few rows reads them all")
    asked = Asked(gone=gone)
    for rows, model, name in (
        (queries.mentors, Mentor, "mentors"),
        (queries.cadres, YoungCadre, "cadres"),
    ):
        for place in (town.place, town.here.cast.places.county):
            plan = rows(place, asked).prefetch_related(None)[:50].explain()
            index = f"mentoring_{name}{'_left' if gone else ''}_{place.column[:-3]}"
            assert f"USING INDEX {index} " in plan and "TEMP B-TREE" not in plan, plan
            assert f"SCAN {model._meta.db_table}" not in plan, plan
