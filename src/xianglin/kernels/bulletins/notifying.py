"""Telling who wrote, or looks over, what became of a text."""

from django.urls import reverse

from xianglin.base import clock, hooks
from xianglin.commons.access.models import Account

from .models import Bulletin


def tell(bulletin: Bulletin, account: Account, template: str, **variables: str) -> None:
    link = reverse("bulletins:draft", args=[bulletin.pk])
    hooks.tell(
        template,
        account=account,
        county_id=bulletin.county_id or 0,
        variables={"title": bulletin.title, "link": link, **variables},
        dedupe=f"{template}:{bulletin.pk}:{clock.now().isoformat()}:{account.pk}",
    )
