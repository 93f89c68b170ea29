"""Fifty people sign up for the last seat in the same instant, on the database that the settings name.

A program of its own: SQLite in memory, where the other tests live, knows no second connection. Prints what came of it.
"""

import json
import os
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import django

PEOPLE = 50


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parents[4]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "xianglin.config.settings"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(rush()))


def rush() -> dict[str, Any]:
    """How often each answer was given, how full it is, and whether half of them leaving moved up the right ones."""
    from django.db import connection

    from tests.kernels.gatherings.sessions import conftest as garden
    from xianglin.base import clock, registry
    from xianglin.kernels.gatherings import actions
    from xianglin.kernels.gatherings.models import Registration

    registry.PROGRAMMES["garden"] = garden.GARDEN
    barrier = threading.Barrier(PEOPLE)

    def at_once(do: Any, ones: list[Any]) -> Counter[str]:
        def one_of_them(one: Any) -> str:
            barrier.wait(timeout=60)
            try:
                with clock.living_at(garden.MORNING):
                    return str(do(one).state)
            finally:
                connection.close()

        with ThreadPoolExecutor(PEOPLE) as pool:
            return Counter(pool.map(one_of_them, ones))

    with clock.living_at(garden.MORNING):
        here = garden.Garden(garden.build_village())
        walk = here.walk(seats=1)
        people = [here.actor(f"第{n}个") for n in range(PEOPLE)]
    answers = at_once(lambda who: actions.sign_up(walk, actor=who), people)
    walk.refresh_from_db()
    queue = list(walk.registrations.filter(state="waiting").order_by("pk"))
    seat = walk.registrations.get(state="seated")
    barrier.reset()
    leaving = [seat, *queue[: PEOPLE - 1]]
    leaving, staying = leaving[:-1], leaving[-1]
    barrier = threading.Barrier(len(leaving))
    by = {who.account_id: who for who in people}
    left = at_once(lambda one: actions.leave_session(one, actor=by[one.account_id]), leaving)
    staying.refresh_from_db()
    return {
        **answers,
        "taken": walk.taken,
        "left": left[Registration.State.CANCELLED],
        "the last one's seat": staying.seat,
    }


if __name__ == "__main__":
    main()
