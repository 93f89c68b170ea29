"""A backup that is taken while somebody writes restores to one instant: real processes, on both databases."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.commons.jobs.installation import ROOT, Installation, empty_installation, installation

__all__ = ["installation"]

pytestmark = pytest.mark.xdist_group("backups")

# Writes a file, then the matter that it belongs to, again and again: the serial names the file.
WRITER = """
from pathlib import Path
import uuid
from tests.support.cast import build_places
from xianglin.base.actor import NOBODY
from xianglin.commons.areas.models import Area
from xianglin.kernels.matters import actions
folder = Path(os.environ["VICTIM_FOLDER"])
(folder / "files" / "said").mkdir(parents=True, exist_ok=True)
(folder / "files" / "uploads").mkdir(parents=True, exist_ok=True)
(folder / "files" / "uploads" / "in clear").write_bytes(b"half a picture")
village = Area.objects.filter(code="330523103202").first() or build_places().village
serial = 0
while not (folder / "stop").exists():
    serial += 1
    (folder / "files" / "said" / str(serial)).write_bytes(str(serial).encode() * 1000)
    actions.raise_matter(village, actor=NOBODY, said=actions.Said(words=f"第 {serial} 盏灯不亮"), key=uuid.uuid4())
    if serial == 40:
        (folder / "going").touch()
print(json.dumps(serial))
"""
LOOK = """
from pathlib import Path
from django.contrib.sessions.models import Session
from xianglin.commons.trail.models import Entry
from xianglin.commons.trail import guards
from xianglin.kernels.matters.models import Matter, Step
files = Path(os.environ["VICTIM_FOLDER"]) / "files" / "said"
rows = list(Matter.objects.order_by("serial"))
raised = set(Entry.objects.filter(action="matters.raise").values_list("subject", flat=True))
print(json.dumps({
    "serials": [m.serial for m in rows],
    "in trail": raised == {f"matters.Matter:{m.pk}" for m in rows},
    "steps": Step.objects.count(),
    "files": all((files / str(m.serial)).read_bytes() == str(m.serial).encode() * 1000 for m in rows),
    "guards": guards.missing(),
    "sessions": Session.objects.count(),
}))
"""
ONE_MORE = """
from xianglin.base.actor import NOBODY
from xianglin.commons.areas.models import Area
from xianglin.commons.keys import fingerprints
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import Matter
import uuid
fingerprints.require_own()
village = Area.objects.get(code="330523103202")
made = actions.raise_matter(village, actor=NOBODY, said=actions.Said(words="又一盏灯不亮"), key=uuid.uuid4())
print(json.dumps([made.serial, Matter.objects.get(serial=1).words.open()]))
"""
SESSION = """
from django.contrib.sessions.backends.db import SessionStore
store = SessionStore(); store["who"] = "somebody"; store.create(); print(json.dumps(store.session_key))
"""


def xianglin(at: Installation, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "xianglin.cli", *words]
    ran = subprocess.run(command, check=False, env=at.env, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert "Traceback" not in ran.stdout + ran.stderr, ran.stderr
    return ran.returncode, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def session_key(installation: Installation) -> str:
    """Somebody is logged in."""
    return str(installation.run(SESSION))


@pytest.fixture(scope="module")
def backups(installation: Installation, session_key: str, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two taken beside a process that never stops writing."""
    folder, taken = tmp_path_factory.mktemp("backups"), []
    writer = installation.start(WRITER)
    _wait((installation.folder / "going").exists, writer)
    for name in ("one.zip", "two.zip"):
        code, said = xianglin(installation, "backup", str(folder / name))
        assert code == 0 and "密钥不在里面" in said, said
        taken.append(folder / name)
    (installation.folder / "stop").touch()
    said, _none = writer.communicate(timeout=60)
    assert writer.returncode == 0
    assert json.loads(said.splitlines()[-1]) > 40
    return taken


def _wait(for_it: Callable[[], bool], process: Any) -> None:
    give_up = time.monotonic() + 120
    while not for_it():
        assert process.poll() is None and time.monotonic() < give_up
        time.sleep(0.05)


@pytest.fixture
def target(tmp_path: Path) -> Iterator[Installation]:
    with empty_installation(tmp_path / "target") as made:
        yield made


def manifest_of(archive: Path) -> dict[str, Any]:
    with zipfile.ZipFile(archive) as opened:
        told: dict[str, Any] = json.loads(opened.read("manifest.json"))
        return told


