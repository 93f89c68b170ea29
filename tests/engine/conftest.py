"""Nothing here needs Django or a database."""

import csv
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from xianglin.engine.workdays import Calendar

ROOT = Path(__file__).resolve().parents[2]
CHINA = ROOT / "src/xianglin/commons/deadlines/calendar/china.csv"


# A busy machine must not fail a law: time is measured by benchmarks.
settings.register_profile("xianglin", deadline=None)
settings.load_profile("xianglin")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "outside: reads real data that is not part of the project")


@pytest.fixture(scope="session")
def china_rows() -> list[dict[str, str]]:
    with CHINA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def china(china_rows: list[dict[str, str]]) -> Calendar:
    def days(kind: str) -> Iterator[date]:
        return (date.fromisoformat(row["date"]) for row in china_rows if row["kind"] == kind)

    return Calendar("test", frozenset(range(2016, 2027)), frozenset(days("holiday")), frozenset(days("makeup")))


@pytest.fixture(scope="session")
def labelled() -> list[str]:
    """Real messages of citizens (`messages/labelled.csv`), for seeing what the scanner makes of them."""
    outside = Path(os.environ.get("XIANGLIN_OUTSIDE", ROOT / "../shared/data"))
    if not (file := outside / "messages/labelled.csv").is_file():
        pytest.skip(f"no outside data at {file}: set XIANGLIN_OUTSIDE")
    with file.open(encoding="utf-8", newline="") as rows:
        return [row["text"] for row in csv.DictReader(rows)]
