"""Log-in codes by SMS: six digits, five minutes of real time, five tries, one use; kept as keyed hashes."""

import datetime as dt
import hmac
import secrets
import uuid

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


def send(phone: str, origin: str) -> uuid.UUID:
    """Send a code to a phone, known or not, so that the answer tells nothing. Refused when too often."""
    index = phones.index_of(phone)
    if not limits.count(limits.CODE_PER_ADDRESS, origin):
        raise Refused("access.codes_from_address", _("这里要验证码的次数太多了。请过一小时再试。"))
    if not limits.count(limits.CODE_AGAIN, index):
        raise Refused("access.code_too_soon", _("验证码刚发过。请等一分钟，收到后填上；没收到再发一次。"))
    if not (limits.count(limits.CODE_PER_PHONE, index) and limits.count(limits.CODE_PER_PHONE_A_DAY, index)):
        raise Refused("access.codes_to_phone", _("这个手机号要验证码的次数太多了。请过一小时再试。"))
    code = f"{secrets.randbelow(1_000_000):06d}"
    now = clock.real_now()
    row = LoginCode(id=uuid.uuid4(), phone_index=index, sent_at=now, expires_at=now + LIFE)
    row.code_hash = _hash(row.id, code)
    with transaction.atomic():
        # An earlier code dies with the new one: only the last message that arrived counts.
        LoginCode.objects.filter(phone_index=index, used_at=None).update(used_at=now)
        row.save(force_insert=True)
        told = {"code": code, "minutes": LIFE.seconds // 60}
        hooks.tell("access.login_code", phone=phone, variables=told)
    return row.id


def check(challenge: uuid.UUID, phone: str, code: str) -> None:
    """Use the code up, or refuse. A try is counted before it is compared, so that two at once count twice."""
    now = clock.real_now()
    mine = LoginCode.objects.filter(pk=challenge, phone_index=phones.index_of(phone), used_at=None)
    row = mine.filter(expires_at__gt=now).first()
    if row is None:
        raise Refused("access.code_expired", _("验证码已过期。请再要一个新的。"))
    if not mine.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        raise Refused("access.code_tries", _("填错的次数太多，这个验证码作废了。请再要一个新的。"))
    if not hmac.compare_digest(row.code_hash, _hash(row.id, code)):
        raise Refused("access.code_wrong", _("验证码不对。请看清短信里的 6 位数字再填。"))
    if not mine.update(used_at=now):
        raise Refused("access.code_expired", _("验证码已过期。请再要一个新的。"))


def _hash(challenge: uuid.UUID, code: str) -> str:
    return blind_index("login-code", f"{challenge.hex}:{code}")
