"""The outbox's work. Each may be done again: a worker killed at any step loses nothing and repeats nothing."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import translation

from xianglin.base import clock
from xianglin.commons.jobs import enqueue, job, scheduled

from . import inbox, questions, reports, sending
from .clearance import Held
from .models import Notice
from .sending import Unanswered

__all__ = ["AT_ONCE", "SECRET_LIFE", "SOON", "Unanswered", "send_mail", "send_sms"]

SECRET_LIFE = 300.0  # seconds of real time after which a log-in code is worth nothing
SOON, AT_ONCE = 10, 20  # a thousand invitations do not stand before a log-in code


@job(priority=SOON, limit=timedelta(minutes=1))
def send_sms(notice_id: int, too_late: float = 0.0) -> str:
    """Hand one queued SMS to the provider; answers its state. Running it again changes nothing."""
    return _send(notice_id, too_late)


@job(priority=SOON, limit=timedelta(minutes=1))
def send_mail(notice_id: int) -> str:
    """Hand one queued e-mail to the server; answers its state. Running it again changes nothing."""
    return _send(notice_id, 0.0)


def _send(notice_id: int, too_late: float) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        message = sending.take(notice_id)
        if message is None:
            return "not queued"
        if isinstance(message, Held):
            if message.until is not None:
                send_later(notice_id, message.until)
            return "kept back" if message.why else "waits"
        outcome = sending.hand_over(message, too_late)
        with transaction.atomic():
            state = sending.settle(message, outcome)
            if outcome.again is not None:
                again = send_mail if message.channel == Notice.Channel.MAIL else send_sms
                enqueue(again.using(run_after=clock.real_now() + outcome.again), notice_id)
        return state


def send_later(notice_id: int, then: datetime | None = None) -> None:
    """Look at a queued SMS at ``then``, in the domain's time; now where none is said."""
    wait = max(timedelta(), then - clock.now()) if then is not None else timedelta()
    enqueue(send_sms.using(run_after=clock.real_now() + wait) if wait else send_sms, notice_id)


@job(priority=SOON)
def act_on(inbound_id: int) -> str:
    """Make of an inbound message what it says; once."""
    return inbox.act_on(inbound_id)


@scheduled(name="notices.expire_questions", every=timedelta(hours=1))
@job()
def expire_questions() -> int:
    """Questions that nobody answered make room for the next; and what was passed over is looked at again."""
    over = list(questions.expired())
    for question in over:
        with transaction.atomic():
            questions.close(question, "expired")
    for index in questions.passed_over():
        questions.wake(index)
    return len(over)


@job(priority=SOON)
def settle_report(report_id: int) -> str:
    """What a delivery receipt says of its message; a message not known yet is looked for again later."""
    return reports.settle(report_id)


@scheduled(name="notices.settle_reports", every=timedelta(minutes=5))
@job()
def settle_reports() -> int:
    """Receipts that came before their message's number was written down."""
    return sum(reports.settle(pk) != "no message" for pk in reports.waiting())


@scheduled(name="notices.look_up", every=timedelta(minutes=5))
@job(limit=timedelta(minutes=10))
def look_up() -> int:
    """Ask the provider what became of the unknown, where it can be asked: never repeated blindly."""
    with translation.override(settings.LANGUAGE_CODE):
        found = list(reports.unknown())
        for notice_id in found:
            reports.look_up(notice_id, lambda pk: enqueue(send_sms, pk))
        return len(found)
