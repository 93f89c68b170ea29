"""Checking a living site raises no alarm: real writers, and heads published meanwhile, on both databases."""

import pytest

from tests.commons.jobs.installation import Installation, installation

__all__ = ["installation"]

ALIVE = """
from django.db import connection
from xianglin.base import clock
from xianglin.base.actor import system
from xianglin.commons.trail import chain
from xianglin.commons.trail.models import Entry
stop = threading.Event()

def write(county):
    while not stop.is_set():
        chain.record("tests.ping", system("tests"), chain=county)
    connection.close()

def publish():
    day = clock.now()
    while not stop.is_set():
        day += dt.timedelta(days=1)
        with clock.living_at(day):
            chain.publish_heads()
        stop.wait(0.005)
    connection.close()

for county in (7, 8):
    chain.record("tests.ping", system("tests"), chain=county)
others = [threading.Thread(target=write, args=[county]) for county in (7, 7, 8)] + [threading.Thread(target=publish)]
for other in others:
    other.start()
alarms, rows = [], Entry.objects.filter(chain=7)
while rows.count() < 200:  # however slow the machine is
    alarms += [str(broken) for broken in chain.verify()]
stop.set()
for other in others:
    other.join()
print(json.dumps([alarms, [str(broken) for broken in chain.verify()], rows.count()]))
"""


@pytest.mark.xdist_group("trail-alive")
def test_no_alarm_while_others_write(installation: Installation) -> None:
    alarms, after, rows = installation.run(ALIVE)
    assert (alarms, after) == ([], [])
    assert rows >= 200
