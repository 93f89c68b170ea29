from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from xianglin.base.refused import Refused
from xianglin.commons.areas import queries
from xianglin.commons.areas.models import Area

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("places")]

ZHUJI = "浙江省 绍兴市 诸暨市 陈宅镇 开化村"
WUCHENG = "浙江省 金华市 婺城区 蒋堂镇 开化村"
ANJI = ["浙江省 湖州市 安吉县" + below for below in ("", " 鄣吴镇", " 鄣吴镇 鄣吴村", " 鄣吴镇 玉华村")]
KAIHUA = "浙江省 衢州市 开化县"
YUHUA = "浙江省 湖州市 安吉县 鄣吴镇 玉华村"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("330523103202", [YUHUA]),
        ("33052310320", ["浙江省 湖州市 安吉县 鄣吴镇 鄣吴村", YUHUA]),
        ("330523000000", ["浙江省 湖州市 安吉县"]),
        ("玉华村", [YUHUA]),
        ("玉华村村民委员会", [YUHUA]),
        ("玉", [YUHUA]),
        ("华", ["浙江省 金华市", YUHUA]),
        ("yhc", [YUHUA]),
        ("YuHua", [YUHUA]),
        ("开化村", [ZHUJI, WUCHENG]),
        ("开化", [KAIHUA, ZHUJI, WUCHENG]),
        ("khc", [ZHUJI, WUCHENG]),
        ("诸暨市 开化村", [ZHUJI]),
        ("诸暨开化村委会", [ZHUJI]),
        ("金华 婺城 kh", [WUCHENG]),
        ("浙江省/绍兴市/开化", [ZHUJI]),
        ("绍兴诸暨陈宅镇开化", [ZHUJI]),
        ("婺城　开化村", [WUCHENG]),
        ("安吉 开化村", []),
        ("安吉县开化村", []),
        ("绍兴婺城开化村", []),
        ("不知道的地方", []),
        ("   ", []),
        ("%", []),
        ("_", []),
        ("\\", []),
        ("开化村" * 5000, []),
        ("\0开化村\0", [ZHUJI, WUCHENG]),
        ("３３０５２３", ANJI),
    ],
)
def test_find(typed: str, found: list[str]) -> None:
    assert [one.full for one in queries.find(typed)] == found


def test_within(anji: Area) -> None:
    assert queries.find("开化村", within=anji) == []
    assert [one.name for one in queries.find("zhangwu", within=anji)] == ["鄣吴镇", "鄣吴村"]


def test_closed_areas_are_not_found() -> None:
    Area.objects.filter(code="330523103202").update(valid_to="2020-01-01")
    assert queries.find("玉华村") == []


@pytest.mark.parametrize("typed", ["开化村", "诸暨市 开化村", "诸暨开化村", "kh", "3306", "没有"])
def test_no_more_queries_for_more_areas(typed: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        queries.find(typed)
    town = queries.area_by_code("330681120")
    for number in range(30):
        area = Area(code=f"330681120{500 + number}", name="开化村", official_name="", level=5, parent=town)
        area.take_ancestors_of(town)
        area.initials, area.pinyin = "khc", "kaihuacun"
        area.save()
        Area.objects.filter(pk=area.pk).update(village_id=area.pk)
    with CaptureQueriesContext(connection) as many:
        queries.find(typed)
    assert len(many) <= len(few) <= 5


class TestResolve:
    @pytest.mark.parametrize(
        ("name", "hint", "full"),
        [
            ("开化村", "诸暨市", ZHUJI),
            ("开化村委会", "婺城", WUCHENG),
            ("金华开化村", "", WUCHENG),
            ("开化", "衢州", KAIHUA),
            ("开化县", "", KAIHUA),
            ("玉华村", "", YUHUA),
            ("330523103202", "", YUHUA),
            ("330523103202", "安吉", YUHUA),
        ],
    )
    def test_by_parent(self, name: str, hint: str, full: str) -> None:
        area = queries.resolve(name, hint)
        assert " ".join(row.name for row in queries.ancestors(area)) == full

    def test_a_parent_may_be_an_area(self) -> None:
        assert queries.resolve("开化村", queries.area_by_code("330702")).code == "330702105201"

    def test_two_of_a_name_are_listed(self) -> None:
        with pytest.raises(Refused) as refusal:
            queries.resolve("开化村")
        assert refusal.value.code == "areas.ambiguous"
        assert refusal.value.data["candidates"] == [ZHUJI, WUCHENG]
        assert ZHUJI in str(refusal.value)

    @pytest.mark.parametrize("name", ["没有村", "安吉县开化村", "990000", ""])
    def test_none(self, name: str) -> None:
        with pytest.raises(Refused) as refusal:
            queries.resolve(name)
        assert refusal.value.code == "areas.unknown"


class TestPlace:
    def test_in_area_is_the_area_and_all_below(self, anji: Area) -> None:
        codes = queries.in_area(Area.objects.order_by("code"), anji).values_list("code", flat=True)
        assert list(codes) == ["330523", "330523103", "330523103200", "330523103202"]

    def test_ancestors_take_one_query(self, django_assert_num_queries: Any) -> None:
        village = Area.objects.get(code="330523103202")
        with django_assert_num_queries(1):
            assert queries.ancestors(village)[-1] == village

    def test_code_with_filling_zeros(self, anji: Area) -> None:
        assert queries.area_by_code(" 330523000000 ") == anji
        assert queries.area_by_code("330000").name == "浙江省"


class TestPicker:
    def test_choices(self, client: Client) -> None:
        page = client.get("/areas/find/", {"village_q": "开化村"}).content.decode()
        assert 'id="village-results"' in page
        assert 'value="330681120237"' in page and "浙江省 绍兴市 诸暨市 陈宅镇" in page

    def test_nothing_found_says_so(self, client: Client) -> None:
        assert "没有村" in client.get("/areas/find/", {"q": "没有村"}).content.decode()
