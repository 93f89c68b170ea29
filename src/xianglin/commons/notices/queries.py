"""Reads: an account's notices, what was not sent, what the sandbox took."""

import datetime as dt

from django.utils.translation import gettext as _

from xianglin.base import clock

from . import approved, mail, providers
from .models import Notice, Report, SandboxMessage

PAGE = 50
_RECENT = dt.timedelta(days=7)


def unread(account_id: int | None) -> int:
    """How many an account has not read, counted up to 100."""
    mine = Notice.objects.filter(account_id=account_id, channel=Notice.Channel.IN_APP, read_at=None)
    return mine[:100].count() if account_id is not None else 0


def notices_of(account_id: int, before: int | None = None) -> list[Notice]:
    """A page of an account's notices, newest first, continued by the id of the last one.

    By the time told: a story is told in its own time, not in the order of the ids.
    """
    mine = Notice.objects.filter(account_id=account_id, channel=Notice.Channel.IN_APP)
    last = mine.filter(pk=before).first() if before else None
    if last is not None:
        shown = {"created_at": last.created_at, "pk__gte": last.pk}
        mine = mine.filter(created_at__lte=last.created_at).exclude(**shown)
    return list(mine.order_by("-created_at", "-id")[:PAGE])


def sandbox(limit: int = 100) -> list[SandboxMessage]:
    """What the demonstration "sent", newest first."""
    return list(SandboxMessage.objects.order_by("-sent_at", "-id")[:limit])


def troubles() -> list[str]:
    """What keeps messages from going out, and what did not arrive in the last week; for ``doctor``."""
    recent = Notice.objects.filter(created_at__gte=clock.now() - _RECENT)
    said = [*providers.complaints(), *approved.complaints(), *mail.complaints()]
    if failed := recent.filter(state=Notice.State.FAILED)[:1000].count():
        last = recent.filter(state=Notice.State.FAILED).latest("created_at").reason
        said.append(_("近七天有 %(count)d 条短信没发出去：%(reason)s") % {"count": failed, "reason": last})
    if unknown := recent.filter(state=Notice.State.UNKNOWN)[:1000].count():
        said.append(
            _("近七天有 %(count)d 条短信不知道发到没有，没有重发。请到短信服务商那里核对。") % {"count": unknown}
        )
    if strange := Report.objects.filter(settled_at=None, received_at__gte=clock.now() - _RECENT)[:1000].count():
        said.append(_("近七天有 %(count)d 个送达回执对不上发出的短信。") % {"count": strange})
    return said
