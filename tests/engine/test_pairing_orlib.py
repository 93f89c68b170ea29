"""Assignments whose optimum is published: J. E. Beasley's OR-Library."""

import os
from pathlib import Path

import numpy as np
import pytest

from tests.engine.conftest import ROOT
from xianglin.engine.pairing import Problem, Side, solve

pytestmark = pytest.mark.outside


@pytest.fixture(scope="module")
def library() -> Path:
    outside = Path(os.environ.get("XIANGLIN_OUTSIDE", ROOT / "../shared/data"))
    if not (folder := outside / "orlib/assign").is_dir():
        pytest.skip(f"no outside data at {folder}: set XIANGLIN_OUTSIDE")
    return folder


@pytest.mark.parametrize("name", ["assign500", "assign600", "assign700"])
def test_the_published_optimum(library: Path, name: str) -> None:
    optima = dict(line.split() for line in (library / "assignopt.txt").read_text().splitlines()[1:] if line.strip())
    size, *costs = map(int, (library / f"{name}.txt").read_text().split())
    sides = Side(np.ones(size, np.int64)), Side(np.ones(size, np.int64))
    ends = np.repeat(np.arange(size), size), np.tile(np.arange(size), size)
    solution = solve(Problem(*sides, *ends, -np.array(costs, np.float64)))
    assert -solution.total_score == int(optima[name])
    assert (solution.pairs, solution.certified_gap) == (size, 0)