@pytest.mark.parametrize("nth", [0, 1])
def test_restores_to_one_instant(nth: int, backups: list[Path], target: Installation) -> None:
    code, said = xianglin(target, "restore", str(backups[nth]))
    assert code == 0, said
    assert "留痕和公开件完好" in said and "密钥不在备份里" in said and "master-0001.key" in said
    found = target.run(LOOK)
    count = manifest_of(backups[nth])["tables"]["matters_matter"]["rows"]
    assert found["serials"] == list(range(1, count + 1)) and count >= 40
    assert found["in trail"] and found["files"]
    assert found["steps"] == count
    assert (found["guards"], found["sessions"]) == ([], 0)


def test_goes_on_once_its_keys_are_back(backups: list[Path], target: Installation, installation: Installation) -> None:
    xianglin(target, "restore", str(backups[0]))
    count = manifest_of(backups[0])["tables"]["matters_matter"]["rows"]
    shutil.copytree(installation.folder / "keys", target.folder / "keys", dirs_exist_ok=True)
    assert target.run(ONE_MORE) == [count + 1, "第 1 盏灯不亮"]
    assert xianglin(target, "verify")[0] == 0


def test_no_key_no_session_and_nothing_on_its_way_is_in_it(
    backups: list[Path], installation: Installation, session_key: str
) -> None:
    secrets = [path.read_bytes().strip() for path in (installation.folder / "keys").iterdir()]
    assert len(secrets) == 3  # the master key, Django's secret, the gateway's
    secrets += [session_key.encode(), b"half a picture"]
    with zipfile.ZipFile(backups[1]) as opened:
        assert not [name for name in opened.namelist() if "key" in name and not name.startswith("tables/keys_")]
        assert not [name for name in opened.namelist() if "uploads" in name]
        whole = [opened.read(name) for name in opened.namelist()]
    assert not [True for content in whole for secret in secrets if secret in content]
    assert os.stat(backups[1]).st_mode & 0o077 == 0
    told = manifest_of(backups[1])
    assert told["needs_keys"] == ["master-0001"] and "keys/" in told["left_out"]
    assert told["trail_heads"] and told["migrations"]


def test_where_something_is_only_when_told(backups: list[Path], target: Installation) -> None:
    assert xianglin(target, "restore", str(backups[0]))[0] == 0
    code, said = xianglin(target, "restore", str(backups[1]))
    assert code == 2 and "--replace" in said
    before = target.run(LOOK)["serials"]
    assert before == list(range(1, manifest_of(backups[0])["tables"]["matters_matter"]["rows"] + 1))
    assert xianglin(target, "restore", str(backups[1]), "--replace")[0] == 0
    after = target.run(LOOK)
    assert len(after["serials"]) == manifest_of(backups[1])["tables"]["matters_matter"]["rows"] >= len(before)
    assert after["files"] and after["in trail"]
    (aside,) = target.folder.glob("before-*")
    assert len(list((aside / "files" / "said").iterdir())) >= len(before)


