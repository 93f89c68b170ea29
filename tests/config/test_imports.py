"""`xianglin import opinions`, and by what an opinion is known again."""

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.support.cast import Cast, build_cast
from xianglin import cli
from xianglin.base import clock
from xianglin.commons.exchange.models import Batch
from xianglin.kernels.matters.models import Matter

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 3, 10, 9, tzinfo=clock.SHANGHAI)
VILLAGE, BESIDE = "330523103202", "330523103200"
Import = Callable[..., dict[str, int]]


@pytest.fixture
def cast(settings: Any) -> Iterator[Cast]:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with clock.living_at(MORNING):
        yield build_cast()


@pytest.fixture
def load(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Import:
    """Import rows under these headers into a village; what the command says, without its seconds."""

    def run(headers: list[str], *rows: list[Any], code: str = VILLAGE) -> dict[str, int]:
        book = openpyxl.Workbook()
        for row in (headers, *rows):
            book.active.append(row)
        book.save(path := tmp_path / "意见.xlsx")
        assert cli.main(["import", "opinions", str(path), "--area", code, "--json"]) == 0
        told = json.loads(capsys.readouterr().out.splitlines()[-1])
        return {key: told[key] for key in ("created", "unchanged", "rejected")}

    return run


def counts(created: int, unchanged: int = 0, rejected: int = 0) -> dict[str, int]:
    return {"created": created, "unchanged": unchanged, "rejected": rejected}


def words() -> list[str | None]:
    return [matter.words.open() for matter in Matter.objects.order_by("pk")]


def original_numbers() -> list[str]:
    """As the sheet of receipts shows them."""
    return [matter.external.partition(":")[2] for matter in Matter.objects.order_by("pk")]


@pytest.mark.parametrize("header", ["序号", "id"])
def test_places_in_two_lists_are_not_the_same_opinion(load: Import, header: str) -> None:
    march = [[1, "桥头灯不亮"], [2, "水压小"]]
    assert load([header, "反映内容"], *march) == counts(2)
    assert load([header, "反映内容"], [1, "化粪池满了，臭"], [2, "水压小"], [3, "猪跑出来"], code=BESIDE) == counts(3)
    assert load([header, "反映内容"], [1, "路上有坑"], [2, "水压小"]) == counts(1, unchanged=1)
    assert load([header, "反映内容"], *march) == counts(0, unchanged=2), "the same sheet again"
    assert original_numbers() == ["1", "2", "1", "2", "3", "1"]


def test_the_same_words_twice_in_one_list_are_two_peoples(load: Import) -> None:
    twice = [[1, "路灯不亮"], [2, "路灯不亮"]]
    assert load(["序号", "内容"], *twice) == counts(2)
    assert load(["序号", "内容"], *twice) == counts(0, unchanged=2)


def test_a_sheet_without_any_number_comes_in_once(load: Import) -> None:
    rows = [["桥头灯不亮", "徐"], ["桥头灯不亮", "李"]]
    assert load(["内容", "姓名"], *rows) == counts(2)
    assert load(["内容", "姓名"], *rows) == counts(0, unchanged=2)
    assert original_numbers() == ["", ""]


@pytest.mark.parametrize("header", ["留言编号", "工单编号", "工单号", "信件编号", "编号"])
def test_a_systems_number_is_one_things_in_the_whole_county(load: Import, header: str) -> None:
    assert load([header, "序号", "内容"], [188006, 1, "桥头灯不亮"], [188007, 2, "水压小"]) == counts(2)
    assert load([header, "序号", "内容"], [188007, 1, " 水压小 "], code=BESIDE) == counts(0, unchanged=1)
    assert load([header, "内容"], [188006, "桥头灯修了又坏"], [188008, "猪跑出来"]) == counts(1, rejected=1)
    bad = Batch.objects.latest("pk").rows.get(state="bad")
    [[column, sentence, code]] = bad.errors
    assert (column, code) == ("number", "exchange.changed")
    assert sentence.startswith("这个编号以前导过，内容不一样")
    assert words() == ["桥头灯不亮", "水压小", "猪跑出来"]
    assert original_numbers() == ["188006", "188007", "188008"]


def test_a_list_that_calls_its_places_numbers_can_be_told_so(load: Import, cast: Cast, tmp_path: Path) -> None:
    load(["编号", "内容"], [1, "桥头灯不亮"])
    assert load(["编号", "内容"], [1, "水压小"], code=BESIDE) == counts(0, rejected=1)
    path = str(tmp_path / "意见.xlsx")
    assert cli.main(["import", "opinions", path, "--area", BESIDE, "--map", "编号=序号"]) == 0
    assert words() == ["桥头灯不亮", "水压小"]
    assert load(["编号", "内容"], [1, "水压小"], code=BESIDE) == counts(0, unchanged=1), "and is remembered"


def test_the_longest_number_of_a_place_fits(load: Import) -> None:
    assert load(["序号", "内容"], ["9" * 40, "桥头灯不亮"], ["9" * 41, "水压小"]) == counts(1, rejected=1)
    assert len(Matter.objects.get().external) <= Matter._meta.get_field("external").max_length


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["import", "opinions", "{}/没有.xlsx", "--area", VILLAGE], "import.no_file"),
        (["import", "opinions", "{}", "--area", VILLAGE], "import.no_file"),
        (["import", "opinions", "{}/没有.xlsx", "--area", "0000"], "areas.unknown"),
    ],
)
def test_a_file_that_is_none_is_told_in_a_sentence(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str], code: str
) -> None:
    assert cli.main([part.format(tmp_path) for part in command]) == 2
    said = capsys.readouterr()
    assert (said.out, f"（{code}）" in said.err) == ("", True)


def test_a_file_that_may_not_be_read_is_told_too(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (path := tmp_path / "意见.csv").write_text("内容\n灯\n", encoding="utf-8")
    monkeypatch.setattr("os.access", lambda *_asked: False)
    assert cli.main(["import", "opinions", str(path), "--area", VILLAGE]) == 2
    assert "import.not_readable" in capsys.readouterr().err
