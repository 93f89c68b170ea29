"""The master keys: files outside the database, without which nothing in it can be opened."""

import base64
import binascii
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused

from .models import PersonKey

_BYTES = 32
_FIRST = "master-0001"


def newest() -> tuple[str, bytes]:
    """Name and key of the newest master; made only where nobody's key is wrapped by one that is lost."""
    folder = Path(settings.KEY_FOLDER)
    names = sorted(path.stem for path in folder.glob("master-*.key"))
    if not names:
        lost = PersonKey.objects.order_by("-master").values_list("master", flat=True).first()
        if lost:
            raise _missing(lost)
        names = [make(_FIRST)]
    return names[-1], read(names[-1])


def read(name: str) -> bytes:
    path = Path(settings.KEY_FOLDER) / f"{name}.key"
    if not path.exists():
        raise _missing(name)
    try:
        key = base64.b64decode(path.read_bytes().strip(), validate=True)
    except binascii.Error:
        raise wrong(name) from None
    if len(key) != _BYTES:
        raise wrong(name)
    return key


def make(name: str) -> str:
    """A new master, readable by its owner only. Two processes starting at once agree on one."""
    folder = Path(settings.KEY_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
    draft.touch(mode=0o600)
    draft.write_text(base64.b64encode(secrets.token_bytes(_BYTES)).decode(), encoding="ascii")
    try:
        os.link(draft, folder / f"{name}.key")  # a hard link appears whole or not at all
    except FileExistsError:
        return name
    finally:
        draft.unlink()
    return name


def wrong(name: str) -> Refused:
    told = _("主密钥文件 %(name)s.key 不是这个数据库用的那一把。请从密钥备份放回原来的，再启动。")
    return Refused("keys.master_wrong", told % {"name": name}, name=name)


def _missing(name: str) -> Refused:
    told = _("找不到主密钥文件 %(name)s.key。请从密钥备份放回去，再启动；另做一把打不开原来的信息。")
    return Refused("keys.master_missing", told % {"name": name}, name=name)
