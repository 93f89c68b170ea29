"""The archive: a ZIP whose last member, the manifest, tells every other one's hash."""

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused

FORMAT = 1
MANIFEST = "manifest.json"
FILES = "files/"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Member:
    sha256: str
    bytes: int


Tables = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Copied:
    """What a copy of the database holds, and the answers to questions that were put to it, by their names."""

    tables: Tables
    answers: dict[str, list[list[Any]]]


@dataclass
class Manifest:
    """What the archive holds, and of which moment."""

    version: str
    made_at: str  # real time, when the copy of the database was begun
    engine: str  # "sqlite" or "postgresql"
    migrations: list[list[str]]  # [app, name]
    tables: Tables  # by name: rows; on PostgreSQL columns and the sequences' last values too
    trail_heads: list[list[Any]]  # [chain, position, hash]
    bulletin_heads: list[list[Any]]  # [area, position, hash]
    needs_keys: list[str]  # names of the master keys without which nothing personal in it can be read
    left_out: list[str]
    members: dict[str, Member] = field(default_factory=dict)
    format: int = FORMAT


class Box:
    """An archive being written."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zipped = zipped
        self.members: dict[str, Member] = {}

    @contextmanager
    def member(self, name: str, *, packed: bool = True) -> Iterator[Callable[[bytes], object]]:
        """Write a member piece by piece. ``packed``: pictures and sealed content would only cost time."""
        told, length = hashlib.sha256(), 0
        entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
        entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        with self._zipped.open(entry, "w", force_zip64=True) as into:

            def write(piece: bytes) -> None:
                nonlocal length
                told.update(piece)
                length += len(piece)
                into.write(piece)

            yield write
        self.members[name] = Member(told.hexdigest(), length)

    def copy(self, name: str, source: IO[bytes], *, packed: bool = True) -> None:
        with self.member(name, packed=packed) as write:
            while piece := source.read(_CHUNK):
                write(piece)

    def seal(self, manifest: Manifest) -> str:
        """Write the manifest; answers its hash, which vouches for all the others."""
        manifest.members = self.members
        said = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        self._zipped.writestr(MANIFEST, said)
        return hashlib.sha256(said).hexdigest()


@contextmanager
def writing(target: Path) -> Iterator[Box]:
    """A new archive, its owner's only, which has its name only once it is whole and on the disk."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w") as zipped:
                yield Box(zipped)
            file.flush()
            os.fsync(file.fileno())
        _name(draft, target)
    except (OSError, DatabaseError) as error:  # a full disk, a share that went away
        told = _("备份没有写成，原来的都没动。它说：%(why)s")
        raise Refused("backup.not_written", told % {"why": error}) from error
    finally:
        draft.unlink(missing_ok=True)


def _name(draft: Path, target: Path) -> None:
    """Give it its name, never over another file."""
    try:
        os.link(draft, target)
    except FileExistsError:
        raise exists(target) from None
    except OSError:  # a disk without hard links: a memory stick, a share
        if target.exists():
            raise exists(target) from None
        draft.rename(target)


class Opened:
    """An archive that is read. Nothing of it is believed before ``check``."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zipped = zipped
        self.manifest = _manifest(zipped)

    @property
    def sha256(self) -> str:
        """Of the manifest: what was told when the backup was made."""
        return hashlib.sha256(self._zipped.read(MANIFEST)).hexdigest()

    @property
    def files(self) -> list[str]:
        return [name for name in self.manifest.members if name.startswith(FILES)]

    def check(self) -> None:
        """Every member is there as it was written, none besides, and each stays within its folder."""
        names = [name for name in self._zipped.namelist() if name != MANIFEST]
        if sorted(names) != sorted(self.manifest.members):
            raise damaged()
        for name, member in self.manifest.members.items():
            told, length = hashlib.sha256(), 0
            with self.open(name) as source:
                while piece := source.read(_CHUNK):
                    told.update(piece)
                    length += len(piece)
            if Member(told.hexdigest(), length) != member or not _stays_within(name):
                raise damaged()

    def open(self, name: str) -> IO[bytes]:
        return self._zipped.open(name)

    def unpack(self, name: str, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        with self.open(name) as source, target.open("xb") as into:
            shutil.copyfileobj(source, into, _CHUNK)


def _stays_within(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


@contextmanager
def reading(source: Path) -> Iterator[Opened]:
    try:
        with zipfile.ZipFile(source) as zipped:
            yield Opened(zipped)
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        if isinstance(error, OSError) and error.filename is not None:
            raise  # a disk's or a folder's trouble, not the archive's
        raise damaged() from error


def _manifest(zipped: zipfile.ZipFile) -> Manifest:
    try:
        told = json.loads(zipped.read(MANIFEST))
        if told["format"] != FORMAT:
            raise Refused("backup.format", _("这份备份的格式这个版本读不了，请用做备份的那个版本恢复。"))
        members = {name: Member(**member) for name, member in told.pop("members").items()}
        return Manifest(**told, members=members)
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("backup.not_ours", _("这不是乡邻的备份，请核对文件。")) from error


def damaged() -> Refused:
    return Refused("backup.damaged", _("备份和它的清单对不上，文件坏了或被改过。请换一份备份。"))


def in_use() -> Refused:
    return Refused("backup.in_use", _("数据库正在用。请先停掉 xianglin run，再恢复。"))


def exists(target: Path) -> Refused:
    return Refused("backup.exists", _("已经有这个文件了：%(file)s。备份不会盖掉它，请换个名字。") % {"file": target})
