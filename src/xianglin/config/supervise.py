"""``xianglin run``: web, worker and scheduler as child processes, watched, restarted and stopped together.

XIANGLIN_BIND      the address to listen on (default 127.0.0.1: this machine only; 0.0.0.0 behind a proxy)
XIANGLIN_THREADS   threads that serve pages (default 8)
"""

import errno
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

CHILDREN = ("web", "worker", "scheduler")
STOP_WITHIN = 4.0  # seconds until a child that does not leave is killed
LONGEST_REST = 30.0  # seconds between two starts of a child that keeps dying
SETTLED_AFTER = 60.0  # seconds after which a child's earlier deaths are forgotten
_LOOK = 0.2


class PortTaken(Exception):
    """We cannot listen there; the message says what to do."""


@dataclass
class Child:
    """One process to keep alive."""

    name: str
    command: list[str]
    env: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    deaths: int = 0
    rest_until: float = 0.0

    def start(self, now: float) -> None:
        # A session of its own: the terminal's Ctrl-C reaches only us, and we stop them in order.
        self.process = subprocess.Popen(  # noqa: S603  # our own interpreter and module, no shell
            self.command, env=self.env, start_new_session=True
        )
        self.started = now

    def look(self, now: float) -> None:
        """Start what is not running, unless it is resting after too many deaths."""
        if self.process is not None and self.process.poll() is not None:
            self.deaths = 1 if now - self.started > SETTLED_AFTER else self.deaths + 1
            self.rest_until = now + min(0.5 * 2.0 ** (self.deaths - 1), LONGEST_REST)
            self._say_death(self.process.returncode)
            self.tell(signal.SIGKILL)  # what it had started may still hold the port
            self.process = None
        if self.process is None and now >= self.rest_until:
            self.start(now)

    def _say_death(self, code: int) -> None:
        rest = self.rest_until - time.monotonic()
        told = f"进程 {self.name} 意外停止（{code}），{rest:.0f} 秒后重新启动。"  # zh: operators
        print(told, file=sys.stderr, flush=True)

    def tell(self, number: int) -> None:
        """Signal the child and all that it started, also when the child itself is gone already."""
        if self.process is not None:
            with suppress(ProcessLookupError):  # nobody is left
                os.killpg(self.process.pid, number)


@dataclass
class Family:
    """All children of one ``xianglin run``."""

    children: list[Child]
    stopping: bool = field(default=False)

    def watch(self, port: int) -> None:
        """Keep everybody alive until told to stop; greet once when the site answers."""
        greeted = False
        while not self.stopping:
            for child in self.children:
                child.look(time.monotonic())
            if not greeted and answers(port):
                greeted = True
                print(f"乡邻已就绪，请打开 http://localhost:{port}/ （按 Ctrl+C 停止）", flush=True)  # zh: operators
            time.sleep(_LOOK)

    def stop(self) -> None:
        """Ask everybody to leave, wait, and kill who is still there."""
        for child in self.children:
            child.tell(signal.SIGTERM)
        deadline = time.monotonic() + STOP_WITHIN
        running = [child.process for child in self.children if child.process is not None]
        while time.monotonic() < deadline and any(process.poll() is None for process in running):
            time.sleep(0.05)
        for child in self.children:
            child.tell(signal.SIGKILL)
        for process in running:
            process.wait()

    def on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True


def run(port: int, demo: bool) -> int:
    """Serve on ``port`` until SIGINT or SIGTERM; answers the exit code."""
    try:
        require_free(port)
    except PortTaken as taken:
        print(taken, file=sys.stderr)
        return 1
    env = {**os.environ, "PORT": str(port)}
    env.setdefault("DJANGO_SETTINGS_MODULE", "xianglin.config.settings")
    if demo:
        env["XIANGLIN_DEMO"] = "1"
    command = [sys.executable, "-m", "xianglin.config.supervise"]
    family = Family([Child(name, [*command, name], env) for name in CHILDREN])
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, family.on_signal)
    try:
        family.watch(port)
    finally:
        family.stop()
    return 0


def require_free(port: int) -> None:
    """Find out before any child is started whether the port can be had."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_address(), port))
        except OSError as error:
            other = port + 1 if port >= 1024 else 8000
            why = "需要管理员权限" if error.errno == errno.EACCES else "已有别的程序在用"  # zh: operators
            raise PortTaken(f"端口 {port} {why}。请换一个端口：PORT={other} xianglin run") from error  # zh: operators


def answers(port: int) -> bool:
    """Whether the site serves: its database is there and up to date. Work that waits is being caught up with."""
    host = os.environ.get("XIANGLIN_HOSTS", "localhost").split(",")[0]
    asked = http.client.HTTPConnection(_address(), port, timeout=2)
    try:
        asked.request("GET", "/healthz/", headers={"Host": host})
        report = json.loads(asked.getresponse().read())
        return isinstance(report, dict) and report.get("database") is True and report.get("migrations_pending") == 0
    except (OSError, http.client.HTTPException, json.JSONDecodeError):
        return False  # not yet, or somebody else's site
    finally:
        asked.close()


def _address() -> str:
    return os.environ.get("XIANGLIN_BIND", "127.0.0.1")


def serve() -> None:
    """The child ``web``."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "xianglin.config.wsgi:application",
        address=_address(),
        port=int(os.environ["PORT"]),
        interface=Interfaces.WSGI,
        # Two on SQLite: it has one writer, but all that comes before and after a write goes side by side (a hall of
        # two hundred phones waits a third less, benchmarks/hall.py); more only takes memory, which a laptop lacks.
        workers=min(4 if os.environ.get("DATABASE_URL") else 2, os.cpu_count() or 1),
        blocking_threads=int(os.environ.get("XIANGLIN_THREADS", "8")),
        log_access=False,
        log_level=LogLevels.error,  # the application logs for itself
        respawn_failed_workers=True,
        workers_kill_timeout=3,
    ).serve()


def work() -> None:
    """The child ``worker``."""
    import django

    django.setup()
    from xianglin.commons.jobs import worker

    stop = threading.Event()
    worker.leave_on_signals(stop)
    worker.work(stop)


def schedule() -> None:
    """The child ``scheduler``."""
    import django

    django.setup()
    from xianglin.commons.jobs import scheduler, worker

    stop = threading.Event()
    worker.leave_on_signals(stop)
    scheduler.schedule_forever(stop)


def _leave_with(parent: int) -> None:
    """Leave when the supervisor is gone, even if it was killed and could tell nobody."""
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


def main(name: str) -> None:
    threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()
    {"web": serve, "worker": work, "scheduler": schedule}[name]()


if __name__ == "__main__":
    main(sys.argv[1])
