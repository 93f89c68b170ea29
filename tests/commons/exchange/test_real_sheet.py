"""4,326 real messages with the headers that their office gave them."""

import os
import time
from pathlib import Path

import pytest

from tests.commons.exchange.conftest import CLERK, WORDS, made
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange import staging

ROOT = Path(__file__).resolve().parents[3]
LIMIT_SECONDS = 20


@pytest.mark.outside
@pytest.mark.django_db
def test_a_dry_run_of_4326_messages(village: Area, capsys: pytest.CaptureFixture[str]) -> None:
    outside = Path(os.environ.get("XIANGLIN_OUTSIDE", ROOT / "../shared/data"))
    if not (path := outside / "messages/hot-issues-4326.xlsx").is_file():
        pytest.skip(f"no outside data at {path}: set XIANGLIN_OUTSIDE")
    began = time.perf_counter()
    batch = staging.stage_file(path, WORDS, village, CLERK)
    dry = time.perf_counter() - began
    counts = staging.apply_batch(batch, CLERK)
    again = staging.stage_file(path, WORDS, village, CLERK)
    with capsys.disabled():
        print(f"\n4,326 rows: dry run {dry:.1f} s ({batch.ok} ok, {batch.bad} bad); applied {counts}")
    assert (batch.ok, batch.bad) == (4326, 0)
    assert batch.mapping == {"留言编号": "number", "留言用户": "who", "留言时间": "at", "留言详情": "words"}
    assert counts.created == len(made()) == 4326
    assert (again.ok, again.unchanged) == (0, 4326)
    assert dry <= LIMIT_SECONDS
