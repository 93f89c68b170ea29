"""Lists at ten thousand and at a million matters, beside a bare Django list and django-helpdesk's, in one run.

    python -m benchmarks.list_pages                        both databases, about six minutes
    python -m benchmarks.list_pages --on sqlite --rounds 61

Every page is asked for through Django's test client (middleware, session, templates), all sites in turn, and the
medians are compared: a page may cost 1.3 times as much at a hundred times the matters.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from benchmarks.both_databases import parser, places, run, summary
from benchmarks.site_process import Site, site

LIMIT = 1.3
WARM_UPS = 7
JUDGED = ("village page", "in my area", "mine")  # the pages the limit is promised for; the others are shown


def main(argv: Sequence[str] | None = None) -> int:
    options = parser("list_pages", __doc__)
    options.add_argument("--small", type=int, default=10_000)
    options.add_argument("--large", type=int, default=1_000_000)
    asked = options.parse_args(argv)
    if importlib.util.find_spec("helpdesk") is None:
        print("django-helpdesk, the peer, is not installed: `make bench` brings it.", file=sys.stderr)
        return 2
    return run(asked, "list_pages", partial(_measure, asked=asked), str(LIMIT))


def _measure(database: str, asked: argparse.Namespace) -> dict[str, Any]:
    with _sites(database, asked) as sites:
        timed = _take_turns(sites, asked.rounds)
        described = {
            (name, page): one.ask(page, describe=True) for name, one in sites.items() for page in one.told["pages"]
        }
        figures: dict[str, dict[str, Any]] = {name: {} for name in sites}
        for (name, page), times in timed.items():
            about = described[name, page]
            figures[name][page] = summary(times) | {k: about[k] for k in ("queries", "rows", "sent_bytes")}
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
        where = stack.enter_context(places(database, list(modules)))
        sites = {
            name: stack.enter_context(
                site(f"{name} ({module})", f"benchmarks.sites.{module}", *where[name], str(count))
            )
            for name, (module, count) in modules.items()
        }
        for one in sites.values():
            one.wait_until_built()
        yield sites


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
