"""The least that Django can do: 50 rows off an index, a plain template, a logged-in reader."""

import datetime as dt
import sys
from typing import Any

from benchmarks.site_process import Page, client_for, serve, version_of_database
from benchmarks.sites.plain_settings import settings_for


def build() -> tuple[dict[str, Page], dict[str, Any]]:
    import django
    from django.conf import settings

    settings.configure(**settings_for(["benchmarks.sites.bare_app"], "benchmarks.sites.bare_app.urls"))
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0, run_syncdb=True)
    _fill(int(sys.argv[1]))
    reader = User.objects.create_user("reader")
    return {"list": Page(client_for(reader), ("/",))}, {"database": version_of_database()}


def _fill(count: int) -> None:
    from django.db import connection

    from benchmarks.sites.bare_app.models import Item

    first = dt.date(2026, 1, 1)
    rows = (
        Item(title=f"{n} 组桥头路灯不亮", place="玉华村", state="在办", due_on=first + dt.timedelta(days=n % 300))
        for n in range(count)
    )
    Item.objects.bulk_create(rows, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    serve(build)
