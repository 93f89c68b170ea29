"""Sealing personal values, opening them again, and the keyed index that finds an equal value without opening any.

A sealed value names its key and carries nonce and AES-256-GCM ciphertext: ``x1:<key id>:<base64>``. ``x1`` names
the algorithm, so that SM4 (GB/T 39786) can stand beside it.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.refused import Refused

from . import fingerprints, masters
from .models import PersonKey

_NONCE = 12


@dataclass(frozen=True)
class Sealed:
    """A value as it is stored. Printing it never shows what is inside."""

    ciphertext: str

    @property
    def key_id(self) -> UUID:
        return UUID(self.ciphertext.split(":")[1])

    def open(self) -> str | None:
        """The plain text, or None where the person's key was destroyed (erased)."""
        return open_all([self])[0]

    def __str__(self) -> str:
        return "•••"


def new_key(county_id: int) -> PersonKey:
    """A fresh key for one person in one county. Call inside the action that stores the person's values."""
    name, master = masters.newest()
    fingerprints.note(name, master)
    row = PersonKey(county_id=county_id, master=name)
    row.wrapped = _encrypt(master, secrets.token_bytes(32), row.id.bytes)
    row.save(force_insert=True)
    return row


def seal(text: str, key: PersonKey) -> Sealed:
    """Seal ``text`` with a person's key."""
    data = _encrypt(_unwrap(key), text.encode(), key.id.bytes)
    return Sealed(f"x1:{key.id.hex}:{base64.b64encode(data).decode()}")


def open_all(values: Iterable[Sealed | None]) -> list[str | None]:
    """Open many values with one query; None where nothing was stored or the key was destroyed."""
    sealed = list(values)
    wanted = {s.key_id for s in sealed if s}
    keys = {k.pk: _unwrap(k) for k in PersonKey.objects.filter(pk__in=wanted, wrapped__isnull=False)} if wanted else {}
    return [_decrypt(keys[s.key_id], s) if s and s.key_id in keys else None for s in sealed]


def destroy(key: PersonKey) -> None:
    """Erase everything sealed with this key, for ever. Called by the erasing action only."""
    key.wrapped, key.destroyed_at = None, clock.real_now()
    key.save(update_fields=["wrapped", "destroyed_at"])


def rewrap(batch: int = 500) -> int:
    """Wrap keys of older masters with the newest one (rotation); answers how many. Safe to stop and repeat."""
    name, master = masters.newest()
    fingerprints.note(name, master)
    old = list(PersonKey.objects.filter(wrapped__isnull=False).exclude(master=name)[:batch])
    for key in old:
        key.wrapped, key.master = _encrypt(master, _unwrap(key), key.id.bytes), name
        key.save(update_fields=["wrapped", "master"])
    return len(old)


def blind_index(purpose: str, value: str) -> str:
    """A keyed fingerprint: equal values of one purpose are equal, and nothing can be read back from it."""
    secret = hashlib.sha256(b"index:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(secret, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()


def _unwrap(key: PersonKey) -> bytes:
    if key.wrapped is None:
        raise Refused("keys.destroyed", _("这个人的信息已按要求删除，不能再写入。请另建一个人。"))
    master = masters.read(key.master)
    try:
        return _decrypt_with(master, bytes(key.wrapped), key.id.bytes)
    except Refused:
        if fingerprints.fits(key.master, master):
            raise
        raise masters.wrong(key.master) from None  # nobody altered anything: the file is another's


def _encrypt(key: bytes, plain: bytes, label: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, label)


def _decrypt(key: bytes, sealed: Sealed) -> str:
    return _decrypt_with(key, base64.b64decode(sealed.ciphertext.split(":", 2)[2]), sealed.key_id.bytes).decode()


def _decrypt_with(key: bytes, data: bytes, label: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(data[:_NONCE].ljust(_NONCE, b"\0"), data[_NONCE:], label)
    except InvalidTag:
        raise Refused("keys.tampered", _("这条信息被改动过，打不开。请联系系统管理员核对。")) from None
