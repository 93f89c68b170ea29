"""Start a private PostgreSQL for tests and benchmarks, and take it away again.

    python tools/postgres.py run -- CMD…                     CMD sees it as DATABASE_URL
    python tools/postgres.py run --set work_mem=64MB -- CMD…

The server is the `pgserver` wheel's, or the system's where the wheel has none. It never runs as root:
root lends it user id 65534. Crash safety is off, so it is fast and holds nothing that must last.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TypedDict

NOBODY = 65534
READY_WITHIN_SECONDS = 60
PORT_TAKEN = "could not create any TCP/IP sockets"
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # a socket's path may hold 107 bytes, a temporary folder's more
}

# The server's parent is this shell and not us: when we are gone, even killed, its standard input closes,
# and it stops the server (INT: at once, without waiting for clients) and removes the folder. INT is repeated,
# as a server that has only just begun does not hear it. The C locale sorts by code point, as SQLite does,
# and keeps the log in English.
KEEPER = """
folder=$1 programs=$2; shift 2
"$programs/initdb" -D "$folder/data" -U xianglin --pwfile="$folder/password" -A scram-sha-256 \\
    -E UTF8 --locale=C --no-sync --no-instructions >"$folder/log" 2>&1 || echo "FATAL: initdb" >>"$folder/log"
rm "$folder/password"
"$programs/postgres" -D "$folder/data" "$@" >>"$folder/log" 2>&1 &
server=$!
read -r _
while kill -INT "$server" 2>/dev/null; do sleep 0.05; done
rm -rf "$folder" 2>/dev/null
"""


class ClusterFailed(RuntimeError):
    """No PostgreSQL could be started; the message says what to do about it."""


class Lent(TypedDict, total=False):
    """The arguments that make a subprocess run as another user; empty for oneself."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Cluster:
    keeper: subprocess.Popen[bytes]
    folder: Path
    url: str


@contextmanager
def cluster(**settings: str) -> Iterator[str]:
    """A running PostgreSQL's address, `postgres://…`; the cluster is gone afterwards."""
    started = _begin(settings, attempts=3)
    try:
        yield started.url
    finally:
        _stop(started)


def run(command: Sequence[str], **settings: str) -> int:
    """Run a command beside a private cluster; its exit code, as a shell would tell it."""
    _on_ending_signals(_leave)
    with cluster(**settings) as url:
        try:
            child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": url})
        except OSError as error:
            print(f"{command[0]} cannot be run: {error.strerror}.", file=sys.stderr)
            return 127
        # The terminal's Ctrl-C reaches the child by itself; other signals are passed on, and its end is ours.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        _on_ending_signals(lambda number, _: child.send_signal(number))
        code = child.wait()
        return code if code >= 0 else 128 - code


def _begin(settings: dict[str, str], attempts: int) -> Cluster:
    lent = Lent(user=NOBODY, group=NOBODY, extra_groups=[]) if os.geteuid() == 0 else Lent()
    folder = _folder_for(lent)
    password = secrets.token_urlsafe(16)
    port = _free_port()
    try:
        programs = _programs_for(lent, folder)
        (folder / "password").write_text(password)
        _give(folder / "password", lent)
    except BaseException:
        shutil.rmtree(folder)
        raise
    keeper = _keep(programs, folder, lent, {**SETTINGS, **settings, "port": str(port)})
    begun = Cluster(keeper, folder, f"postgres://xianglin:{password}@127.0.0.1:{port}/postgres")
    try:
        complaint = _complaint_unless_ready(folder / "log")
    except BaseException:
        _stop(begun)
        raise
    if not complaint:
        return begun
    _stop(begun)
    if PORT_TAKEN in complaint and attempts > 1:  # somebody took the port between our finding it and using it
        return _begin(settings, attempts - 1)
    raise ClusterFailed(f"PostgreSQL did not start. Its log says:\n{complaint}")


