"""What benchmarks of pages share: their options, both databases in turn, the result written down, the verdict."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.site_process import SiteFailed

RESULTS = Path(__file__).resolve().parent / "results"
SERVER = {"shared_buffers": "256MB", "maintenance_work_mem": "128MB", "max_wal_size": "4GB", "jit": "off"}


def parser(prog: str, doc: str | None) -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(prog=prog, description=doc.splitlines()[0] if doc else None)
    options.add_argument("--on", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    options.add_argument("--rounds", type=int, default=41)
    options.add_argument("--note", default="", help="what else ran on the machine")
    options.add_argument("--out", type=Path)
    return options


def run(asked: argparse.Namespace, name: str, measure: Callable[[str], dict[str, Any]], limit: str) -> int:
    """Measure on each database, write it all down, and say what is over the limit."""
    begun = time.monotonic()
    result: dict[str, Any] = {"on": dt.date.today().isoformat(), "machine": machine.facts(), "rounds": asked.rounds}
    result["note"] = asked.note
    try:
        result["databases"] = {database: measure(database) for database in asked.on}
    except SiteFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    result["seconds"] = round(time.monotonic() - begun)
    written = RESULTS / f"{name}-{result['on']}.json" if asked.out is None else asked.out
    written.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    over = [(database, page) for database, told in result["databases"].items() for page in told["over"]]
    print(f"\n{result['seconds']} s in all; written to {written}")
    print("PASS" if not over else f"OVER {limit}: {over}")
    return 1 if over else 0


@contextmanager
def places(database: str, names: Sequence[str]) -> Iterator[dict[str, tuple[Path, str]]]:
    """A folder and a database's address for each site; no address: SQLite in the folder."""
    with tempfile.TemporaryDirectory(prefix="xianglin-bench-") as folder:
        if database == "sqlite":
            yield {name: (Path(folder) / name, "") for name in names}
            return
        from tools.postgres import cluster

        with cluster(**SERVER) as url:
            yield {name: (Path(folder) / name, address) for name, address in _databases(url, names).items()}


def _databases(url: str, names: Sequence[str]) -> dict[str, str]:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for name in names:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return {name: f"{url.rpartition('/')[0]}/{name}" for name in names}


def summary(times: list[dict[str, float]]) -> dict[str, float]:
    wall = sorted(one["ms"] for one in times)
    return {
        "ms": round(statistics.median(wall), 2),
        "p95_ms": round(wall[min(len(wall) - 1, round(0.95 * len(wall)))], 2),
        "cpu_ms": round(statistics.median(one["cpu_ms"] for one in times), 2),
    }
