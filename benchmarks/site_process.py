"""One measured site in a process of its own: it builds its rows, then answers one page whenever it is asked.

The run asks all sites in turn, so that whatever else the machine does touches all of them alike.
Lines of JSON both ways: `{"page": …}` in, `{"ms": …, "cpu_ms": …}` out; everything else a site prints is its log.
"""

from __future__ import annotations

import gc
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
ROWS = re.compile(rb'<a class="row|<tr class="item"|"row_class"')  # ours, the bare list's, django-helpdesk's data


@dataclass(frozen=True)
class Page:
    """A page of a site: its requests, made one after the other by a logged-in client."""

    client: Any
    addresses: tuple[str, ...]

    def get(self) -> list[Any]:
        return [self._one(address) for address in self.addresses]

    def _one(self, address: str) -> Any:
        response = self.client.get(address)
        assert response.status_code == 200, f"{address} answered {response.status_code}"
        return response


# --- in the site's process


def serve(build: Callable[[], tuple[dict[str, Page], dict[str, Any]]]) -> None:
    """Build, say what was built, then measure pages until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(fact: dict[str, Any]) -> None:
        print(json.dumps(fact, ensure_ascii=False), file=answers, flush=True)

    begun = time.perf_counter()
    pages, told = build()
    say({"pages": list(pages), "seconds": round(time.perf_counter() - begun, 1), **told})
    gc.collect()
    gc.freeze()  # what the building left behind is not the pages' to walk through
    for line in sys.stdin:
        asked = json.loads(line)
        say(_describe(pages[asked["page"]]) if asked.get("describe") else _time(pages[asked["page"]]))


def _time(page: Page) -> dict[str, float]:
    cpu, wall = time.process_time(), time.perf_counter()
    page.get()
    return {"ms": (time.perf_counter() - wall) * 1000, "cpu_ms": (time.process_time() - cpu) * 1000}


def _describe(page: Page) -> dict[str, Any]:
    """What the page costs apart from time; counted in a request that is not timed."""
    import gzip

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answers = page.get()
    plain = [gzip.decompress(a.content) if a.get("Content-Encoding") == "gzip" else a.content for a in answers]
    return {
        "queries": len(captured),
        "rows": sum(len(ROWS.findall(body)) for body in plain),
        "sent_bytes": sum(len(a.content) for a in answers),
        "sql": [q["sql"] for q in captured.captured_queries],
    }


def client_for(account: Any = None, backend: str | None = None) -> Any:
    """A client that asks as a browser does: compressed where the site compresses."""
    from django.test import Client

    client = Client(headers={"Accept-Encoding": "gzip"}, SERVER_NAME="localhost")
    if account is not None:
        client.force_login(account, backend=backend)
    return client


def version_of_database() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        told = str(cursor.fetchone()[0])
    return told.split(" on ", maxsplit=1)[0] if connection.vendor == "postgresql" else f"SQLite {told}"


# --- in the run's process


class SiteFailed(RuntimeError):
    """A site could not be built or a page did not answer; the end of its log says why."""


class Site:
    """The run's end of a site's process."""

    def __init__(self, name: str, process: subprocess.Popen[str], log: Path) -> None:
        self.name, self._process, self._log = name, process, log
        self.told: dict[str, Any] = {}

    def wait_until_built(self) -> None:
        self.told = self._answer()

    def ask(self, page: str, *, describe: bool = False) -> dict[str, Any]:
        assert self._process.stdin is not None
        print(json.dumps({"page": page, "describe": describe}), file=self._process.stdin, flush=True)
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            said = self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
            raise SiteFailed("\n".join([f"{self.name} ended early. Its log says:", *said]))
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextmanager
def site(name: str, module: str, folder: Path, database_url: str, *arguments: str) -> Iterator[Site]:
    """A site's process with its own folder and database; gone afterwards."""
    folder.mkdir(parents=True)
    log = folder / "log"
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("XIANGLIN_", "DJANGO_"))},
        "XIANGLIN_DATA": str(folder),
        "DATABASE_URL": database_url,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    with log.open("wb") as kept:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=kept,
            env=environment,
            cwd=ROOT,
            text=True,
        )
    assert process.stdin is not None
    try:
        yield Site(name, process, log)
    finally:
        process.stdin.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
