"""Fifty people accept the last place in the same instant, on the database that the settings name.

A program of its own: SQLite in memory, where the other tests live, knows no second connection. Prints what came of it.
"""

import json
import os
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import django

PEOPLE = 50


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parents[3]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "xianglin.config.settings"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    print(json.dumps(rush()))


def rush() -> dict[str, int]:
    """How often each answer was given, and how many pairings there are."""
    from django.db import connection

    from tests.kernels.pairings import conftest as garden
    from xianglin.base import registry
    from xianglin.base.refused import Refused
    from xianglin.kernels.pairings import actions
    from xianglin.kernels.pairings.models import Pairing

    registry.PROGRAMMES["garden"] = garden.GARDEN
    here = garden.Garden(garden.build_village())
    offer = here.offer("老陆")
    asked = [(here.asked(here.need(f"第{n}个"), offer), here.actor(f"第{n}个")) for n in range(PEOPLE)]
    for proposal, _who in asked:
        actions.accept(proposal, actor=here.actor("老陆"))
    barrier = threading.Barrier(PEOPLE)

    def take(one: tuple) -> str:  # type: ignore[type-arg]
        barrier.wait(timeout=60)
        try:
            return str(actions.accept(one[0], actor=one[1]).state)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        answers = Counter(pool.map(take, asked))
    offer.refresh_from_db()
    return {**answers, "pairings": Pairing.objects.count(), "taken": offer.taken}


if __name__ == "__main__":
    main()
