"""Reads: an account's notices, what was not sent, what the sandbox took."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from xianglin.base import clock
from xianglin.commons.access.models import Account
from xianglin.commons.keys.sealing import open_all

from . import approved, mail, providers
from .models import Inbound, Mailbox, Notice, Phone, Question, Report, SandboxMessage

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


@dataclass(frozen=True)
class Shown:
    """A message of the demonstration's, and whether it asks something that can still be answered."""

    message: SandboxMessage
    asks: bool
    answered: bool


def sandbox(limit: int = 100) -> list[Shown]:
    """What the demonstration "sent", newest first."""
    messages = list(SandboxMessage.objects.order_by("-sent_at", "-id")[:limit])
    sent = Notice.objects.filter(reference__in=[m.reference for m in messages if m.reference])
    of = dict(sent.values_list("reference", "pk"))
    questions = {q.notice_id: q for q in Question.objects.filter(notice_id__in=of.values())}
    asked = [questions.get(of.get(m.reference, 0)) for m in messages]
    return [
        Shown(m, q is not None and q.outcome in ("", "answered"), q is not None and q.outcome == "answered")
        for m, q in zip(messages, asked, strict=True)
    ]


def phone_of(account: Account) -> Phone | None:
    """What holds between us and an account's phone; unsaved where nothing was ever sent. None: it has no phone."""
    if not account.phone_index:
        return None
    found = Phone.objects.filter(index=account.phone_index).first()
    return found or Phone(index=account.phone_index)


def mailbox_of(account_id: int) -> Mailbox | None:
    return Mailbox.objects.filter(account_id=account_id).first()


def masked(address: str) -> str:
    """As it is shown to its owner: l***@example.cn."""
    name, _at, domain = address.partition("@")
    return f"{name[:1]}***@{domain}"


@dataclass(frozen=True)
class Reply:
    """What a phone's owner wrote to a question, in plain words: for those who may read them."""

    text: str
    at: dt.datetime


def unread_replies(key: str, abouts: Sequence[str]) -> list[Reply]:
    """Replies about these that nobody could make anything of (听不懂的回复), oldest first."""
    rows = Inbound.objects.filter(question__key=key, question__about__in=abouts, acted_at__isnull=False)
    found = list(rows.exclude(outcome__in=("done", "stopped")).order_by("received_at", "pk")[:PAGE])
    texts = open_all([row.text for row in found])
    return [Reply(text, row.received_at) for row, text in zip(found, texts, strict=True) if text]


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
