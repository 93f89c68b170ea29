"""What goes wrong at the command line is said in sentences, with an exit code, never with a traceback."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from xianglin import cli
from xianglin.commons.deadlines.models import CalendarDay
from xianglin.commons.trail.models import Entry

HEADER = "date,kind,name,source\n"
NOTICE = "2027-01-01,holiday,元旦,国办发明电〔2026〕1 号\n"
Say = Callable[..., tuple[int, str]]


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """A real process on a folder of its own that nobody has prepared."""

    def say(*words: str, **env: str) -> tuple[int, str]:
        own = {"XIANGLIN_DATA": str(tmp_path / "var"), "DATABASE_URL": "", "PYTHONPATH": os.pathsep.join(sys.path)}
        own |= {"DJANGO_SETTINGS_MODULE": "xianglin.config.settings"}
        command = [sys.executable, "-m", "xianglin.cli", *words]
        own = {**os.environ, **own, **env}
        ran = subprocess.run(command, check=False, env=own, capture_output=True, text=True, timeout=60)
        assert "Traceback" not in ran.stderr + ran.stdout
        return ran.returncode, ran.stderr + ran.stdout

    return say


def test_a_database_that_is_away(say: Say) -> None:
    nowhere = "postgres://nobody:secret@127.0.0.1:1/none"
    code, said = say("doctor", DATABASE_URL=nowhere)
    assert code == 1 and "数据库连不上" in said and "secret" not in said
    for words in (("verify",), ("run",)):
        code, said = say(*words, DATABASE_URL=nowhere)
        assert code == 2 and "数据库连不上" in said


def test_a_file_that_is_no_database(say: Say, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "xianglin.sqlite3").write_bytes(b"no database at all, but long enough" * 100)
    code, said = say("doctor")
    assert code == 1 and "数据库连不上" in said


@pytest.mark.parametrize("words", [("verify",), ("verify", "--json"), ("calendar", __file__), ("doctor",)])
def test_before_the_database_is_made(say: Say, words: tuple[str, ...]) -> None:
    code, said = say(*words)
    assert code == (1 if words == ("doctor",) else 2)
    assert "请先运行 xianglin run" in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "--port", "abc"], "不是 abc"),
        (["run", "--port", "70000"], "1 到 65535"),
        (["run", "--port", "0"], "1 到 65535"),
        (["demo", "--today", "2022-13-01"], "不是 2022-13-01"),
        (["areas", "import", "--file", "/nowhere/list.csv"], "没有这个文件：/nowhere/list.csv"),
        (["calendar", "/nowhere/2027.csv"], "没有这个文件：/nowhere/2027.csv"),
        (["calendar", "/"], "没有这个文件：/"),
    ],
)
def test_words_that_make_no_sense(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(words)
    assert left.value.code == 2
    assert told in capsys.readouterr().err


def test_a_port_from_the_environment(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORT", "abc")
    with pytest.raises(SystemExit) as left:
        cli.main(["run"])
    assert left.value.code == 2 and "不是 abc" in capsys.readouterr().err
    assert cli._parser().parse_args(["doctor"])  # whom it does not concern it does not stop


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    file = tmp_path / "2027.csv"
    file.write_text(HEADER + NOTICE, encoding="utf-8")
    return file


@pytest.mark.django_db
def test_a_years_calendar_comes_in_by_the_rooms_own_action(notice: Path, capsys: Any) -> None:
    assert cli.main(["calendar", str(notice)]) == 0
    assert "2026, 2027" in capsys.readouterr().out
    assert [day.name for day in CalendarDay.objects.filter(date__year=2027)] == ["元旦"]
    entry = Entry.objects.get(action="deadlines.load_calendar")
    assert (entry.actor, entry.via) == ("system:deadlines", "command")
    assert cli.main(["calendar", str(notice)]) == 0
    assert "什么也没有改" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "told"),
    [
        ((HEADER + NOTICE).encode("gb18030"), "UTF-8"),
        ((HEADER + "2027-01-02,holiday,元旦,通知\n").encode(), "第 2 行"),
        (b"a,b\n1,2\n", "第 2 行"),
    ],
)
def test_a_calendar_that_cannot_be_read(notice: Path, content: bytes, told: str, capsys: Any) -> None:
    notice.write_bytes(content)
    assert cli.main(["calendar", str(notice)]) == 2
    assert told in capsys.readouterr().err
    assert not CalendarDay.objects.filter(date__year=2027).exists()
