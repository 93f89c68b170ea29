"""Telling somebody something, inside other rooms' actions, and marking it read."""

import datetime as dt
from collections.abc import Mapping
from functools import partial, reduce
from operator import or_

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.commons.access import phones
from xianglin.commons.access.models import Account
from xianglin.commons.jobs import enqueue
from xianglin.commons.keys.models import PersonKey
from xianglin.commons.keys.sealing import Sealed, new_key, seal

from . import jobs, questions, reports
from .declare import NoticeTemplate, declared_as
from .models import Inbound, Mailbox, Notice, Phone, Question, Report, Told

_MAIL = "notices.mail"
_LINK_LIVES = dt.timedelta(days=3)
LONGEST = 500  # characters of an inbound message that are kept


def tell(
    template: str,
    *,
    account: Account | int | None = None,
    phone: str | Sealed = "",
    county_id: int = 0,
    variables: Mapping[str, str | int],
    dedupe: str = "",
    about: str = "",
) -> tuple[Notice, ...]:
    """Queue what ``template`` says, in the caller's transaction; the same ``dedupe`` is never told twice.

    An account reads it in the app; where the template says so, an SMS goes to ``phone`` or the account's own, and an
    e-mail to the address that the account confirmed. A sealed ``phone`` stays under its person's key; a plain one gets
    a key that lives as long as the notice. ``about``: what the template's question is about, in its room's words.
    """
    declared = declared_as(template)
    declared.render(variables)  # a forgotten variable must fail here, not in the job
    now = clock.now()
    account_id = account.pk if isinstance(account, Account) else account
    blank = partial(
        Notice,
        template=template,
        account_id=account_id,
        county_id=county_id,
        variables=dict(variables),
        created_at=now,
    )
    made = []
    with transaction.atomic():
        in_app = blank(channel=Notice.Channel.IN_APP, state=Notice.State.SENT, sent_at=now)
        if account is not None and not declared.secret and _keep(in_app, dedupe):
            made.append(in_app)
        sms = blank(channel=Notice.Channel.SMS)
        to = phone or _phone_of(account) if declared.sms else None
        if to and _keep(sms, dedupe):
            _queue(sms, to, declared)
            if declared.asks:
                _will_ask(sms, declared.asks, about)
            made.append(sms)
        mailed = blank(channel=Notice.Channel.MAIL)
        box = _mailbox_of(account_id) if declared.mail and not declared.secret else None
        if box is not None and _keep(mailed, dedupe):
            mailed.to_mail = box.address
            mailed.save(update_fields=["to_mail"])
            enqueue(jobs.send_mail, mailed.pk)
            made.append(mailed)
    return tuple(made)


def _will_ask(sms: Notice, key: str, about: str) -> None:
    assert about, f"{sms.template} asks {key}: say about what"
    Question.objects.create(key=key, about=about, notice_id=sms.pk, county_id=sms.county_id, made_at=clock.now())


def receive_inbound(provider: str, message_id: str, *, phone: str, text: str) -> Inbound:
    """Store what a phone's owner wrote, once by the provider's id of it, before anything is made of it by a job."""
    number = _number(phone)
    key = reports.key_of("inbound", provider, message_id)
    found = Inbound.objects.filter(key=key).first()
    if found is not None:
        return found
    with transaction.atomic():
        own = new_key(0)
        fields = {
            "phone": seal(number, own),
            "phone_index": phones.index_of(number),
            "text": seal(text.strip()[:LONGEST], own),
            "key_id": own.pk,
            "received_at": clock.now(),
        }
        inbound, fresh = Inbound.objects.get_or_create(key=key, defaults=fields)
        if fresh:
            enqueue(jobs.act_on, inbound.pk)
        else:
            own.delete()
    return inbound


def _number(phone: str) -> str:
    """As it is stored elsewhere; a number that is no mobile of ours is kept as it came."""
    try:
        return phones.parse(phone)
    except ValidationError:
        return phone.strip()[:40]


@action("notices.stop_sms", subject=Phone)
def stop_sms(phone: Phone, *, actor: Actor) -> Phone:
    """Its owner wants no SMS any more (退订); log-in codes still come, and the app still tells."""
    if phone.stopped_at is None:
        phone.stopped_at = clock.now()
        phone.save(update_fields=["stopped_at"])
        outstanding = questions.outstanding(phone.index)
        if outstanding is not None:
            questions.close(outstanding, "stopped")
    return phone


@action("notices.allow_sms", subject=Phone)
def allow_sms(phone: Phone, *, actor: Actor) -> Phone:
    """Its owner takes the opt-out back."""
    phone.stopped_at = None
    phone.save(update_fields=["stopped_at"])
    return phone


