"""The second step of staff: an authenticator app (TOTP, RFC 6238) and ten recovery codes on paper."""

import base64
import secrets
import time
import unicodedata
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction
from django.utils.translation import gettext as _

from xianglin.base import clock
from xianglin.commons.keys import sealing

from .models import Account, RecoveryCode, SecondFactor

STEP = 30  # seconds
DRIFT = 1  # a phone's clock may be one step early or late
RECOVERY_CODES = 10
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"  # none that look alike on paper


def ready(account: Account) -> bool:
    return SecondFactor.objects.filter(account=account, confirmed_at__isnull=False).exists()


def enrol(account: Account) -> str:
    """The secret to put into the authenticator (base32); the same one until it is confirmed."""
    with transaction.atomic():
        locked = Account.objects.select_for_update().get(pk=account.pk)
        begun = SecondFactor.objects.filter(account=locked, confirmed_at=None).first()
        if begun is not None:
            return str(begun.secret.open())
        secret = base64.b32encode(secrets.token_bytes(20)).decode()
        assert locked.person_key is not None, "every account is opened with its key"
        factor = SecondFactor(account=locked)
        factor.secret = sealing.seal(secret, locked.person_key)
        factor.save(force_insert=True)
        return secret


def address(account: Account, secret: str) -> str:
    """The otpauth:// address that the picture (QR) holds."""
    issuer = quote(_("乡邻"))
    return f"otpauth://totp/{issuer}:{quote(account.username)}?secret={secret}&issuer={issuer}"


def confirm(account: Account, code: str) -> list[str] | None:
    """Take the factor into use on its first right code; answers the recovery codes. None: it was wrong."""
    with transaction.atomic():
        if not _use_totp(account, code, confirmed=False):
            return None
        SecondFactor.objects.filter(account=account).update(confirmed_at=clock.real_now())
        fresh = [_recovery_code() for _n in range(RECOVERY_CODES)]
        RecoveryCode.objects.filter(account=account).delete()
        rows = [RecoveryCode(account=account, code_hash=_hash(account, code)) for code in fresh]
        RecoveryCode.objects.bulk_create(rows)
        return fresh


def use(account: Account, code: str) -> bool:
    """Whether the code is right: six digits of the authenticator, or a recovery code. Either works once."""
    typed = "".join(unicodedata.normalize("NFKC", code).lower().split())
    if typed.isdigit():
        return _use_totp(account, typed, confirmed=True)
    unused = RecoveryCode.objects.filter(account=account, used_at=None, code_hash=_hash(account, typed))
    return unused.update(used_at=clock.real_now()) == 1


def remove(account: Account) -> None:
    SecondFactor.objects.filter(account=account).delete()
    RecoveryCode.objects.filter(account=account).delete()


def _recovery_code() -> str:
    """Twelve letters in three groups: about 59 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _n in range(4)) for _group in range(3))


def _use_totp(account: Account, code: str, *, confirmed: bool) -> bool:
    factor = SecondFactor.objects.filter(account=account, confirmed_at__isnull=not confirmed).first()
    secret = factor.secret.open() if factor else None
    if factor is None or secret is None:
        return False
    step = _matching_step(secret, "".join(code.split()))
    # Moving forward is the use: of two who send the same code at once, one finds the step taken.
    unused = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
    return step > 0 and unused.update(last_step=step) == 1


def _matching_step(secret: str, code: str) -> int:
    # RFC 6238 with SHA-1 is what every authenticator speaks; as an HMAC it is not weak.
    totp = TOTP(base64.b32decode(secret), 6, SHA1(), STEP)  # noqa: S303
    now = int(time.time()) // STEP
    for step in range(now - DRIFT, now + DRIFT + 1):
        try:
            totp.verify(code.encode(), step * STEP)
        except InvalidToken:
            continue
        return step
    return 0


def _hash(account: Account, code: str) -> str:
    return sealing.blind_index(f"recovery:{account.pk}", code.replace("-", ""))
