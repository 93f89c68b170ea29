"""Sealing personal values, opening them again, and the keyed index that finds an equal value without opening any.

A sealed value names its key and carries nonce and AES-256-GCM ciphertext: ``x1:<key id>:<base64>``. ``x1`` names
the algorithm, so that SM4 (GB/T 39786) can stand beside it.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.refused import Refused

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


def master_key(name: str = "") -> tuple[str, bytes]:
    """The installation's wrapping key: the newest, or the one named. Made on first use, readable by its owner only."""
    folder = Path(settings.KEY_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not name:
        names = sorted(p.stem for p in folder.glob("master-*.key"))
        name = names[-1] if names else _make_master(folder, "master-0001")
    path = folder / f"{name}.key"
    if not path.exists():
        raise Refused("keys.master_missing", _("找不到主密钥文件。请从密钥备份恢复后再启动。"), name=name)
    return name, base64.b64decode(path.read_text(encoding="ascii"))


def _make_master(folder: Path, name: str) -> str:
    draft = folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
    draft.touch(mode=0o600)
    draft.write_text(base64.b64encode(secrets.token_bytes(32)).decode(), encoding="ascii")
    try:
        # A hard link appears whole or not at all: two processes starting at once agree on one key.
        os.link(draft, folder / f"{name}.key")
    except FileExistsError:
        return name
    finally:
        draft.unlink()
    return name


def new_key(county_id: int) -> PersonKey:
    """A fresh key for one person in one county. Call inside the action that stores the person's values."""
    name, master = master_key()
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
    name, master = master_key()
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
    data = bytes(key.wrapped)
    return _decrypt_with(master_key(key.master)[1], data, key.id.bytes)


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
