"""Entering and leaving: the session, its length, and the list of devices."""

import datetime as dt
import time
import uuid

from django.contrib.auth import login, logout
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from xianglin.base import clock, events

from . import queries
from .models import Account, Device

BACKEND = "xianglin.commons.access.backends.Passwords"
PENDING = "access_pending"
PENDING_FOR = 600  # seconds between the password and the authenticator's code
CHALLENGE = "access_challenge"
CHALLENGES = 5  # one a minute, and each lives five
BY = "access_by"
SEEN = "access_seen"
TOUCH_EVERY = 300  # seconds; a write per page would be one too many

# Idle time after which somebody has to log in again: a desk is left unattended; a cadre's phone holds the
# affairs of a village, a villager's only their own.
IDLE_DESK = dt.timedelta(hours=8)
IDLE_CADRE = dt.timedelta(days=7)
IDLE_VILLAGER = dt.timedelta(days=90)


def enter(request: HttpRequest, account: Account, *, by: str) -> None:
    """Log in. ``by``: "phone", "password" or "demo". The session gets a new key: none can be planted."""
    if request.user.is_authenticated:
        leave(request)
    for key in (PENDING, CHALLENGE, queries.WORKING):
        request.session.pop(key, None)
    request.session[BY] = by
    login(request, account, backend=BACKEND)
    request.session[SEEN] = int(time.time())
    request.session.set_expiry(int(idle(account, by).total_seconds()))
    request.session.save()
    Device.objects.create(
        account=account,
        session_key=request.session.session_key or "",
        label=_device_name(request.headers.get("User-Agent", "")),
        since=clock.real_now(),
    )
    events.announce("access.logged_in", account=account, request=request)


def idle(account: Account, by: str) -> dt.timedelta:
    """By what the account may do today: a villager's long session must not become a cadre's."""
    if by == "phone":
        return IDLE_CADRE if queries.grants_of(account.pk) else IDLE_VILLAGER
    return IDLE_DESK


def touch(request: HttpRequest, account: Account) -> bool:
    """Push the session's end forward, at most every five minutes. False: it stood idle too long, and has ended."""
    now = int(time.time())
    stood = now - request.session.get(SEEN, now - TOUCH_EVERY)
    if stood < TOUCH_EVERY:
        return True
    limit = int(idle(account, request.session.get(BY, "")).total_seconds())
    if stood > limit:
        leave(request)
        return False
    request.session[SEEN] = now
    request.session.set_expiry(limit)
    return True


def leave(request: HttpRequest) -> None:
    Device.objects.filter(session_key=request.session.session_key or "").delete()
    logout(request)


def end_device(account_id: int, device_id: int) -> bool:
    """End one of the account's own sessions from elsewhere."""
    device = Device.objects.filter(account_id=account_id, pk=device_id).first()
    if device is None:
        return False
    Session.objects.filter(session_key=device.session_key).delete()
    device.delete()
    return True


def end_all(account: Account) -> None:
    """Closing an account, or a new way in: every browser has to log in again."""
    devices = Device.objects.filter(account=account)
    Session.objects.filter(session_key__in=devices.values("session_key")).delete()
    devices.delete()


def begin_pending(request: HttpRequest, account: Account) -> None:
    """The password was right; nothing opens before the second step."""
    request.session.cycle_key()
    request.session[PENDING] = [account.pk, int(time.time()), account.get_session_auth_hash()]


def pending_account(request: HttpRequest) -> Account | None:
    """Whose second step it is: for ten minutes, and only while the password is the one that was typed."""
    pk, since, typed = request.session.get(PENDING, (0, 0, ""))
    if time.time() - since > PENDING_FOR:
        return None
    account = Account.objects.filter(pk=pk, is_active=True).first()
    if account is None or not constant_time_compare(account.get_session_auth_hash(), typed):
        return None
    return account


def add_challenge(request: HttpRequest, challenge: uuid.UUID) -> None:
    request.session[CHALLENGE] = [*request.session.get(CHALLENGE, ()), challenge.hex][-CHALLENGES:]


def challenges_of(request: HttpRequest) -> list[uuid.UUID]:
    """The codes that this browser asked for."""
    return [uuid.UUID(kept) for kept in request.session.get(CHALLENGE, ())]


def _device_name(agent: str) -> str:
    """What a person would call the browser, and no more than that."""
    machines = (
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Harmony", _("鸿蒙手机")),
        ("Android", _("安卓手机")),
    )
    desks = (("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux"))
    name = next((said for mark, said in (*machines, *desks) if mark in agent), _("其他设备"))
    if "MicroMessenger" in agent:
        return _("%(machine)s（微信里）") % {"machine": name}
    return name
