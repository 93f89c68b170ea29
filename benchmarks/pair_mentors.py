"""A county's round of mentors: 563 with one to three places, each to have at least one of 788 young cadres.

    python -m benchmarks.pair_mentors [--rounds 5]

The greatest total, with an explanation for everybody, beside SciPy's assignment solver on a table in which every place
is a column (the first of each mentor so dear that leasts come first, as we promise them). The stable choice beside the
package `matching` (without leasts, which it does not know). The same for 1,000 × 1,000. Each runs in a process of
its own, in turn; importing its solver is counted apart; made-up scores of four named parts.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from benchmarks import machine
from xianglin.engine import pairing

LIMIT_SECONDS = 5
ROOT = Path(__file__).resolve().parents[1]
SIZES = {"county": (788, 563, 3), "thousand": (1000, 1000, 1)}  # young cadres, mentors, most places
ABILITIES = 8
KEPT = 10**8  # above any total: what the first place of a mentor is worth to SciPy
ONCE = ("stable, matching",)  # it takes minutes


def round_of(size: str) -> dict[str, Any]:
    """Young cadres by mentors: score (hundredths, as integers), what mentors prefer by, places."""
    cadres, mentors, most = SIZES[size]
    draw = np.random.default_rng(20261128)
    gaps = draw.integers(0, 4, (cadres, ABILITIES)) * (draw.random((cadres, ABILITIES)) < 0.4)
    able = draw.integers(0, 4, (mentors, ABILITIES))
    at, home = draw.random((cadres, 1, 2)) * 40, draw.random((1, mentors, 2)) * 40
    km = np.sqrt(((at - home) ** 2).sum(axis=2))
    need = np.minimum(gaps[:, None], able[None]).sum(axis=2) / np.maximum(gaps.sum(axis=1), 1)[:, None]
    post = draw.integers(0, 6, (cadres, 1)) == draw.integers(0, 6, (1, mentors))
    wish = draw.random((cadres, mentors)) < 0.01
    parts = {"need": 50 * need, "same post": 20 * post, "near": 20 * np.clip(1 - km / 40, 0, 1), "wish": 10 * wish}
    score = np.rint(sum(parts.values()) * 100).astype(np.int64)
    priority = np.rint((parts["same post"] + 2 * parts["near"] + parts["wish"]) * 100)
    return {"score": score, "priority": priority, "places": draw.integers(1, most + 1, mentors)}


def problem_of(given: dict[str, Any], least: int) -> pairing.Problem:
    cadres, mentors = given["score"].shape
    return pairing.Problem(
        pairing.Side(np.ones(cadres, np.int64)),
        pairing.Side(given["places"], np.full(mentors, least)),
        np.repeat(np.arange(cadres), mentors),
        np.tile(np.arange(mentors), cadres),
        given["score"].ravel() / 100,
        given["priority"].ravel(),
    )


def ours(size: str, objective: pairing.Objective, least: int) -> dict[str, Any]:
    given = round_of(size)
    imports = time.perf_counter()
    from ortools.graph.python import max_flow, min_cost_flow  # noqa: F401 - so that it is not counted below

    began = time.perf_counter()
    problem = problem_of(given, least)
    solution = pairing.solve(problem, objective)
    solved = time.perf_counter()
    why = sum(len(one.better) for one in pairing.explanations(problem, solution))
    return {
        "import_seconds": began - imports,
        "seconds": solved - began,
        "explained_seconds": time.perf_counter() - began,
        "explained": why,
        "total": round(solution.total_score, 2),
        "pairs": solution.pairs,
        "blocking_pairs": solution.blocking_pairs,
        "shortfalls": len(solution.shortfalls),
        "certified_gap": solution.certified_gap,
        "chosen": sha256(solution.chosen.tobytes()).hexdigest(),
    }


def scipy(size: str) -> dict[str, Any]:
    given = round_of(size)
    imports = time.perf_counter()
    from scipy.optimize import linear_sum_assignment

    began = time.perf_counter()
    places = given["places"]
    columns = np.repeat(np.arange(len(places)), places)
    table = given["score"][:, columns]
    table[:, np.cumsum(places) - places] += KEPT
    rows, taken = linear_sum_assignment(table, maximize=True)
    seconds = time.perf_counter() - began
    mentors = columns[taken]
    total = given["score"][rows, mentors].sum() / 100
    short = len(places) - len(np.unique(mentors))
    return {
        "import_seconds": began - imports,
        "seconds": seconds,
        "total": round(float(total), 2),
        "pairs": len(rows),
        "shortfalls": short,
    }


def matching(size: str) -> dict[str, Any]:
    """Its wishes are lists without ties: ours are told apart by position, so both look for the same choice."""
    given = round_of(size)
    imports = time.perf_counter()
    from matching.games import HospitalResident

    began = time.perf_counter()
    sys.setrecursionlimit(10**7)  # it copies its players, who know each other
    cadres, mentors = given["score"].shape
    wishes = {c: (np.argsort(-given["score"][c], kind="stable") + cadres).tolist() for c in range(cadres)}
    theirs = {cadres + m: np.argsort(-given["priority"][:, m], kind="stable").tolist() for m in range(mentors)}
    places = {cadres + m: int(count) for m, count in enumerate(given["places"])}
    found = HospitalResident.create_from_dictionaries(wishes, theirs, places).solve()
    seconds = time.perf_counter() - began
    pairs = [(cadre.name, mentor.name - cadres) for mentor, has in found.items() for cadre in has]
    total = sum(int(given["score"][pair]) for pair in pairs) / 100
    return {
        "import_seconds": began - imports,
        "seconds": seconds,
        "total": round(total, 2),
        "pairs": len(pairs),
    }


RUNS: dict[str, Callable[[str], dict[str, Any]]] = {
    "total": lambda size: ours(size, "total", 1),
    "total, SciPy": scipy,
    "stable": lambda size: ours(size, "stable", 0),
    "stable, matching": matching,
    "stable with leasts": lambda size: ours(size, "stable", 1),
}


def main(argv: Sequence[str] | None = None) -> int:
    options = argparse.ArgumentParser(prog="pair_mentors", description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--one", nargs=2, metavar=("RUN", "SIZE"), help="one run, in this process")
    asked = options.parse_args(argv)
    if asked.one:
        told = RUNS[asked.one[0]](asked.one[1])
        print(json.dumps(told | {"peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}))
        return 0
    facts = machine.facts()
    found = {size: _in_turn(size, asked.rounds) for size in SIZES}
    path = ROOT / "benchmarks" / "results" / f"pair_mentors-{date.today()}.json"
    path.write_text(json.dumps({"machine": facts, **found}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return max([_print(size, runs) for size, runs in found.items()])


def _in_turn(size: str, rounds: int) -> dict[str, dict[str, Any]]:
    took: dict[str, list[dict[str, Any]]] = {name: [] for name in RUNS}
    for again in range(rounds):
        for name, runs in took.items():
            if not again or name not in ONCE:
                runs.append(_apart(name, size))
    return {name: _middle(runs) for name, runs in took.items()}


def _apart(name: str, size: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.pair_mentors", "--one", name, size]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _middle(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """The median of what is measured; what was found must be the same each time."""
    measured = [key for key in runs[0] if key.endswith("seconds") or key == "peak_rss_mb"]
    same = [{key: value for key, value in run.items() if key not in measured} for run in runs]
    assert all(one == same[0] for one in same), same
    same[0].pop("chosen", None)
    return {key: round(median(run[key] for run in runs), 3) for key in measured} | same[0]


def _print(size: str, runs: dict[str, dict[str, Any]]) -> int:
    cadres, mentors, most = SIZES[size]
    print(f"\n{mentors} mentors with at most {most}, {cadres} young cadres")
    for name, run in runs.items():
        more = f", explained {run['explained_seconds']:.2f} s" if "explained_seconds" in run else ""
        took = f"{run['seconds']:6.2f} s (and {run['import_seconds']:.2f} to import){more}"
        print(f"  {name:18} {took}, {run['peak_rss_mb']} MB, total {run['total']}")
    for name, peer in (("total", "total, SciPy"), ("stable", "stable, matching")):
        ratio = runs[name]["seconds"] / runs[peer]["seconds"]
        equal = runs[name]["total"] == runs[peer]["total"]
        print(f"  {name}: {ratio:.2f} times the peer's time; totals {'equal' if equal else 'DIFFER'}")
        if not equal:
            return 1
    slowest = max(runs["total"]["explained_seconds"], runs["stable with leasts"]["explained_seconds"])
    print(f"  {'PASS' if slowest <= LIMIT_SECONDS else f'OVER {LIMIT_SECONDS} s'}")
    return 0 if slowest <= LIMIT_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
