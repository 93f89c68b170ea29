"""Putting a backup back: nothing is touched before everything in it was looked at."""

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.refused import Refused
from xianglin.commons.keys import fingerprints
from xianglin.commons.trail.models import Entry
from xianglin.config import prepare
from xianglin.kernels.bulletins.models import Version

from . import archive, in_postgres, in_sqlite
from .archive import Manifest, Opened
from .take import files_folder


@dataclass(frozen=True)
class Restored:
    manifest: Manifest
    sha256: str  # of the manifest
    rows: int
    files: int
    aside: Path | None  # where what was there before lies now
    keys: list[str]  # what is not right with the keys, in sentences


def restore(source: Path, *, replace: bool = False) -> Restored:
    """Restore into this installation. ``replace``: where something is, too (moved aside; dropped on PostgreSQL)."""
    data = Path(settings.DATA)
    aside = data / f"before-{clock.real_now():%Y%m%d-%H%M%S}"
    with archive.reading(source) as opened:
        _require_same_engine(opened.manifest)
        _require_not_newer(opened.manifest)
        _require_room(replace)
        opened.check()
        with tempfile.TemporaryDirectory(prefix=".restoring-", dir=data) as folder:
            draft = Path(folder)
            for name in opened.files:
                opened.unpack(name, draft / name)
            _put_database(opened, aside, draft)
            _put_files(draft / archive.FILES, aside)
        manifest, sha256 = opened.manifest, opened.sha256
    call_command("migrate", verbosity=0, interactive=False)  # up to this version; guards come back
    _require_heads(manifest)
    rows = sum(told["rows"] for told in manifest.tables.values())
    complaints = [str(complaint) for complaint in fingerprints.complaints()]
    return Restored(manifest, sha256, rows, len(opened.files), aside if aside.exists() else None, complaints)


def _require_same_engine(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        told = _("这份备份来自 %(theirs)s，这里用的是 %(ours)s。备份只能恢复到同一种数据库。")
        raise Refused("backup.other_database", told % {"theirs": manifest.engine, "ours": connection.vendor})


def _require_not_newer(manifest: Manifest) -> None:
    known = MigrationLoader(None).disk_migrations
    unknown = [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]
    if unknown:
        told = _("备份是更新的版本（%(version)s）做的，这个版本读不了。请先装上那个版本，再恢复。")
        raise Refused("backup.newer", told % {"version": manifest.version}, migrations=unknown)


def _require_room(replace: bool) -> None:
    if connection.vendor == "sqlite":
        empty = in_sqlite.is_empty()
    else:
        prepare.require_reached()
        empty = in_postgres.is_empty()
    if replace or (empty and not _some(files_folder())):
        return
    raise Refused(
        "backup.not_empty",
        _(
            "这里已经有数据了。请换一个空的数据文件夹（或空的数据库）；"
            "真要换掉现在的，先做一份备份，停掉 xianglin run，再加上 --replace。"
        ),
    )


def _some(folder: Path) -> bool:
    return any(path.is_file() for path in folder.rglob("*"))


def _put_database(opened: Opened, aside: Path, draft: Path) -> None:
    if connection.vendor == "sqlite":
        in_sqlite.restore(opened, aside, draft)
    else:
        in_postgres.restore(opened)


def _put_files(draft: Path, aside: Path) -> None:
    target = files_folder()
    if target.exists():
        if _some(target):
            aside.mkdir(mode=0o700, exist_ok=True)
            target.rename(aside / target.name)
        else:
            shutil.rmtree(target)
    if draft.exists():
        draft.rename(target)


def _require_heads(manifest: Manifest) -> None:
    """The chains reach where they reached when the copy was made, with the very same hash."""
    entries = Entry.objects.filter(chain__in=[chain for chain, _position, _hash in manifest.trail_heads])
    versions = Version.objects.filter(area_id__in=[area for area, _position, _hash in manifest.bulletin_heads])
    trail = _hashes(manifest.trail_heads, entries, "chain")
    bulletins = _hashes(manifest.bulletin_heads, versions, "area_id")
    if not (trail and bulletins):
        raise archive.damaged()


def _hashes(heads: Iterable[list[Any]], rows: Any, key: str) -> bool:
    return all(
        rows.filter(**{key: chain}, position=position, hash=told).exists()
        for chain, position, told in heads
        if position
    )
