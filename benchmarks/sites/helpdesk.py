"""django-helpdesk's ticket list: the page, and the request for 50 rows that its table makes at once."""

import datetime as dt
import re
import sys
from importlib.metadata import version
from typing import Any

from benchmarks.site_process import Page, client_for, serve, version_of_database
from benchmarks.sites.plain_settings import settings_for

QUEUES = 10
APPS = ["django.contrib.admin", "django.contrib.sites", "django.contrib.humanize", "rest_framework", "helpdesk"]


def build() -> tuple[dict[str, Page], dict[str, Any]]:
    import django
    from django.conf import settings

    settings.configure(
        **settings_for(
            APPS,
            "benchmarks.sites.helpdesk_urls",
            SITE_ID=1,
            LOGIN_URL="helpdesk:login",
            LANGUAGE_CODE="en",  # its own language
            HELPDESK_TEAMS_MODE_ENABLED=False,  # an extra that is not installed with it
        )
    )
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    client = client_for(_fill(int(sys.argv[1])))
    told = {"database": version_of_database(), "version": version("django-helpdesk")}
    return {"list": Page(client, ("/tickets/", _data_address(client)))}, told


def _fill(count: int) -> Any:
    """Nine of ten tickets are done; a tenth is open, which is what its list shows."""
    from django.contrib.auth.models import User
    from django.db import connection
    from django.utils import timezone
    from helpdesk.models import FollowUp, Queue, Ticket

    reader = User.objects.create_superuser("reader", "reader@example.org")
    queues = [Queue.objects.create(title=f"Queue {n}", slug=f"q{n}") for n in range(QUEUES)]
    now = timezone.now()
    tickets = Ticket.objects.bulk_create(
        (
            Ticket(
                title=f"Street lamp {n} is out",
                description="It has been dark for two weeks.",
                queue=queues[n % QUEUES],
                submitter_email=f"villager{n}@example.org",
                assigned_to=reader if n % 3 else None,
                status=Ticket.OPEN_STATUS if n % 10 == 0 else Ticket.CLOSED_STATUS,
                created=now - dt.timedelta(minutes=30 * n),
                due_date=now + dt.timedelta(days=n % 30),
            )
            for n in range(count)
        ),
        batch_size=500,
    )
    FollowUp.objects.bulk_create(
        (FollowUp(ticket=t, title="Opened", comment="Seen.", public=True, date=t.created) for t in tickets),
        batch_size=1000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return reader


def _data_address(client: Any) -> str:
    """What the page's own table asks for, with 50 rows to a page."""
    page = client.get("/tickets/").content.decode()
    found = re.search(r'"url": "([^"]*datatables[^"]*)"', page)
    assert found is not None, "the ticket list names no address for its rows"
    return f"{found[1]}?draw=1&start=0&length=50&order[0][column]=5&order[0][dir]=asc"


if __name__ == "__main__":
    serve(build)