def _folder_for(lent: Lent) -> Path:
    for base in (tempfile.gettempdir(), "/tmp", "/var/tmp"):
        folder = Path(tempfile.mkdtemp(prefix="xianglin-postgres-", dir=base))
        _give(folder, lent)
        if _can(lent, "/bin/sh", "-c", 'test -w "$0"', str(folder)):
            return folder
        folder.rmdir()
    raise ClusterFailed(
        "The server's user can write to no temporary folder. Set TMPDIR to one that everybody can reach."
    )


def _programs_for(lent: Lent, folder: Path) -> Path:
    """The folder of `postgres` and `initdb`, copied where the lent user cannot reach them (under /root, say)."""
    wheel = importlib.util.find_spec("pgserver")
    if wheel is not None and wheel.origin is not None:
        package = Path(wheel.origin).parent
        if _runs(package / "pginstall" / "bin", lent):
            return package / "pginstall" / "bin"
        if lent and _runs(package / "pginstall" / "bin", Lent()):
            return _copied(package, folder, lent)
    system = Path("/usr/lib/postgresql").glob("*/bin")
    for programs in sorted(system, key=lambda place: int(place.parent.name), reverse=True):
        if _runs(programs, lent):
            return programs
    raise ClusterFailed(
        "There is no PostgreSQL for this machine. Run `make setup`, or install the system's PostgreSQL."
    )


def _runs(programs: Path, lent: Lent) -> bool:
    return all(_can(lent, str(programs / name), "--version") for name in ("initdb", "postgres"))


def _can(lent: Lent, *command: str) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True, cwd="/", **lent).returncode == 0
    except OSError:  # not there, not reachable, or made for another machine
        return False


def _copied(package: Path, folder: Path, lent: Lent) -> Path:
    """Copy what a server needs, keeping the places at which the programs look for their libraries."""
    home = folder / "server"
    install = home / package.name / "pginstall"
    shutil.copytree(package.with_name(f"{package.name}.libs"), home / f"{package.name}.libs")
    shutil.copytree(package / "pginstall" / "lib", install / "lib", ignore=shutil.ignore_patterns("*.a"))
    shutil.copytree(package / "pginstall" / "share", install / "share")
    (install / "bin").mkdir()
    for name in ("initdb", "postgres"):
        shutil.copy2(package / "pginstall" / "bin" / name, install / "bin")
    for path in (home, *home.rglob("*")):
        _give(path, lent)
    return install / "bin"


def _give(path: Path, lent: Lent) -> None:
    if lent:
        os.chown(path, lent["user"], lent["group"], follow_symlinks=False)


def _keep(programs: Path, folder: Path, lent: Lent, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    command = ["/bin/sh", "-c", KEEPER, "keeper", str(folder), str(programs)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    # In a session of its own, so that the terminal's Ctrl-C does not stop the server under the tests.
    return subprocess.Popen(command, stdin=subprocess.PIPE, cwd="/", start_new_session=True, **lent)


def _stop(started: Cluster) -> None:
    assert started.keeper.stdin is not None
    started.keeper.stdin.close()
    started.keeper.wait()
    # The keeper can empty its folder everywhere, but remove it only where everybody may write.
    shutil.rmtree(started.folder, ignore_errors=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _complaint_unless_ready(log: Path) -> str:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    said = ""
    while time.monotonic() < deadline:
        said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
        if "ready to accept connections" in said:
            return ""
        if "FATAL:" in said and said.endswith("\n"):
            return said
        time.sleep(0.02)
    return f"{said}\nIt was not ready within {READY_WITHIN_SECONDS} seconds."


def _leave(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


def _on_ending_signals(deed: Callable[[int, FrameType | None], None]) -> None:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, deed)


def main() -> int:
    parser = argparse.ArgumentParser(description="Run a command beside a private PostgreSQL.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    runner = verbs.add_parser("run", help="CMD sees the server's address as DATABASE_URL")
    runner.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the server")
    runner.add_argument("command", nargs="+", metavar="CMD")
    arguments = parser.parse_args()
    try:
        return run(arguments.command, **dict(setting.split("=", 1) for setting in arguments.set))
    except ClusterFailed as failed:
        print(failed, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
