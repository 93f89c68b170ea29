"""Which secrets belong to this database: each is known here by a keyed fingerprint, and by nothing else.

A wrong folder of keys would otherwise be used in silence: new names sealed with a key that goes away again, and no
phone or receipt found.
"""

import hashlib
import hmac
from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused

from . import masters
from .models import Fingerprint, PersonKey

INDEX = "index"  # the application's secret, from its file or the environment: it keys the indexes


def note(name: str, secret: bytes) -> None:
    """Know a secret from now on; refuse another one under its name while anything hangs on the first."""
    if fits(name, secret):
        return
    if Fingerprint.objects.filter(pk=name).exists() and _hanging_on(name).exists():
        raise _wrong(name)
    Fingerprint.objects.update_or_create(pk=name, defaults={"value": _of(secret)})


def require_own() -> None:
    """Before anything is written: what this installation runs with belongs to this database."""
    complaint = next(complaints(), None)
    if complaint is not None:
        raise complaint
    note(INDEX, settings.SECRET_KEY.encode())
    note(*masters.newest())


def complaints() -> Iterator[Refused]:
    """What is not as it was noted, among the secrets that something hangs on."""
    for name in Fingerprint.objects.order_by("name").values_list("name", flat=True):
        if _hanging_on(name).exists():
            try:
                secret = settings.SECRET_KEY.encode() if name == INDEX else masters.read(name)
            except Refused as refused:
                yield refused
                continue
            if not fits(name, secret):
                yield _wrong(name)


def fits(name: str, secret: bytes) -> bool:
    return Fingerprint.objects.filter(pk=name, value=_of(secret)).exists()


def _hanging_on(name: str) -> QuerySet[PersonKey]:
    # A phone or a receipt always stands beside somebody's key, so the indexes hang on any of them, destroyed or not.
    if name == INDEX:
        return PersonKey.objects.all()
    return PersonKey.objects.filter(master=name, wrapped__isnull=False)


def _of(secret: bytes) -> str:
    return hmac.new(secret, b"xianglin fingerprint", hashlib.sha256).hexdigest()


def _wrong(name: str) -> Refused:
    if name != INDEX:
        return masters.wrong(name)
    return Refused(
        "keys.index_wrong",
        _(
            "站点密钥不是这个数据库用的那一个，手机号和回执码会都找不到。"
            "请从密钥备份放回 keys/django.secret，或把 XIANGLIN_SECRET_DJANGO 设回原来的，再启动。"
        ),
    )
