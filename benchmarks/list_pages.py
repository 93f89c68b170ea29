"""Lists at ten thousand and at a million matters, beside a bare Django list and django-helpdesk's, in one run.

    python -m benchmarks.list_pages                        both databases, about six minutes
    python -m benchmarks.list_pages --on sqlite --rounds 61

Every page is asked for through Django's test client (middleware, session, templates), all sites in turn, and the
medians are compared: a page may cost 1.3 times as much at a hundred times the matters.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from benchmarks import machine
from benchmarks.site_process import Site, SiteFailed, site

RESULTS = Path(__file__).resolve().parent / "results"
LIMIT = 1.3
WARM_UPS = 7
JUDGED = ("village page", "in my area", "mine")  # the pages the limit is promised for; the others are shown
SERVER = {"shared_buffers": "256MB", "maintenance_work_mem": "128MB", "max_wal_size": "4GB", "jit": "off"}


def main(argv: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(argv)
    if importlib.util.find_spec("helpdesk") is None:
        print("django-helpdesk, the peer, is not installed: `make bench` brings it.", file=sys.stderr)
        return 2
    begun = time.monotonic()
    result: dict[str, Any] = {"on": dt.date.today().isoformat(), "machine": machine.facts(), "rounds": asked.rounds}
    try:
        result["databases"] = {name: _measure(name, asked) for name in asked.on}
    except SiteFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    result["seconds"] = round(time.monotonic() - begun)
    written = RESULTS / f"list_pages-{result['on']}.json" if asked.out is None else asked.out
    written.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    over = [(name, page) for name, told in result["databases"].items() for page in told["over"]]
    print(f"\n{result['seconds']} s in all; written to {written}")
    print("PASS" if not over else f"OVER {LIMIT}: {over}")
    return 1 if over else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="list_pages", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--on", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--small", type=int, default=10_000)
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=41)
    parser.add_argument("--out", type=Path)
    return parser


def _measure(database: str, asked: argparse.Namespace) -> dict[str, Any]:
    with _sites(database, asked) as sites:
        timed = _take_turns(sites, asked.rounds)
        described = {
            (name, page): one.ask(page, describe=True) for name, one in sites.items() for page in one.told["pages"]
        }
        figures: dict[str, dict[str, Any]] = {name: {} for name in sites}
        for (name, page), times in timed.items():
            about = described[name, page]
            figures[name][page] = _summary(times) | {k: about[k] for k in ("queries", "rows", "sent_bytes")}
        built = {name: {k: v for k, v in one.told.items() if k != "pages"} for name, one in sites.items()}
    ratios = {page: round(figures["large"][page]["ms"] / of["ms"], 2) for page, of in figures["small"].items()}
    over = [page for page, ratio in ratios.items() if ratio > LIMIT and page.startswith(JUDGED)]
    result = {"built": built, "figures": figures, "ratios": ratios, "over": over}
    _print(database, asked, result)
    return result


@contextmanager
def _sites(database: str, asked: argparse.Namespace) -> Iterator[dict[str, Site]]:
    modules = {
        "small": ("ours", asked.small),
        "large": ("ours", asked.large),
        "bare": ("bare", asked.small),
        "helpdesk": ("helpdesk", asked.small),
    }
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xianglin-bench-")))
        addresses = dict.fromkeys(modules, "")
        if database == "postgresql":
            from tools.postgres import cluster

            addresses = _databases(stack.enter_context(cluster(**SERVER)), list(modules))
        sites = {
            name: stack.enter_context(
                site(f"{name} ({module})", f"benchmarks.sites.{module}", folder / name, addresses[name], str(count))
            )
            for name, (module, count) in modules.items()
        }
        for one in sites.values():
            one.wait_until_built()
        yield sites


def _databases(url: str, names: list[str]) -> dict[str, str]:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        for name in names:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return {name: f"{url.rpartition('/')[0]}/{name}" for name in names}


def _take_turns(sites: dict[str, Site], rounds: int) -> dict[tuple[str, str], list[dict[str, float]]]:
    """Each page of each site once a round, small right beside large, so that a busy moment hurts both."""
    turns = sorted(((page, name) for name, one in sites.items() for page in one.told["pages"]), reverse=True)
    timed: dict[tuple[str, str], list[dict[str, float]]] = {(name, page): [] for page, name in turns}
    for nth in range(WARM_UPS + rounds):
        for page, name in turns if nth % 2 else reversed(turns):
            times = sites[name].ask(page)
            if nth >= WARM_UPS:
                timed[name, page].append(times)
    return timed


def _summary(times: list[dict[str, float]]) -> dict[str, float]:
    wall = sorted(one["ms"] for one in times)
    return {
        "ms": round(statistics.median(wall), 2),
        "p95_ms": round(wall[min(len(wall) - 1, round(0.95 * len(wall)))], 2),
        "cpu_ms": round(statistics.median(one["cpu_ms"] for one in times), 2),
    }


def _print(database: str, asked: argparse.Namespace, result: dict[str, Any]) -> None:
    built, figures = result["built"], result["figures"]
    print(f"\n{database}: {built['large']['database']}")
    for name in ("small", "large"):
        told = built[name]
        print(
            f"  {told['matters']:,} matters in {told['villages']:,} villages, built in {told['seconds']} s:",
            told["build"],
        )
    titles = [f"{asked.small:,}", "cpu", f"{asked.large:,}", "cpu", "p95", "ratio", "rows", "queries"]
    print(f"  {'ms per request, medians':<24}" + "".join(f"{title:>11}" for title in titles))
    for page, ratio in result["ratios"].items():
        small, large = figures["small"][page], figures["large"][page]
        cells = [small["ms"], small["cpu_ms"], large["ms"], large["cpu_ms"], large["p95_ms"], f"{ratio:.2f}"]
        cells += [large["rows"], large["queries"]]
        mark = "" if not page.startswith(JUDGED) else "  over" if page in result["over"] else "  pass"
        print(f"  {page:<24}" + "".join(f"{cell:>11}" for cell in cells) + mark)
    for name in ("bare", "helpdesk"):
        one = figures[name]["list"]
        cells = [one["ms"], one["cpu_ms"], "", "", one["p95_ms"], "", one["rows"], one["queries"]]
        label = "bare Django list" if name == "bare" else f"django-helpdesk {built[name]['version']}"
        print(f"  {label:<24}" + "".join(f"{cell:>11}" for cell in cells))


if __name__ == "__main__":
    sys.exit(main())
