"""The village's representatives are told that there is something to relay: once a month, whatever came first."""

from django.urls import reverse

from xianglin.base import hooks
from xianglin.commons.access.queries import accounts_with
from xianglin.commons.areas.models import Area
from xianglin.kernels.bulletins.models import Bulletin

from ..kinds import REPORT, REPRESENTATIVE

TEMPLATE = "briefing.to_relay"


def on_published(row: Bulletin) -> None:
    if row.kind == REPORT:
        tell_representatives(row.area, row.period, row.title)


def tell_representatives(area: Area, period: str, title: str) -> None:
    for account in accounts_with(REPRESENTATIVE, area):
        hooks.tell(
            TEMPLATE,
            account=account,
            county_id=area.county_id or 0,
            variables={"title": title, "link": reverse("briefing:relay")},
            dedupe=f"{TEMPLATE}:{area.pk}:{period}:{account.pk}",
        )