@action("notices.set_mail", subject=Account)
def set_mail(account: Account, *, actor: Actor, address: str) -> Mailbox | None:
    """The account wants e-mail at this address, once its link was opened from there; blank: none any more."""
    earlier = Mailbox.objects.select_for_update().filter(account_id=account.pk).first()
    if earlier is not None:
        PersonKey.objects.filter(pk=earlier.key_id).delete()  # nothing opens the old address any more
        earlier.delete()
    if not address:
        return None
    key = new_key(account.county_id or 0)
    box = Mailbox.objects.create(account_id=account.pk, address=seal(address, key), key_id=key.pk, asked_at=clock.now())
    link = reverse("notices:confirm_mail", args=[signing.dumps(box.pk, salt=_MAIL)])
    asks = Notice(
        template="notices.confirm_mail",
        channel=Notice.Channel.MAIL,
        account_id=account.pk,
        county_id=account.county_id or 0,
        variables={"link": link},
        created_at=clock.now(),
        to_mail=box.address,
    )
    asks.save()
    enqueue(jobs.send_mail, asks.pk)
    return box


@action("notices.confirm_mail", subject=Mailbox)
def confirm_mail(box: Mailbox, *, actor: Actor) -> Mailbox:
    """Its link was opened: whoever reads there wants our e-mail."""
    box.confirmed_at = box.confirmed_at or clock.now()
    box.save(update_fields=["confirmed_at"])
    return box


def mailbox_named(token: str) -> Mailbox | None:
    """Whose link it is; None where it is altered, older than three days, or was replaced by another."""
    try:
        pk = signing.loads(token, salt=_MAIL, max_age=_LINK_LIVES)
    except signing.BadSignature:
        return None
    return Mailbox.objects.filter(pk=pk).first()


def forget_replies(key: str, begins: str) -> None:
    """Inside another room's purge: what was written back about these can be read by nobody any more."""
    replies = Inbound.objects.filter(question__key=key, question__about__startswith=begins)
    PersonKey.objects.filter(pk__in=replies.values("key_id")).delete()


def no_longer_asked(key: str, about: str) -> None:
    """Inside another room's action: the answer is known, so a question still to be asked or answered is closed."""
    questions.close_about(key, about)


def receive_report(
    provider: str, *, delivered: bool, reference: str = "", provider_id: str = "", phone: str = "", reason: str = ""
) -> Report:
    """Store a provider's delivery receipt, once, and have a job act on it. ``phone`` is kept as its keyed index."""
    key = reports.key_of(provider, reference, provider_id, phones.index_of(phone) if phone else "", str(delivered))
    fields = {
        "reference": reference[:40],
        "provider_id": provider_id[:120],
        "phone_index": phones.index_of(phone) if phone else "",
        "delivered": delivered,
        "reason": reason[:200],
        "received_at": clock.now(),
    }
    with transaction.atomic():
        report, fresh = Report.objects.get_or_create(key=key, defaults=fields)
        if fresh:
            enqueue(jobs.settle_report, report.pk)
    return report


def retell(told: list[str], variables: dict[str, str]) -> None:
    """Notices told under keys that begin with one of ``told`` read differently from now on, where they have these."""
    begins = reduce(or_, (Q(key__startswith=key) for key in told))
    found = Notice.objects.filter(pk__in=Told.objects.filter(begins).values("notice_id"))
    for notice in found:
        notice.variables |= {key: value for key, value in variables.items() if key in notice.variables}
        notice.save(update_fields=["variables"])


def mark_read(account_id: int, up_to: int) -> int:
    """Mark an account's notices read up to the newest one that its page showed; answers how many were new."""
    mine = Notice.objects.filter(account_id=account_id, channel=Notice.Channel.IN_APP)
    shown = mine.filter(pk=up_to).first()
    if shown is None:
        return 0
    later = {"created_at": shown.created_at, "pk__gt": shown.pk}
    seen = mine.filter(read_at=None, created_at__lte=shown.created_at).exclude(**later)
    return seen.update(read_at=clock.now())


def _keep(notice: Notice, dedupe: str) -> bool:
    """Save it, unless the same was told before."""
    if not dedupe:
        notice.save()
        return True
    told, fresh = Told.objects.get_or_create(key=f"{dedupe}:{notice.channel}", defaults={"at": clock.now()})
    if fresh:
        notice.save()
        told.notice_id = notice.pk
        told.save(update_fields=["notice_id"])
    return fresh


def _queue(notice: Notice, to: str | Sealed, declared: NoticeTemplate) -> None:
    if isinstance(to, str):
        key = new_key(notice.county_id)
        notice.phone_key, to = key.pk, seal(to, key)
    notice.to_phone = to
    notice.save(update_fields=["to_phone", "phone_key"])
    too_late = clock.real_now().timestamp() + jobs.SECRET_LIFE if declared.secret else 0.0
    urgent = jobs.AT_ONCE if declared.secret else jobs.SOON
    enqueue(jobs.send_sms.using(priority=urgent), notice.pk, too_late)


def _mailbox_of(account_id: int | None) -> Mailbox | None:
    return Mailbox.objects.filter(account_id=account_id, confirmed_at__isnull=False).first() if account_id else None


def _phone_of(account: Account | int | None) -> Sealed | None:
    if isinstance(account, int):
        account = Account.objects.get(pk=account)
    phone: Sealed | None = account.phone if account else None
    return phone
