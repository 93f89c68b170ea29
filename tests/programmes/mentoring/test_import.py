"""The organisation department's sheets, with what is wrong in them beside each row."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.programmes.mentoring.conftest import MENTOR_PHONE, Town
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange import staging
from xianglin.commons.exchange.models import Batch, StagedRow
from xianglin.commons.exchange.tables import table_named
from xianglin.programmes.mentoring.levels.models import Standing
from xianglin.programmes.mentoring.registers import queries
from xianglin.programmes.mentoring.registers.models import Mentor, YoungCadre

Load = Callable[..., tuple[Batch, dict[int, str]]]
MENTORS = ["序号", "姓名", "性别", "出生年月", "单位及职务", "联系电话", "工作年限", "擅长领域", "帮带名额", "可用时间"]
CADRES = ["姓名", "性别", "出生年月", "现任职务", "任现职时间", "手机号码", "所在村", "能力现状与目标", "意愿"]


@pytest.fixture
def load(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Hand a workbook in as the officer; the batch, and for each row that stayed out, why."""
    monkeypatch.setattr(staging, "PAUSE_SECONDS", 0)

    def run(table: str, *rows: list[Any], area: Area | None = None, actor: Any = None) -> tuple[Batch, dict[int, str]]:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path := tmp_path / "名册.xlsx")
        batch = staging.stage_file(path, table_named(table), area or town.place, actor or town.officer)
        staging.apply_batch(batch, actor or town.officer)
        batch.refresh_from_db()
        left = batch.rows.filter(state__in=(StagedRow.State.BAD, StagedRow.State.REJECTED))
        return batch, {row.number: json.dumps(row.errors, ensure_ascii=False) for row in left}

    return run


def test_mentors_as_a_town_writes_them(town: Town, load: Load) -> None:
    batch, left = load(
        "mentors",
        MENTORS,
        [1, "方根土", "男", "1958.03", "玉华村原党总支书记", 13900000101.0, "38年", "群众工作、矛盾调解", 2, "周末"],
        [2, "钱美珍", "女", "1960年5月", "鄣吴镇人大原副主席", "139-0000-0102", 32.0, "文字材料", "1-3人", "农闲"],
    )
    assert (batch.created, left) == (2, {})
    first, second = Mentor.objects.filter(account__display_name__in=("方根土", "钱美珍")).order_by("pk")
    assert (first.town_id, first.years, first.least, first.most, first.free_when) == (town.place.pk, 38, 1, 2, "周末")
    assert [one.ability.name for one in queries.taught(first)] == ["服务群众", "矛盾调解"]
    assert [one.post for one in queries.held_posts(first)] == ["玉华村原党总支书记"]
    assert (second.years, second.least, second.most) == (32, 1, 3)


def test_what_is_wrong_stands_beside_its_row_and_takes_no_other_with_it(town: Town, load: Load) -> None:
    batch, left = load(
        "mentors",
        MENTORS,
        [1, "方根土", "男", "", "", "13900000101", "", "", "", ""],
        [2, "方根土", "男", "", "", "13900000101", "", "", "", ""],  # twice
        [3, "", "男", "", "", "13900000103", "", "", "", ""],
        [4, "陆小芬", "女", "", "", "", "", "", "", ""],
        [5, "陆小芬", "女", "", "", "1390000010", "", "", "", ""],
        [6, "沈建荣", "男", "", "", "13900000106", "", "弹钢琴", "", ""],
        [7, "俞志明", "男", "", "", "13900000107", "好多年", "", "", ""],
        [8, "章水根", "男", "", "", "13900000108", "", "", "3-1", ""],
        [9, "李四", "男", "", "", "13800000001", "", "", "", ""],  # a villager of another name has this telephone
        [10, "王根水", "男", "", "", MENTOR_PHONE, "", "", "", ""],  # taken in by hand before
    )
    assert batch.created == 1
    codes = {
        4: "exchange.required",
        5: "exchange.required",
        6: "mentoring.phone",
        7: "mentoring.unknown_ability",
        8: "mentoring.count",
        9: "mentoring.capacity",
        10: "mentoring.another_name",
        11: "mentoring.already_listed",
    }
    assert {number for number in left if number != 3} == set(codes)
    assert all(code in left[number] for number, code in codes.items()), left
    assert "弹钢琴" in left[7] and "矛盾调解" in left[7]  # which are in the list
    assert Mentor.objects.count() == 2


