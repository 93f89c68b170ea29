from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.db import IntegrityError, transaction

from xianglin.base import clock
from xianglin.base.action import Entry
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.imports import import_areas, read_list
from xianglin.commons.areas.lists import AreaRow, fingerprint
from xianglin.commons.areas.models import Area, AreaImport

from .conftest import PLACES

pytestmark = pytest.mark.django_db


def taken(rows: list[AreaRow], actor: Actor, **options: Any) -> Any:
    return import_areas(rows, actor=actor, source="test", **options)


class TestFirst:
    def test_every_row_holds_its_six_ancestors_and_itself(self, places: dict[str, Area]) -> None:
        village = places["330523103202"]
        above = [places[code].pk for code in ("33", "3305", "330523", "330523103", "330523103202")]
        assert village.ancestor_ids == (*above, None)
        assert places["33"].ancestor_ids == (places["33"].pk, None, None, None, None, None)

    def test_names_are_normalised_and_the_official_one_is_kept(self, places: dict[str, Area]) -> None:
        village = places["330523103202"]
        assert (village.name, village.official_name) == ("玉华村", "玉华村委会")
        assert (village.initials, village.pinyin) == ("yhc", "yuhuacun")

    def test_one_line_in_the_trail_with_counts_and_hash(self, trail: list[Entry], actor: Actor) -> None:
        taken(PLACES, actor)
        (line,) = trail
        assert (line.action, line.after["created"]) == ("areas.import", str(len(PLACES)))
        assert line.after["sha256"] == fingerprint(reversed(PLACES))

    def test_rows_may_come_in_any_order(self, actor: Actor) -> None:
        assert taken(PLACES[::-1], actor).created == len(PLACES)


class TestAgain:
    def test_nothing_new(self, places: dict[str, Area], actor: Actor) -> None:
        report = taken(PLACES, actor)
        assert (report.created, report.changed, report.unchanged) == (0, 0, len(PLACES))

    def test_a_new_name_is_taken_over(self, places: dict[str, Area], actor: Actor) -> None:
        report = taken([AreaRow("330523103202", "玉华新村村委会", "330523103")], actor)
        village = Area.objects.get(code="330523103202")
        assert (report.changed, village.name, village.initials) == (1, "玉华新村", "yhxc")
        assert village.pk == places["330523103202"].pk

    def test_what_is_missing_is_reported(self, places: dict[str, Area], actor: Actor) -> None:
        report = taken([row for row in PLACES if row.code != "330523103200"], actor, whole=True)
        assert (report.missing, report.closed) == (1, 0)
        assert report.warnings == ("330523103200 鄣吴村 不在这份名单里",)
        assert Area.objects.get(code="330523103200").is_current

    def test_and_closed_when_asked(self, places: dict[str, Area], actor: Actor) -> None:
        rest = [row for row in PLACES if not row.code.startswith("330523")]
        report = taken(rest, actor, whole=True, close_missing=True)
        assert (report.missing, report.closed) == (0, 4)
        assert Area.objects.get(code="330523").valid_to == clock.today()

    def test_but_not_what_still_has_a_grid_of_the_countys_own(self, places: dict[str, Area], actor: Actor) -> None:
        taken([AreaRow("330523103200001", "第一网格", "330523103200")], actor)
        rest = [row for row in PLACES if not row.code.startswith("330523103")]
        report = taken(rest, actor, whole=True, close_missing=True)
        assert (report.missing, report.closed) == (2, 1)
        assert report.warnings == (
            "330523103200 鄣吴村 下面还有区划在用，没有停用",
            "330523103 鄣吴镇 下面还有区划在用，没有停用",
        )

    def test_a_list_of_a_few_closes_nothing(self, places: dict[str, Area], actor: Actor) -> None:
        assert taken(PLACES[:5], actor, close_missing=True).closed == 0

    def test_a_move_is_told_and_not_made(self, places: dict[str, Area], actor: Actor) -> None:
        report = taken([AreaRow("330523103202", "玉华村委会", "330681120")], actor)
        assert "上级变成了 330681120" in report.warnings[0]
        assert Area.objects.get(code="330523103202").parent == places["330523103"]


