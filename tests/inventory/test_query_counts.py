"""A list of fifty rows asks the database no more often than a list of five."""

import uuid
from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.kernels.matters.conftest import ANSWER, MORNING, Village, receipt_of
from tests.support.cast import SYSTEM, as_account
from xianglin.base import clock
from xianglin.commons.access.models import Account
from xianglin.commons.areas.actions import switch_programme
from xianglin.commons.people import actions as people
from xianglin.kernels.bulletins import actions as bulletins
from xianglin.kernels.matters import actions
from xianglin.programmes.briefing import actions_visits as visits

FEW, MANY = 5, 50


def grow(here: Village, count: int) -> None:
    """So many open ones and so many settled ones, all public and all said by the villager."""
    with clock.living_at(MORNING):
        for n in range(count):
            door = people.Door(f"{count}-{n}", "徐阿根", f"{n % 3}组")
            visits.note_visit(
                people.note_household(here.place, actor=here.cadre, door=door),
                actor=here.cadre,
                key=uuid.uuid4(),
                heard=visits.Heard(),
            )
            period = f"{2020 + n // 12}-{n % 12 + 1:02d}"
            bulletins.open_bulletin(here.place, actor=here.cadre, kind="briefing.report", period=period)
            for ended in (False, True):
                matter = here.say(words=f"第 {n} 盏灯不亮", by=here.villager)
                matter = actions.triage_matter(matter, actor=here.cadre, title="灯不亮", category="", public=True)
                if n % 3 == 0 and not ended:
                    continue  # waits for the receiving post
                matter = actions.assign_matter(matter, actor=here.clerk, account_id=here.cadre.account_id)
                if ended:
                    matter = actions.answer_matter(matter, actor=here.cadre, text=ANSWER)
                    actions.settle_matter(matter, actor=receipt_of(matter), settled=True)


PAGES: dict[str, tuple[str, Callable[[Village], str]]] = {
    "matters": ("cadre", lambda here: reverse("matters:list")),
    "matters, mine": ("cadre", lambda here: reverse("matters:list") + "?list=mine"),
    "matters, done": ("cadre", lambda here: reverse("matters:list") + "?list=done"),
    "matters of a town": ("clerk", lambda here: reverse("matters:list")),
    "duplicates": ("cadre", lambda here: reverse("matters:duplicates")),
    "topics": ("clerk", lambda here: reverse("matters:topics") + "?months=12"),
    "a topic": ("cadre", lambda here: reverse("matters:topic") + "?category="),
    "today": ("cadre", lambda here: reverse("portal:today")),
    "village": ("nobody", lambda here: reverse("portal:village", args=[here.place.code])),
    "everything": ("nobody", lambda here: reverse("matters:everything", args=[here.place.code])),
    "everything, done": ("nobody", lambda here: reverse("matters:everything", args=[here.place.code]) + "?list=done"),
    "search": ("nobody", lambda here: reverse("portal:search") + "?q=灯不亮"),
    "search, here": ("clerk", lambda here: reverse("portal:search") + f"?q=灯不亮&area={here.cast.places.town.code}"),
    "visits": ("cadre", lambda here: reverse("briefing:visits")),
    "reports": ("clerk", lambda here: reverse("briefing:reports")),
    "figures": ("clerk", lambda here: reverse("indicators:figures")),
    "a figure": ("clerk", lambda here: reverse("indicators:measure", args=["briefing.matters_raised"])),
    "me": ("villager", lambda here: reverse("portal:me")),
    "notices": ("cadre", lambda here: reverse("notices:list")),
}


def test_no_list_asks_more_for_more_rows(here: Village) -> None:
    def counts() -> dict[str, int]:
        asked = {}
        for name, (who, page) in PAGES.items():
            client = Client() if who == "nobody" else as_account(Account.objects.get(pk=getattr(here, who).id))
            client.get(page(here))  # what is read once per process
            with CaptureQueriesContext(connection) as queries, clock.living_at(MORNING):
                assert client.get(page(here)).status_code == 200
            asked[name] = len(queries)
        return asked

    with clock.living_at(MORNING):
        switch_programme(here.cast.places.county, "briefing", actor=SYSTEM, on=True)
    grow(here, FEW)
    few = counts()
    grow(here, MANY - FEW)
    assert counts() == few
    assert max(few.values()) <= 20, few
