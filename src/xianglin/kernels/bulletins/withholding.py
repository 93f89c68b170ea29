"""A leak that was published (停止公开): which versions are shown no more, changed by two actions."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from xianglin.base import clock, events
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused

from . import drafts, rules
from .events import WITHHELD
from .models import Bulletin, Version, Withheld
from .notifying import tell


@action("bulletins.withhold", subject=Bulletin)
def withhold_versions(
    bulletin: Bulletin, *, actor: Actor, numbers: Iterable[int], reason: str, key: UUID | None = None
) -> Bulletin:
    """Show these versions no more: somebody's data stand in them. Their hashes, and that they were published, stay."""
    why = rules.require_publishable(_reason(reason), drafts.names_for(bulletin))
    wanted = [version for version in _chosen(bulletin, numbers) if version.withheld_now is None]
    if not wanted:
        raise Refused("bulletins.already_withheld", _("选的这几版已经停止公开了。"))
    for version in wanted:
        row = Withheld(version=version, reason=why, by=actor.ref, by_name=actor.name, at=clock.now())
        with changing(row):
            row.save()
    tell(bulletin, bulletin.opened_by, "bulletins.withheld", reason=why)
    events.announce(WITHHELD, row=bulletin)
    return bulletin


@action("bulletins.release", subject=Bulletin)
def release_versions(
    bulletin: Bulletin, *, actor: Actor, numbers: Iterable[int], reason: str, key: UUID | None = None
) -> Bulletin:
    """Show again what was withheld by mistake."""
    why = rules.require_publishable(_reason(reason), drafts.names_for(bulletin))
    rows = [row for version in _chosen(bulletin, numbers) if (row := version.withheld_now) is not None]
    if not rows:
        raise Refused("bulletins.not_withheld", _("选的这几版没有停止公开。"))
    for row in rows:
        with changing(row):
            row.released_reason, row.released_at = why, clock.now()
            row.released_by, row.released_by_name = actor.ref, actor.name
            row.save()
    events.announce(WITHHELD, row=bulletin)
    return bulletin


def _reason(reason: str) -> str:
    kept = reason.strip()
    if not kept:
        raise Refused("bulletins.no_reason", _("请写一句为什么，大家会看到。不要写那条个人信息。"))
    return kept


def _chosen(bulletin: Bulletin, numbers: Iterable[int]) -> list[Version]:
    wanted = set(numbers)
    found = list(bulletin.versions.filter(number__in=wanted).order_by("number"))
    if not wanted or len(found) < len(wanted):
        raise Refused("bulletins.no_version", _("请选是哪一版。"))
    return found
