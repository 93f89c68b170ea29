"""Taking a backup while everybody goes on working."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.refused import Refused

from . import archive, in_postgres, in_sqlite
from .archive import Box, Copied, Manifest

# Whoever holds a session's key is logged in with it, so a backup must not; everybody logs in anew.
LEFT_OUT = ("django_session", "access_device")
# Of the stored files: what is on its way, in clear for minutes, and is handed in again where it is lost.
ON_THEIR_WAY = ("exchange", "uploads")
_QUESTIONS = {
    "migrations": "SELECT app, name FROM django_migrations ORDER BY app, name",
    "trail": 'SELECT chain, "position", hash FROM trail_head ORDER BY chain',
    "bulletins": 'SELECT area_id, "position", hash FROM bulletins_head ORDER BY area_id',
    "keys": "SELECT DISTINCT master FROM keys_personkey WHERE wrapped IS NOT NULL ORDER BY master",
}


@dataclass(frozen=True)
class Taken:
    file: Path
    sha256: str  # of the manifest
    rows: int
    files: int
    needs_keys: list[str]


def take(where: Path) -> Taken:
    """Write a backup into a folder, or to a file that is not there yet."""
    target = _target(where)
    made_at = clock.real_now()
    with archive.writing(target) as box:
        # First the database, then the files: a file is written before its row, under a name of its own, and never
        # changed, so every row of the copy finds its file. What came in meanwhile has no row yet and does no harm.
        copied = _copy_database(box, target.parent)
        count = sum(1 for _name in _copy_files(box))
        manifest = _manifest(copied, made_at.isoformat(timespec="seconds"))
        sealed = box.seal(manifest)
    rows = sum(told["rows"] for told in copied.tables.values())
    return Taken(target, sealed, rows, count, manifest.needs_keys)


def _target(where: Path) -> Path:
    name = f"xianglin-{clock.real_now():%Y%m%d-%H%M%S}.zip"
    target = (where / name if where.is_dir() else where).resolve()
    if not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        raise Refused("backup.no_folder", _("没有这个文件夹，或者不能往里写：%(folder)s") % {"folder": target.parent})
    if target.exists():
        raise archive.exists(target)
    if target.is_relative_to(files_folder()):
        raise Refused("backup.within", _("备份不能放在它自己要备份的文件夹里。请换个地方，最好是另一台机器。"))
    return target


def files_folder() -> Path:
    return Path(default_storage.path(""))


def _copy_database(box: Box, beside: Path) -> Copied:
    if connection.vendor == "sqlite":
        return in_sqlite.copy(box, beside, LEFT_OUT, _QUESTIONS)
    return in_postgres.copy(box, LEFT_OUT, _QUESTIONS)


def _copy_files(box: Box) -> Iterator[str]:
    folder = files_folder()
    for within, folders, names in os.walk(folder):
        here = Path(within).relative_to(folder)
        folders[:] = sorted(name for name in folders if here.parts or name not in ON_THEIR_WAY)
        for name in sorted(names):
            told = (here / name).as_posix()
            try:
                source = (folder / told).open("rb")
            except FileNotFoundError:
                continue  # erased since the database was copied: it is to be found nowhere any more
            with source:
                box.copy(archive.FILES + told, source, packed=False)
            yield told


def _manifest(copied: Copied, made_at: str) -> Manifest:
    return Manifest(
        version=version("xianglin"),
        made_at=made_at,
        engine=connection.vendor,
        migrations=copied.answers["migrations"],
        tables=copied.tables,
        trail_heads=copied.answers["trail"],
        bulletin_heads=copied.answers["bulletins"],
        needs_keys=[name for (name,) in copied.answers["keys"]],
        left_out=["keys/", *LEFT_OUT, *(f"{archive.FILES}{name}/" for name in ON_THEIR_WAY)],
    )
