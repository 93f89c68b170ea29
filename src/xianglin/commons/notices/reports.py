"""Delivery receipts (送达回执): matched to their message, each once; and asking what became of the unknown."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import QuerySet

from xianglin.base import clock
from xianglin.commons.keys.sealing import blind_index

from . import questions
from .models import Notice, Report
from .providers import TIMEOUT, LooksUp, NotTaken, provider

WAITS = dt.timedelta(days=3)  # a receipt without a message, and a message without a receipt, are looked at so long
PATIENCE = dt.timedelta(minutes=2)  # longer than any hand-over lasts: before it nobody is asked
_BATCH = 500
_TOLD = (Notice.State.SENT, Notice.State.UNKNOWN, Notice.State.WIPED)  # a receipt may still change these


def key_of(*parts: str) -> str:
    """What makes a receipt or an inbound message the same one that came before; keyed, as a number may be in it."""
    return blind_index("notices.same", "\n".join(parts))


def settle(report_id: int) -> str:
    """Write on its message what a receipt says; the same again, or a later contrary one, changes nothing."""
    with transaction.atomic():
        report = Report.objects.select_for_update().filter(pk=report_id, settled_at=None).first()
        if report is None:
            return "settled already"
        notice = _message_of(report)
        if notice is None:
            return "no message"
        if notice.state in _TOLD and notice.delivered_at is None:
            _write(notice, report)
        report.settled_at = clock.now()
        report.save(update_fields=["settled_at"])
        return str(notice.state)


def _write(notice: Notice, report: Report) -> None:
    if report.delivered:
        notice.delivered_at = report.received_at
        notice.sent_at = notice.sent_at or report.received_at
        notice.state = Notice.State.WIPED if _wiped(notice) else Notice.State.DELIVERED
    else:
        notice.state, notice.reason = Notice.State.FAILED, report.reason
        questions.close_of(notice.pk, "not_sent")
    notice.provider_id = notice.provider_id or report.provider_id
    notice.save(update_fields=["state", "reason", "delivered_at", "sent_at", "provider_id"])


def _wiped(notice: Notice) -> bool:
    """A log-in code: what it said was forgotten when it was handed over."""
    return notice.to_phone is None and notice.to_mail is None


def _message_of(report: Report) -> Notice | None:
    """By our reference, by the provider's id, or the only unknown one to that phone of these days."""
    rows = Notice.objects.select_for_update()
    if report.reference and (found := rows.filter(reference=report.reference).first()):
        return found
    if report.provider_id and (found := rows.filter(provider_id=report.provider_id).first()):
        return found
    if not report.phone_index or report.reference:
        return None
    since = {"created_at__gte": report.received_at - WAITS, "created_at__lte": report.received_at}
    lost = rows.filter(state=Notice.State.UNKNOWN, phone_index=report.phone_index, provider_id="", **since)
    few = list(lost.order_by("pk")[:2])
    return few[0] if len(few) == 1 else None


def waiting() -> list[int]:
    """Receipts whose message is not known yet."""
    lately = Report.objects.filter(settled_at=None, received_at__gte=clock.now() - WAITS)
    return list(lately.order_by("received_at").values_list("pk", flat=True)[:_BATCH])


def unknown() -> QuerySet[Notice, int]:
    """SMS that the provider can be asked about: handed over a while ago, and nothing heard."""
    made = provider_to_ask()
    lately = {"created_at__gte": clock.now() - WAITS, "marked_at__lt": clock.real_now() - PATIENCE}
    rows = Notice.objects.filter(state=Notice.State.UNKNOWN, channel=Notice.Channel.SMS, provider_id="", **lately)
    rows = rows.exclude(reference="").order_by("pk")
    return (rows if made else rows.none()).values_list("pk", flat=True)[:_BATCH]


def provider_to_ask() -> LooksUp | None:
    try:
        made = provider()
    except NotTaken:
        return None
    return made if isinstance(made, LooksUp) else None


def look_up(notice_id: int, send_again: Callable[[int], object]) -> str:
    """Ask about one: taken means sent; surely not taken, it is queued again, but never what was forgotten."""
    made = provider_to_ask()
    notice = Notice.objects.filter(pk=notice_id, state=Notice.State.UNKNOWN).first()
    if made is None or notice is None:
        return "not asked"
    try:
        found = made.look_up(notice.reference, timeout=TIMEOUT)
    except Exception:  # noqa: BLE001  # asked again in five minutes; its words may hold an address
        return "no answer"
    with transaction.atomic():
        notice = Notice.objects.select_for_update().filter(pk=notice_id, state=Notice.State.UNKNOWN).first()
        if notice is None:
            return "settled already"
        _learn(notice, found)
        if notice.state == Notice.State.QUEUED:
            send_again(notice_id)
        return str(notice.state)


def _learn(notice: Notice, found: str | None) -> None:
    if found is not None:
        notice.state = Notice.State.WIPED if _wiped(notice) else Notice.State.SENT
        notice.provider_id, notice.sent_at = found[:120], clock.now()
    else:
        notice.state = Notice.State.FAILED if _wiped(notice) else Notice.State.QUEUED
    notice.save(update_fields=["state", "provider_id", "sent_at"])