def test_young_cadres_with_levels_as_they_are_written(town: Town, load: Load) -> None:
    batch, left = load(
        "young_cadres",
        CADRES,
        [
            "方小满",
            "女",
            "1996-08",
            "村文书",
            "2021.06",
            "13900000201",
            "玉华村",
            "文字综合2→4；群众工作3→5",
            "想学写材料",
        ],
        ["钱一诺", "男", "199503", "镇团委书记", "2022年3月", 13900000202.0, "", "文字综合：2-4、矛盾调解 1到3", ""],
        ["陆之远", "男", "", "鄣吴村党总支委员", "", "13900000203", "", "廉洁自律(3->4)\n政策法规2.0→3.0", ""],
        ["沈知夏", "女", "", "村报账员", "", "13900000204", "玉华村委会", "", ""],
    )
    assert (batch.created, left) == (4, {})
    rows = {row.account.display_name: row for row in YoungCadre.objects.select_related("account", "area")}
    first, second, third = rows["方小满"], rows["钱一诺"], rows["陆之远"]
    assert (first.area.name, str(first.since), first.birth_year) == ("玉华村", "2021-06-01", 1996)
    assert (second.area.name, third.area.name, rows["沈知夏"].area.name) == ("鄣吴镇", "鄣吴村", "玉华村")

    def levels(row: YoungCadre) -> set[tuple[str, int, int]]:
        return set(Standing.objects.filter(cadre=row).values_list("ability__name", "current", "wanted"))

    assert levels(first) == {("文字综合", 2, 4), ("服务群众", 3, 5)}
    assert levels(second) == {("文字综合", 2, 4), ("矛盾调解", 1, 3)}
    assert levels(third) == {("廉洁自律", 3, 4), ("政策法规", 2, 3)}


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        ("文字综合4→2", "mentoring.downwards"),
        ("文字综合2→6", "mentoring.level"),
        ("文字综合0→3", "mentoring.level"),
        ("文字综合2.5→4", "mentoring.level"),
        ("文字综合较好", "mentoring.levels_unread"),
        ("2→4", "mentoring.levels_unread"),
        ("写诗2→4", "mentoring.unknown_ability"),
        ("文字综合2→4；写材料3→4", "mentoring.ability_said_twice"),
    ],
)
def test_levels_that_cannot_be_meant(town: Town, load: Load, levels: str, code: str) -> None:
    batch, left = load("young_cadres", CADRES, ["方小满", "", "", "村文书", "", "13900000201", "玉华村", levels, ""])
    assert batch.created == 0 and code in left[2], left
    assert not YoungCadre.objects.filter(account__display_name="方小满").exists()


def test_a_place_that_nobody_knows_and_a_post_that_is_missing(town: Town, load: Load) -> None:
    _batch, left = load(
        "young_cadres",
        CADRES,
        ["方小满", "", "", "村文书", "", "13900000201", "不存在村", "", ""],
        ["钱一诺", "", "", "", "", "13900000202", "玉华村", "", ""],
        ["陆之远", "", "95年", "村文书", "上个月", "13900000203", "玉华村", "", ""],
    )
    assert "areas.unknown" in left[2] and "exchange.required" in left[3]
    assert "mentoring.birth" in left[4] and "mentoring.month" in left[4]


def test_the_same_sheet_again_changes_nothing(town: Town, load: Load) -> None:
    sheet = (CADRES, ["方小满", "女", "", "村文书", "", "13900000201", "玉华村", "文字综合2→4", ""])
    load("young_cadres", *sheet)
    batch, left = load("young_cadres", *sheet)
    assert (batch.created, batch.unchanged, left) == (0, 1, {})
    assert Standing.objects.filter(cadre__account__display_name="方小满").count() == 1


def test_a_countys_sheet_says_which_town(town: Town, load: Load) -> None:
    county = town.here.cast.places.county
    batch, left = load(
        "mentors",
        ["姓名", "乡镇", "现任职务", "手机"],
        ["方根土", "鄣吴镇", "", "13900000101"],
        ["钱美珍", "", "梅溪镇原副镇长", "13900000102"],
        ["陆小芬", "", "县委党校老师", "13900000103"],
        area=county,
        actor=town.county,
    )
    assert batch.created == 2 and "mentoring.no_place" in left[4]
    assert {m.area.name for m in Mentor.objects.select_related("area")} == {"鄣吴镇", "梅溪镇"}


@pytest.mark.parametrize("who", ["beside", "outsider", "mentors_self"])
def test_nobody_imports_for_another_place(town: Town, load: Load, who: str) -> None:
    with pytest.raises(Forbidden):
        load("mentors", MENTORS, [1, "方根土", "", "", "", "13900000101", "", "", "", ""], actor=getattr(town, who))


def test_a_sheet_without_telephones_is_refused_whole(town: Town, load: Load) -> None:
    with pytest.raises(Refused) as refused:
        load("mentors", ["姓名", "擅长领域"], ["方根土", "矛盾调解"])
    assert refused.value.code == "exchange.missing_columns"
