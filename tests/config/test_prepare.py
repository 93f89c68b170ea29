"""What every start does: a release without a migration brings its data all the same, and strange keys are refused."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from xianglin import cli
from xianglin.commons.deadlines import seeds
from xianglin.commons.deadlines.models import CalendarDay, DeadlineRule
from xianglin.commons.keys.sealing import new_key
from xianglin.commons.trail import guards
from xianglin.config import doctor, prepare, supervise
from xianglin.kernels.matters import deadline_rules

pytestmark = pytest.mark.django_db
NEW = seeds.RuleSeed("tests.new", 1, "新的期限", 5, "day", "none", "依据", "出处", dt.date(2026, 1, 1))


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.KEY_FOLDER = tmp_path / "keys"
    settings.STATIC_ROOT = tmp_path / "static"


def test_guards_come_back_at_the_next_start() -> None:
    guards.remove()
    assert any("触发器" in sentence for sentence in doctor.examine())
    prepare.database()
    assert guards.missing() == []


def test_a_release_brings_its_calendar_and_periods(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare.database()
    longer = tmp_path / "china.csv"
    longer.write_bytes(seeds.CHINA.read_bytes() + "2027-01-01,holiday,元旦,通知\n".encode())
    monkeypatch.setattr(seeds, "CHINA", longer)
    monkeypatch.setattr(deadline_rules, "RULES", [*deadline_rules.RULES, NEW])
    prepare.database()
    assert CalendarDay.objects.filter(date__year=2027).count() == 1
    assert DeadlineRule.objects.filter(code="tests.new").count() == 1


@pytest.mark.parametrize("lost", ["master", "index"])
def test_run_stops_with_a_sentence_where_the_keys_are_not_its_own(
    lost: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(supervise, "run", lambda port, demo: 0)
    assert cli.main(["run"]) == 0
    new_key(1)
    if lost == "master":
        settings.KEY_FOLDER = tmp_path / "restored without its keys"
    else:
        settings.SECRET_KEY = "made anew"
    assert cli.main(["run"]) == cli.main(["areas", "import", "--file", __file__]) == 2
    assert {"master": "找不到主密钥文件 master-0001.key", "index": "站点密钥不是"}[lost] in capsys.readouterr().err
    assert cli.main(["doctor"]) == 1
    assert "密钥" in capsys.readouterr().out
    assert not list(tmp_path.glob("restored*/*"))
