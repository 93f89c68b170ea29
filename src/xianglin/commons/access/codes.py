"""Log-in codes by SMS: six digits, five minutes of real time, five tries, one use; kept as keyed hashes."""

import datetime as dt
import hmac
import secrets
import uuid
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock, hooks
from xianglin.base.refused import Refused
from xianglin.commons.keys.sealing import blind_index

from . import limits, phones
from .models import LoginCode

LIFE = dt.timedelta(minutes=5)
TRIES = 5
_TOO_SOON = _("验证码刚发过。请等一分钟，收到后填上；没收到再发一次。")
_FROM_HERE = _("这里要验证码的次数太多了。请过 %(wait)s再试。")
_TO_PHONE = _("这个手机号要验证码的次数太多了。请过 %(wait)s再试。")
_IN_ALL = _("现在登录的人太多，验证码暂时发不出去。请过 %(wait)s再试；急事请直接打村里或镇里的电话。")


def send(phone: str, origin: str, browser: str = "") -> uuid.UUID:
    """Send a code to a phone, known or not, so that the answer tells nothing. Refused when too often.

    ``browser``: the id of a browser that the phone's owner used before. An earlier code lives on beside the new one:
    each opens only in the browser that asked for it, so that a stranger's asking takes nothing from the owner.
    """
    index = phones.index_of(phone)
    _require_within_limits(index, origin, browser)
    code = f"{secrets.randbelow(1_000_000):06d}"
    now = clock.real_now()
    row = LoginCode(id=uuid.uuid4(), phone_index=index, sent_at=now, expires_at=now + LIFE)
    row.code_hash = _hash(row.id, code)
    with transaction.atomic():
        row.save(force_insert=True)
        told = {"code": code, "minutes": LIFE.seconds // 60}
        hooks.tell("access.login_code", phone=phone, variables=told)
    return row.id


def _require_within_limits(index: str, origin: str, browser: str) -> None:
    """The nearest limit first, so that what one place asks too often is not counted against everybody."""
    here = f"{index}@{browser or origin}"
    _require(limits.CODE_PER_ADDRESS, origin, "access.codes_from_address", _FROM_HERE)
    _require(limits.CODE_AGAIN, here, "access.code_too_soon", _TOO_SOON)
    _require(limits.CODE_PER_PHONE, here, "access.codes_to_phone", _TO_PHONE)
    _require(limits.CODE_PER_PHONE_A_DAY, here, "access.codes_to_phone", _TO_PHONE)
    if browser:
        return
    _require(limits.CODE_BY_STRANGERS, index, "access.codes_to_phone", _TO_PHONE)
    _require(limits.CODE_BY_STRANGERS_A_DAY, index, "access.codes_to_phone", _TO_PHONE)
    every = limits.Limit("code-all", settings.ACCESS_CODES_PER_HOUR, 3600)
    _require(every, "", "access.codes_in_all", _IN_ALL)


def _require(limit: limits.Limit, value: str, code: str, sentence: Any) -> None:
    if not limits.count(limit, value):
        raise Refused(code, sentence % {"wait": limits.wait(limit, value)})


def check(challenges: list[uuid.UUID], phone: str, code: str) -> None:
    """Use up the one of this browser's codes that was typed, or refuse: messages do not arrive in order.

    A try is counted before it is compared, so that two at once count twice.
    """
    now = clock.real_now()
    mine = LoginCode.objects.filter(pk__in=challenges, phone_index=phones.index_of(phone), used_at=None)
    rows = list(mine.filter(expires_at__gt=now))
    if not rows:
        raise Refused("access.code_expired", _("验证码已过期。请再要一个新的。"))
    tried = [row for row in rows if mine.filter(pk=row.pk, tries__lt=TRIES).update(tries=F("tries") + 1)]
    if not tried:
        raise Refused("access.code_tries", _("填错的次数太多，这个验证码作废了。请再要一个新的。"))
    right = next((row for row in tried if hmac.compare_digest(row.code_hash, _hash(row.id, code))), None)
    if right is None:
        raise Refused("access.code_wrong", _("验证码不对。请看清短信里的 6 位数字再填。"))
    if not mine.filter(pk=right.pk).update(used_at=now):
        raise Refused("access.code_expired", _("验证码已过期。请再要一个新的。"))


def _hash(challenge: uuid.UUID, code: str) -> str:
    return blind_index("login-code", f"{challenge.hex}:{code}")