def test_it_is_not_taken_from_under_somebody(backups: list[Path], target: Installation) -> None:
    xianglin(target, "restore", str(backups[0]))
    code = (
        "from xianglin.kernels.matters.models import Matter; Matter.objects.count(); print('in', flush=True); input()"
    )
    command = [sys.executable, "-c", f"import django; django.setup(); {code}"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=target.env, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "in\n"
        code_, said = xianglin(target, "restore", str(backups[1]), "--replace")
        assert code_ == 2 and "先停掉 xianglin run" in said
        other.communicate("\n")
    assert not list(target.folder.glob("before-*")) and not list(target.folder.glob(".restoring-*"))
    assert target.run(LOOK)["in trail"]


def rewritten(archive: Path, into: Path, change: Callable[[dict[str, Any], dict[str, bytes]], None]) -> Path:
    """The archive with something else in it."""
    with zipfile.ZipFile(archive) as opened:
        members = {name: opened.read(name) for name in opened.namelist()}
    told = json.loads(members.pop("manifest.json"))
    change(told, members)
    with zipfile.ZipFile(into, "w") as written:
        for name, content in members.items():
            written.writestr(name, content)
        written.writestr("manifest.json", json.dumps(told))
    return into


def _other_byte(told: dict[str, Any], members: dict[str, bytes]) -> None:
    members["files/said/7"] = b"8" + members["files/said/7"][1:]


def _missing(told: dict[str, Any], members: dict[str, bytes]) -> None:
    del members["files/said/7"]


def _beside_it(told: dict[str, Any], members: dict[str, bytes]) -> None:
    members["files/said/another"] = b"x"


def _out_of_its_folder(told: dict[str, Any], members: dict[str, bytes]) -> None:
    members["files/../../out"] = members.pop("files/said/7")
    told["members"]["files/../../out"] = told["members"].pop("files/said/7")


def _newer(told: dict[str, Any], members: dict[str, bytes]) -> None:
    told["migrations"].append(["matters", "9999_of_next_year"])
    told["version"] = "9.9"


def _other_database(told: dict[str, Any], members: dict[str, bytes]) -> None:
    told["engine"] = "postgresql" if told["engine"] == "sqlite" else "sqlite"


def _later_format(told: dict[str, Any], members: dict[str, bytes]) -> None:
    told["format"] = 2


def _no_backup(told: dict[str, Any], members: dict[str, bytes]) -> None:
    told.clear()


WRONG = {
    _other_byte: "backup.damaged",
    _missing: "backup.damaged",
    _beside_it: "backup.damaged",
    _out_of_its_folder: "backup.damaged",
    _newer: "backup.newer",
    _other_database: "backup.other_database",
    _later_format: "backup.format",
    _no_backup: "backup.not_ours",
}
TRY = """
from pathlib import Path
from xianglin.base.refused import Refused
from xianglin.config.backups import restore
said = []
for archive in sys.argv[1:]:
    try:
        restore.restore(Path(archive))
        said.append("restored")
    except Refused as refused:
        said.append(refused.code)
print(json.dumps(said))
"""


def test_what_does_not_fit_changes_nothing(backups: list[Path], target: Installation, tmp_path: Path) -> None:
    wrong = [rewritten(backups[0], tmp_path / f"{change.__name__}.zip", change) for change in WRONG]
    wrong.append(tmp_path / "half.zip")
    wrong[-1].write_bytes(backups[0].read_bytes()[:5000])
    said = target.run(f"sys.argv[1:] = {list(map(str, wrong))!r}\n{TRY}")
    assert said == [*WRONG.values(), "backup.damaged"]
    assert not (target.folder / "xianglin.sqlite3").exists() and not (target.folder / "files").exists()
    assert "请先运行 xianglin run" in xianglin(target, "verify")[1]  # not a table
    assert "没有这个文件" in xianglin(target, "restore", str(tmp_path / "none.zip"))[1]


def _before_bulletins(told: dict[str, Any], members: dict[str, bytes]) -> None:
    """As if it had been made by a version that had no room of bulletins yet."""
    ours = [table for table in told["tables"] if table.startswith("bulletins_")]
    told["migrations"] = [m for m in told["migrations"] if m[0] != "bulletins"]
    told["bulletin_heads"] = []
    for table in ours:
        del told["tables"][table]
        told["members"].pop(f"tables/{table}.copy", None), members.pop(f"tables/{table}.copy", None)
    if told["engine"] == "sqlite":
        name = "database.sqlite3"
        members[name] = _without(members[name], ours)
    else:
        name = "tables/django_migrations.copy"
        kept = [line for line in members[name].splitlines(keepends=True) if b"\tbulletins\t" not in line]
        members[name] = b"".join(kept)
    told["tables"]["django_migrations"]["rows"] = len(told["migrations"])
    told["members"][name] = {"sha256": hashlib.sha256(members[name]).hexdigest(), "bytes": len(members[name])}


def _without(database: bytes, tables: list[str]) -> bytes:
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.deserialize(database)
        for table in tables:
            opened.execute(f"DROP TABLE {table}")
        opened.execute("DELETE FROM django_migrations WHERE app = 'bulletins'")
        opened.commit()
        return opened.serialize()


def test_an_older_one_is_brought_up_to_date(backups: list[Path], target: Installation, tmp_path: Path) -> None:
    older = rewritten(backups[0], tmp_path / "older.zip", _before_bulletins)
    code, said = xianglin(target, "restore", str(older))
    assert code == 0 and "留痕和公开件完好" in said
    assert target.run(LOOK)["in trail"]


def test_a_backup_never_covers_another_nor_lies_in_itself(backups: list[Path], installation: Installation) -> None:
    for where, told in (
        (str(backups[0]), "backup.exists"),
        (str(installation.folder / "files"), "backup.within"),
        ("/nowhere/at/all", "backup.no_folder"),
    ):
        code, said = xianglin(installation, "backup", where)
        assert code == 2 and told in said
    assert not list(backups[0].parent.glob(".*"))
