"""Our site over a province of matters: its lists as each reader sees them."""

import datetime as dt
import os
import sys
from typing import Any
from urllib.parse import quote

from benchmarks.site_process import Page, client_for, serve, version_of_database

# One day for all runs: the calendar knows its year, and due dates fall the same.
TODAY = dt.datetime(2026, 6, 15, 10, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def build() -> tuple[dict[str, Page], dict[str, Any]]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "xianglin.config.settings"
    import django

    django.setup()
    from xianglin.config import doctor, prepare

    prepare.database()
    from benchmarks import province

    counted = province.build(int(sys.argv[1]), TODAY)
    found = [told for told in doctor.examine() if "XIANGLIN_SMS_PROVIDER" not in told]  # nobody is sent anything here
    assert not found, f"doctor says: {found}"
    return _pages(), {"database": version_of_database(), "doctor": "passes", **counted}


def _pages() -> dict[str, Page]:
    """Readers from the middle of the province, whose rows lie as anybody's do."""
    from xianglin.commons.access.models import Account
    from xianglin.commons.access.sessions import BACKEND
    from xianglin.commons.areas.models import Area, Level
    from xianglin.kernels.matters import queries

    villages = Area.objects.filter(level=Level.VILLAGE).order_by("pk")
    village = villages[villages.count() * 3 // 5]
    homes = {"village": village.pk, "town": village.town_id, "department": village.county_id}
    homes["province"] = village.province_id
    province = Area.objects.get(pk=village.province_id)
    first = queries.page_of(queries.soonest_first(queries.open_in(province)))
    readers = {key: client_for(Account.objects.get(home_id=home), BACKEND) for key, home in homes.items()}
    return {
        "village page": Page(client_for(), (f"/v/{village.code}/",)),
        **{f"in my area, {key}": Page(client, ("/matters/",)) for key, client in readers.items()},
        **{
            f"mine, {key}": Page(client, ("/matters/?list=mine",))
            for key, client in readers.items()
            if key != "province"  # an observer has nothing in hand
        },
        **{f"done, {key}": Page(client, ("/matters/?list=done",)) for key, client in readers.items()},
        "second page, province": Page(readers["province"], (f"/matters/?list=open&after={first.after}",)),
        "today, village": Page(readers["village"], ("/today/",)),
        "today, town": Page(readers["town"], ("/today/",)),
        **{f"figures, {key}": Page(readers[key], ("/figures/",)) for key in ("village", "town")},
        **{f"topics, {key}": Page(readers[key], ("/matters/topics/?months=3",)) for key in ("village", "town")},
        "a topic, town": Page(readers["town"], (f"/matters/topics/records/?months=3&category={quote('环境')}",)),
        **{f"duplicates, {key}": Page(readers[key], ("/matters/duplicates/",)) for key in ("village", "town")},
    }


if __name__ == "__main__":
    from xianglin.base import clock

    with clock.living_at(TODAY):
        serve(build)
