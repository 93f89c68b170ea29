"""``xianglin figures`` over a demonstration's folder: real processes, on the story's day whoever asks."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from tests.commons.jobs.installation import ROOT, Installation, empty_installation
from tests.support import prepared

pytestmark = pytest.mark.xdist_group("figures")


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Played on the tests' PostgreSQL where there is one; else a copy of what the journeys walk."""
    folder = tmp_path_factory.mktemp("demonstration")
    with empty_installation(folder) as made:
        made.env.pop("XIANGLIN_DEMO", None)
        if made.env["DATABASE_URL"]:
            prepared.play(made.env)
        else:
            shutil.copytree(prepared.played(prepared.together(tmp_path_factory), made.env), folder, dirs_exist_ok=True)
        yield made


def xianglin(at: Installation, *words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "xianglin.cli", *words]
    ran = subprocess.run(command, check=False, env=at.env, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert "Traceback" not in ran.stdout + ran.stderr, ran.stderr
    return ran.returncode, ran.stdout or ran.stderr


def figures(at: Installation, *words: str) -> dict[str, dict[str, Any]]:
    code, said = xianglin(at, "figures", "--json", *words)
    assert code == 0, said
    return {told["code"]: told for told in map(json.loads, said.splitlines())}


def test_an_object_a_line(demonstration: Installation) -> None:
    everywhere = figures(demonstration)
    told = everywhere["briefing.tasks_settled_in_time"]
    assert {"code", "name", "unit", "area", "value"} <= set(told)
    assert (told["name"], told["unit"], told["area"], told["month"]) == ("按期办好", "件", "", "")
    assert 0 < told["value"] <= told["out_of"]
    assert everywhere["briefing.tasks_due"]["value"] == told["out_of"]


def test_a_place_and_a_month(demonstration: Installation) -> None:
    raised = "briefing.matters_raised"
    whole = figures(demonstration)[raised]["value"]
    villages = ["330523103202", "330523103201", "330523103203"]
    assert sum(figures(demonstration, "--area", code)[raised]["value"] for code in villages) == whole
    months = ["2022-04", "2022-05", "2022-06"]
    by_month = [figures(demonstration, "--area", "330523", "--month", month)[raised] for month in months]
    assert sum(told["value"] for told in by_month) == whole
    assert [told["month"] for told in by_month] == months
    assert figures(demonstration, "--area", "330521") == {}, "nothing is on there"


def test_words_that_make_no_sense(demonstration: Installation) -> None:
    assert xianglin(demonstration, "figures", "--month", "5")[1].startswith("月份要写成 2022-05 这样")
    code, said = xianglin(demonstration, "figures", "--area", "999999")
    assert code == 2 and "没有代码为" in said
    code, said = xianglin(demonstration, "figures")
    assert code == 0 and "briefing.tasks_settled_in_time" in said and "按期办好" in said