class TestDoubtful:
    @pytest.mark.parametrize(
        ("row", "created", "sentence"),
        [
            (AreaRow("999", "飞地村", "330523103"), 1, "不以上级代码 330523103 开头"),
            (AreaRow("330523999001", "无主村", "330523999"), 0, "上级代码“330523999”查不到"),
            (AreaRow("44", "", ""), 0, "第 2 行缺代码或名称"),
            (AreaRow("3" * 21, "长村", "330523103"), 0, "过长"),
            (AreaRow("330523103203", "玉华村", "330523103"), 1, "下面有两个玉华村"),
            (AreaRow("330523103", "另一镇", "330523"), 0, "出现两次"),
        ],
    )
    def test_a_bad_row_is_told_and_stops_no_other(
        self, places: dict[str, Area], actor: Actor, row: AreaRow, created: int, sentence: str
    ) -> None:
        report = taken([PLACES[3], row, AreaRow("330523103299", "好村", "330523103")], actor)
        assert report.created == created + 1
        assert report.created + report.unchanged + report.skipped == 3
        assert any(sentence in warning for warning in report.warnings), report.warnings

    def test_a_circle_of_parents(self, places: dict[str, Area], actor: Actor) -> None:
        report = taken([AreaRow("A1", "甲", "A2"), AreaRow("A2", "乙", "A1")], actor)
        assert (report.created, report.skipped) == (0, 2)

    def test_a_county_touches_only_its_own(
        self, places: dict[str, Area], anji: Area, actor: Actor, asked: list[Any]
    ) -> None:
        rows = [
            AreaRow("330523103203", "景坞村", "330523103"),
            AreaRow("330523103203001", "第一网格", "330523103203"),
            AreaRow("330681120238", "外县村", "330681120"),
            AreaRow("330681120237", "改名村", "330681120"),
        ]
        report = taken(rows, actor, within=anji)
        assert (report.created, report.skipped) == (2, 2)
        assert Area.objects.get(code="330681120237").name == "开化村"
        assert asked == [("areas.import", anji)]

    def test_zeros_that_fill_a_code_up_and_parents_that_are_not_said(
        self, places: dict[str, Area], actor: Actor
    ) -> None:
        rows = [AreaRow("330523103203", "景坞村", "330523103000"), AreaRow("330523103204", "上堡村")]
        assert taken(rows, actor).warnings == ()
        assert {area.parent for area in Area.objects.filter(code__in=["330523103203", "330523103204"])} == {
            places["330523103"]
        }


class TestStored:
    def test_a_code_is_there_once_among_those_valid_now(self, places: dict[str, Area]) -> None:
        facts = {"code": "330523", "name": "安吉县", "official_name": "安吉县", "level": 3}
        Area.objects.create(**facts, valid_to=dt.date(2000, 1, 1))
        with pytest.raises(IntegrityError), transaction.atomic():
            Area.objects.create(**facts)

    def test_a_closed_code_may_come_back(self, places: dict[str, Area], actor: Actor) -> None:
        Area.objects.filter(code="330523103202").update(valid_to=clock.today())
        assert taken(PLACES, actor).created == 1

    def test_a_failed_import_leaves_nothing(self, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(AreaImport.objects, "create", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            taken(PLACES, actor)
        assert not Area.objects.exists()


LINES = [
    ["安吉县村社名单"],
    ["行政区划代码", "单位 名称", "上级代码"],
    ["330523103203", "景坞村委会", "330523103"],
]


class TestFiles:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_csv(self, tmp_path: Path, encoding: str) -> None:
        file = tmp_path / "list.csv"
        file.write_text("\n".join(",".join(line) for line in LINES), encoding=encoding)
        assert read_list(file) == [AreaRow("330523103203", "景坞村委会", "330523103")]

    def test_xlsx_with_codes_as_numbers(self, tmp_path: Path) -> None:
        with xlsxwriter.Workbook(tmp_path / "list.xlsx") as book:
            sheet = book.add_worksheet()
            for at, line in enumerate(LINES):
                sheet.write_row(at, 0, [int(cell) if cell.isdigit() else cell for cell in line])
        assert read_list(tmp_path / "list.xlsx") == [AreaRow("330523103203", "景坞村委会", "330523103")]

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"a,b\n1,2\n", "areas.no_columns"),
            (b"", "areas.no_columns"),
            (b"PK\x03\x04 not a workbook", "areas.unreadable"),
            (b"\xff\xfe\x00\xff\xff", "areas.unreadable"),
        ],
    )
    def test_what_cannot_be_read_is_refused(self, tmp_path: Path, content: bytes, code: str) -> None:
        file = tmp_path / "list"
        file.write_bytes(content)
        with pytest.raises(Refused) as refusal:
            read_list(file)
        assert refusal.value.code == code
