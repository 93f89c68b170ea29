"""Real processes: the site comes up with one sentence, a dead child comes back, everything stops in time."""

import http.server
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support import prepared
from xianglin.config import supervise

ROOT = Path(__file__).resolve().parents[2]


class Running:
    """One ``xianglin run`` on a port and a data folder of its own."""

    def __init__(self, folder: Path, shared: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.said = folder / "said"
        env = {**os.environ, "XIANGLIN_DATA": str(folder / "var"), "PYTHONPATH": os.pathsep.join(sys.path)}
        env["DATABASE_URL"] = ""
        env["DJANGO_SETTINGS_MODULE"] = "xianglin.config.settings"
        prepared.put_file(folder / "var", shared)
        code = f"import sys; from xianglin.config.supervise import run; sys.exit(run({self.port}, False))"
        with self.said.open("w") as said:
            command = [sys.executable, "-c", code]
            self.process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=said, stderr=said)

    def children(self) -> dict[str, int]:
        """Name and process id of what it runs now."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_text().split("\0")
                parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent == self.process.pid and "xianglin.config.supervise" in words:
                found[words[-2]] = int(folder.name)
        return found

    def end(self, number: int) -> float:
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(timeout=10)
        return time.monotonic() - begun


@pytest.fixture
def running(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    started = Running(tmp_path, prepared.together(tmp_path_factory))
    yield started
    if started.process.poll() is None:
        started.end(signal.SIGTERM)


def wait_for(what: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes in /proc")
def test_it_greets_restarts_what_dies_and_stops_in_time(running: Running) -> None:
    wait_for(lambda: "请打开" in running.said.read_text())
    assert supervise.answers(running.port)
    assert running.said.read_text().count(f"http://localhost:{running.port}/") == 1
    first = running.children()
    assert sorted(first) == ["scheduler", "web", "worker"]

    os.kill(first["worker"], signal.SIGKILL)
    os.kill(first["web"], signal.SIGKILL)
    wait_for(lambda: running.children().keys() == first.keys() and not any(map(gone, running.children().values())))
    wait_for(lambda: supervise.answers(running.port))
    again = running.children()
    assert again["worker"] != first["worker"]
    assert again["web"] != first["web"]
    assert again["scheduler"] == first["scheduler"]
    assert running.said.read_text().count("意外停止") == 2

    assert running.end(signal.SIGINT) <= 5
    assert running.process.returncode == 0
    assert all(map(gone, again.values()))
    assert not supervise.answers(running.port)
    assert "Traceback" not in running.said.read_text()


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks at processes in /proc")
def test_children_leave_when_the_supervisor_is_killed(running: Running) -> None:
    wait_for(lambda: "请打开" in running.said.read_text())
    orphans = running.children().values()
    running.end(signal.SIGKILL)
    wait_for(lambda: all(map(gone, orphans)), 10)
    wait_for(lambda: not supervise.answers(running.port), 10)


@pytest.mark.parametrize(
    ("said", "serves"),
    [
        ('{"database": true, "migrations_pending": 0, "problems": ["a job waits"]}', True),
        ('{"database": true, "migrations_pending": 2, "problems": ["…"]}', False),
        ('{"database": false, "migrations_pending": null, "problems": ["…"]}', False),
        ('["another site"]', False),
        ("<html>", False),
    ],
)
def test_work_that_waits_does_not_keep_the_greeting_back(said: str, serves: bool) -> None:
    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(503)
            self.end_headers()
            self.wfile.write(said.encode())

    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as site:
        threading.Thread(target=site.handle_request).start()
        assert supervise.answers(site.server_address[1]) is serves


def test_a_port_in_use_is_told_before_anything_starts(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert supervise.run(port, demo=False) == 1
    said = capsys.readouterr().err
    assert said == f"端口 {port} 已有别的程序在用。请换一个端口：PORT={port + 1} xianglin run\n"


def test_a_child_that_keeps_dying_rests_longer_each_time() -> None:
    child = supervise.Child("fickle", [sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))
    rests = []
    for _ in range(4):
        child.look(child.rest_until)
        assert child.process is not None
        child.process.wait()
        child.look(now := child.started + 1)
        rests.append(child.rest_until - now)
    assert rests == [0.5, 1, 2, 4]
    child.look(child.rest_until)
    assert child.process is not None
    child.process.wait()
    child.look(now := child.started + 100)
    assert child.rest_until - now == 0.5
