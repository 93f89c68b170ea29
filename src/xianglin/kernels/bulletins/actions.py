"""Changes: a bulletin opened, looked over, published, corrected. The text itself is a draft until then (``drafts``);
a leak that was published is withheld (``withholding``)."""

import json
from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from xianglin.base import clock, events
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.access.queries import accounts_with
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.rules import monthly_title

from . import chain, drafts, rules
from .corrections import Correction
from .events import PUBLISHED
from .models import Bulletin, State, Version
from .notifying import tell
from .queries import SUPERVISOR
from .tables import Table


@action("bulletins.open")
def open_bulletin(area: Area, *, actor: Actor, kind: str, period: str, key: UUID | None = None) -> Bulletin:
    """Begin a place's text for a month, drafted from its records (备会). There is one; a second call answers it."""
    declared = rules.require_kind(kind)
    rules.require_period(period)
    assert actor.account_id is not None  # who writes has an account
    title = monthly_title(area, period, declared.label)
    fresh = Bulletin(kind=kind, period=period, title=title, opened_by_id=actor.account_id)
    fresh.place_in(area)
    try:
        with transaction.atomic():
            fresh.save()
    except IntegrityError:  # another was quicker, now or long ago
        return Bulletin.objects.select_related("area").get(area=area, kind=kind, period=period)
    drafts.draft_again(fresh)
    return fresh


@action("bulletins.hand_in", subject=Bulletin)
def hand_in(bulletin: Bulletin, *, actor: Actor, key: UUID | None = None) -> Bulletin:
    """Ask the village's supervisors to look it over (请村监委过目). From here on it is not written in."""
    rules.require_state(bulletin, State.DRAFT)
    drafts.draft_again(bulletin)  # nothing that came in since its page was opened is left out
    blocks = list(bulletin.blocks.all())
    rules.require_no_gaps(blocks)
    names = drafts.names_for(bulletin)
    for block in blocks:
        drafts.require_publishable(block, names)
    bulletin.state, bulletin.remark = State.REVIEWING, ""
    bulletin.save(update_fields=["state", "remark"])
    for supervisor in accounts_with(SUPERVISOR, bulletin.area):
        tell(bulletin, supervisor, "bulletins.to_review")
    return bulletin


@action("bulletins.review", subject=Bulletin)
def review_bulletin(
    bulletin: Bulletin, *, actor: Actor, agreed: bool, remark: str = "", key: UUID | None = None
) -> Bulletin:
    """A supervisor looked it over: it may be published, or goes back with what is to be mended."""
    rules.require_state(bulletin, State.REVIEWING)
    rules.require_another(bulletin, actor)
    if not agreed and not remark.strip():
        raise Refused("bulletins.no_remark", _("请写一句哪里要改。"))
    bulletin.state = State.REVIEWED if agreed else State.DRAFT
    bulletin.remark = remark.strip()
    bulletin.reviewed_by_id, bulletin.reviewed_at = actor.account_id, clock.now()
    bulletin.save(update_fields=["state", "remark", "reviewed_by", "reviewed_at"])
    if agreed:
        tell(bulletin, bulletin.opened_by, "bulletins.reviewed")
    else:
        tell(bulletin, bulletin.opened_by, "bulletins.sent_back", remark=bulletin.remark)
    return bulletin


@action("bulletins.publish", subject=Bulletin)
def publish_bulletin(bulletin: Bulletin, *, actor: Actor, key: UUID | None = None) -> Bulletin:
    """Its first version stands from now on, word by word."""
    rules.require_state(bulletin, State.REVIEWED)
    kind = rules.require_kind(bulletin.kind)
    body = rules.body_of(bulletin, kind, bulletin.blocks.all())
    version = chain.append(bulletin, actor, body, changes=[])
    bulletin.state, bulletin.version, bulletin.published_on = State.PUBLISHED, version.number, clock.today()
    bulletin.save(update_fields=["state", "version", "published_on"])
    events.announce(PUBLISHED, row=bulletin)
    return bulletin


@action("bulletins.correct", subject=Bulletin)
def correct_bulletin(
    bulletin: Bulletin,
    *,
    actor: Actor,
    reason: str,
    texts: Mapping[str, str] | None = None,
    new_tables: Mapping[str, Table | None] | None = None,
    recount: Collection[str] = (),
    key: UUID | None = None,
) -> Version:
    """A new version (更正): new sentences and tables by their origin, figures to be counted again from the records. The
    old one stays; the difference is told in words."""
    rules.require_state(bulletin, State.PUBLISHED)
    names = drafts.names_for(bulletin)
    why = rules.require_publishable(rules.require_reason(reason), names)
    standing = Version.objects.get(bulletin=bulletin, number=bulletin.version)
    correction = Correction(bulletin, names, dict(texts or {}), dict(new_tables or {}), frozenset(recount))
    body, changes = correction.of(json.loads(standing.body))
    if not changes:
        raise Refused("bulletins.nothing_changed", _("和公布的一样，没有改动。"))
    version = chain.append(bulletin, actor, body, reason=why, changes=changes)
    bulletin.version, bulletin.corrected_on = version.number, clock.today()
    bulletin.save(update_fields=["version", "corrected_on"])
    events.announce(PUBLISHED, row=bulletin)
    return version
