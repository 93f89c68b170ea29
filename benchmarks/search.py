"""Searching a million public texts beside LIKE on the same table, in one run, on SQLite and on PostgreSQL.

    python -m benchmarks.search                        both databases
    python -m benchmarks.search --on sqlite --count 100000 --rounds 11

The search page is asked for through Django's test client (middleware, session, templates), each word in turn with
LIKE beside it. The 95th percentile of every page is to be at most 200 ms.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any

from benchmarks.both_databases import parser, places, run, summary
from benchmarks.site_process import Site, site

LIMIT_MS = 200
WARM_UPS = 3
PEER_ROUNDS = 5  # LIKE reads the whole table for a rare word: seconds each
PEER = "LIKE: "


def main(argv: Sequence[str] | None = None) -> int:
    options = parser("search", __doc__)
    options.add_argument("--count", type=int, default=1_000_000)
    asked = options.parse_args(argv)
    return run(asked, "search", partial(_measure, asked=asked), f"{LIMIT_MS} ms")


def _measure(database: str, asked: argparse.Namespace) -> dict[str, Any]:
    with ExitStack() as stack:
        folder, address = stack.enter_context(places(database, ["site"]))["site"]
        module = "benchmarks.sites.searched"
        one = stack.enter_context(site("searched", module, folder, address, str(asked.count)))
        one.wait_until_built()
        figures = {page: _figures(times) for page, times in _take_turns(one, asked.rounds).items()}
    built = {key: value for key, value in one.told.items() if key != "pages"}
    ours = [page for page in figures if not page.startswith(PEER)]
    over = [page for page in ours if figures[page]["p95_ms"] > LIMIT_MS]
    ratios = {
        page: round(figures[PEER + page]["ms"] / figures[page]["ms"], 1) for page in ours if PEER + page in figures
    }
    result = {"built": built, "figures": figures, "like_to_ours": ratios, "over": over}
    _print(database, result, ours)
    return result


def _figures(times: list[dict[str, float]]) -> dict[str, float]:
    """With the 95th percentile of CPU: on a machine that others use too, wall time tells of them as well."""
    cpu = sorted(one["cpu_ms"] for one in times)
    return summary(times) | {"cpu_p95_ms": round(cpu[min(len(cpu) - 1, round(0.95 * len(cpu)))], 2)}


def _take_turns(one: Site, rounds: int) -> dict[str, list[dict[str, float]]]:
    """Every page once a round, LIKE right beside ours, so that a busy moment hurts both."""
    pages = sorted(one.told["pages"], key=lambda page: page.removeprefix(PEER))
    timed: dict[str, list[dict[str, float]]] = {page: [] for page in pages}
    for nth in range(WARM_UPS + rounds):
        for page in pages:
            if page.startswith(PEER) and not WARM_UPS <= nth < WARM_UPS + PEER_ROUNDS:
                continue
            times = one.ask(page)
            if nth >= WARM_UPS:
                timed[page].append(times)
    return timed


def _print(database: str, result: dict[str, Any], ours: list[str]) -> None:
    built, figures = result["built"], result["figures"]
    print(f"\n{database}: {built['database']}")
    print(f"  {built['documents']:,} documents, built in {built['seconds']} s:", built["build"], built["sizes_mb"])
    print("  hits:", built["hits"])
    titles = ["ms", "p95", "cpu", "cpu p95", "LIKE ms", "ratio"]
    print(f"  {'the page, medians':<32}" + "".join(f"{title:>10}" for title in titles))
    for page in ours:
        one, peer = figures[page], figures.get(PEER + page)
        cells = [
            one["ms"],
            one["p95_ms"],
            one["cpu_ms"],
            one["cpu_p95_ms"],
            *([peer["ms"], result["like_to_ours"][page]] if peer else ["", ""]),
        ]
        mark = "  over" if page in result["over"] else "  pass"
        print(f"  {page:<32}" + "".join(f"{cell:>10}" for cell in cells) + mark)


if __name__ == "__main__":
    sys.exit(main())
