from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tools import postgres

TOOL = [sys.executable, str(Path(postgres.__file__)), "run"]
TELL = "import os; print(os.environ['DATABASE_URL'], flush=True)"


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where clusters of this test lie, so that what is left over is seen."""
    for place in tmp_path.parents:
        if place.owner() == tmp_path.owner() and place.name.startswith(("pytest-", "popen-")):
            place.chmod(0o755)  # pytest's are 0700, and root's server is another user
    tmp_path.chmod(0o1777)  # as /tmp is
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_a_cluster_answers_and_leaves_nothing(folders: Path) -> None:
    with postgres.cluster(work_mem="8MB") as url, psycopg.connect(url) as connection:
        told = connection.execute(
            "select current_setting('fsync'), current_setting('work_mem'), current_setting('max_connections'),"
            " getdatabaseencoding(), '乡邻'"
        ).fetchone()
        assert told == ("off", "8MB", "100", "UTF8", "乡邻")
    assert not answers(url)
    assert list(folders.iterdir()) == []


def test_a_cluster_is_not_roots() -> None:
    with postgres.cluster() as url, psycopg.connect(url) as connection:
        row = connection.execute("select setting from pg_settings where name = 'data_directory'").fetchone()
        assert row is not None
        assert os.stat(row[0]).st_uid == (os.geteuid() or postgres.NOBODY)


def test_a_stranger_on_the_same_machine_is_kept_out() -> None:
    with postgres.cluster() as url:
        secret = url.partition("xianglin:")[2].partition("@")[0]
        assert not answers(url.replace(secret, "guess"))


def test_a_failing_block_leaves_nothing(folders: Path) -> None:
    with pytest.raises(LookupError), postgres.cluster():
        raise LookupError
    assert list(folders.iterdir()) == []


def test_a_server_that_cannot_start_says_why(folders: Path) -> None:
    with pytest.raises(postgres.ClusterFailed, match="nonsense"), postgres.cluster(nonsense="1"):
        pytest.fail("it must not start")
    assert list(folders.iterdir()) == []


def test_the_commands_exit_code_is_passed_through(folders: Path) -> None:
    assert subprocess.run([*TOOL, "--", "sh", "-c", "exit 7"], check=False).returncode == 7
    assert subprocess.run([*TOOL, "--", "sh", "-c", "kill -9 $$"], check=False).returncode == 137
    assert subprocess.run([*TOOL, "--", "no-such-program"], check=False).returncode == 127
    assert list(folders.iterdir()) == []


def _as_from_a_terminal() -> None:
    """A test run in the background is deaf to INT, and its children would inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL])
def test_a_signal_leaves_nothing(folders: Path, number: signal.Signals) -> None:
    """Even killed, as the server's keeper outlives the tool. INT comes as from a terminal: to the whole group."""
    command = [*TOOL, "--", sys.executable, "-c", f"{TELL}; import time; time.sleep(60)"]
    tool = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
        preexec_fn=_as_from_a_terminal,
    )
    assert tool.stdout is not None
    url = tool.stdout.readline().strip()
    assert answers(url)
    if number == signal.SIGINT:
        os.killpg(tool.pid, number)
    else:
        tool.send_signal(number)
    code = tool.wait(timeout=10)
    assert code == (-number if number == signal.SIGKILL else 128 + number)
    deadline = time.monotonic() + 10
    while list(folders.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert list(folders.iterdir()) == []
    assert not answers(url)
    if number == signal.SIGKILL:
        os.killpg(tool.pid, signal.SIGTERM)  # the command itself, which nobody ended
    tool.stdout.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends its server another user")
def test_programs_that_the_lent_user_cannot_reach_are_copied(folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reachable = postgres._runs
    monkeypatch.setattr(
        postgres,
        "_runs",
        lambda programs, lent: reachable(programs, lent) and not (lent and "site-packages" in str(programs)),
    )
    with postgres.cluster() as url, psycopg.connect(url) as connection:
        assert list(folders.glob("*/server/pgserver/pginstall/bin/postgres"))
        assert connection.execute("select 1 from pg_timezone_names where name = 'Asia/Shanghai'").fetchone() == (1,)
    assert list(folders.iterdir()) == []
