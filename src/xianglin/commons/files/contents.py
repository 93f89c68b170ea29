"""Bytes in the storage: written concealed, read revealed, erased."""

from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from xianglin.commons.keys import contents as concealing
from xianglin.commons.keys.sealing import open_all

from .models import File


def store(name: str, content: bytes, secret: str) -> None:
    default_storage.save(name, ContentFile(concealing.conceal(secret, content)))


def read(file: File, *, small: bool = False) -> bytes | None:
    """What a kept file holds; None where it was forgotten, or its person's key was destroyed."""
    secret = file.open_secret or open_all([file.secret])[0]
    name = file.small_as if small and file.small_as else file.stored_as
    return read_stored(name, secret) if secret and name else None


def read_stored(name: str, secret: str) -> bytes:
    with default_storage.open(name) as stored:
        return concealing.reveal(secret, stored.read())


def erase(names: Iterable[Any]) -> None:
    for name in names:
        if name:
            default_storage.delete(name)
