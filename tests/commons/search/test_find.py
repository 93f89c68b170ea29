"""What is typed finds what holds it, the newest first, and nothing that is typed does harm."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.commons.search.conftest import Write, found
from tests.kernels.matters.conftest import MORNING
from tests.support.cast import Places, build_places
from xianglin.commons.search import queries
from xianglin.commons.search.models import Document
from xianglin.engine.text import sought_words


@pytest.fixture
def at(db: None) -> Places:
    return build_places()


def test_two_characters_and_their_order(at: Places, write: Write) -> None:
    write(at.village, "竹林着火了")
    write(at.village, "林竹家门口")
    write(at.village, "毛竹，林子")
    assert found("竹林") == ["竹林着火了"]
    assert found("林竹") == ["林竹家门口"]
    assert found("竹木") == []


def test_three_and_more_characters_stand_as_they_were_typed(at: Places, write: Write) -> None:
    write(at.village, "桥头路灯不亮")
    write(at.village, "路灯在桥头，灯不亮")  # every pair of 桥头路灯 but one
    write(at.village, "桥头，头路，路灯")  # every pair, and never in a row
    assert found("桥头路灯") == ["桥头路灯不亮"]
    assert found("桥头路") == ["桥头路灯不亮"]
    assert found("头路灯不亮") == ["桥头路灯不亮"]


def test_one_character_is_looked_for_in_titles(at: Places, write: Write) -> None:
    write(at.village, "水池没有盖子", "井边也看过了")
    write(at.village, "路不平", "下雨积水")
    write(at.village, "公告", "水，电")  # for itself alone
    assert found("水") == ["公告", "水池没有盖子"]
    assert found("井") == []


def test_chinese_letters_and_digits_in_one_word(at: Places, write: Write) -> None:
    write(at.village, "8 组桥头ＬＥＤ灯坏了", "花了 3.5 万元，型号 X20-b")
    for query in ("8组", "8 组", "８组桥头", "led", "LED灯", "LED 灯坏", "led灯坏了", "x20", "3.5", "万元"):
        assert found(query) == ["8 组桥头ＬＥＤ灯坏了"], query
    for query in ("LE", "ed灯", "18组", "x2"):
        assert found(query) == [], query


def test_all_words_must_stand_in_it(at: Places, write: Write) -> None:
    write(at.village, "桥头路灯", "换了灯泡")
    write(at.village, "桥头栏杆")
    assert found("桥头 路灯") == ["桥头路灯"]
    assert found("灯泡　桥头，路灯") == ["桥头路灯"]
    assert found("桥头 竹林") == []


@pytest.mark.parametrize(
    "query",
    [
        '"路灯"',
        "路灯*",
        "^路灯",
        "(路灯",
        "terms:路灯",
        "'; DROP TABLE search_document; --路灯",
        "路灯 & | ! <-> :*",
        "路灯\\",
        "路灯\x00",
        "路灯 %s %(x)s",
        "{路灯} + -",
        "\ue000a1 路灯",
        "NEAR(路灯 不亮, 2)",
        "路灯 OR 竹林",
        "🏮路灯",
        "路灯" * 200,
    ],
)
def test_nothing_typed_is_more_than_words(at: Places, write: Write, query: str) -> None:
    write(at.village, "路灯不亮")
    assert set(found(query)) <= {"路灯不亮"}
    assert Document.objects.count() == 1
    for nothing in ("", "   ", "！？…", '"', "*", "\x00", "\ue000"):
        assert queries.find(nothing).words == [] and found(nothing) == []


def test_marks_around_words_do_not_hide_them(at: Places, write: Write) -> None:
    write(at.village, "路灯不亮")
    for query in ('"路灯"', "“路灯”", "路灯*", "(路灯)", "路灯\x00", "🏮路灯"):
        assert found(query) == ["路灯不亮"], query


def test_the_newest_first_whenever_it_was_written(at: Places, write: Write) -> None:
    write(at.village, "路灯二", at=MORNING)
    write(at.village, "路灯一", at=MORNING - dt.timedelta(days=400))
    write(at.village, "路灯三", at=MORNING + dt.timedelta(hours=1))
    write(at.village, "路灯零", at=dt.datetime(1951, 1, 1, tzinfo=dt.UTC))
    assert found("路灯") == ["路灯三", "路灯二", "路灯一", "路灯零"]


def test_many_of_one_second_all_have_their_place(at: Places, write: Write) -> None:
    for nth in range(50):
        write(at.village, f"路灯{nth}", at=MORNING)
    assert Document.objects.count() == 50
    assert queries.find("路灯").count == 50


def test_in_a_place_and_all_below_it(at: Places, write: Write) -> None:
    write(at.village, "玉华路灯")
    write(at.beside_village, "鄣吴路灯")
    write(at.far_village, "塔上路灯")
    write(at.town, "镇上路灯")
    assert found("路灯", area=at.village) == ["玉华路灯"]
    assert found("路灯", area=at.town) == ["镇上路灯", "鄣吴路灯", "玉华路灯"]
    assert found("路灯", area=at.next_county) == ["塔上路灯"]
    assert len(found("路灯", area=at.province)) == len(found("路灯")) == 4
    assert found("路灯", kind="tests.note") and not found("路灯", kind="matters.matter")


def test_pages_begin_behind_the_last_one_and_counts_stop_at_a_hundred(at: Places, write: Write) -> None:
    for nth in range(45):
        write(at.village, f"路灯 {nth} 号", at=MORNING - dt.timedelta(days=nth * 9))  # over many eras
    seen: list[str] = []
    after: int | None = None
    for _page in range(3):
        page = queries.find("路灯", after=after)
        seen += [row.title for row in page.rows]
        after = page.after
    assert seen == [f"路灯 {nth} 号" for nth in range(45)] and after is None
    assert queries.find("路灯").count == 45
    for nth in range(60):
        write(at.village, f"路灯又 {nth}")
    assert queries.find("路灯").count == queries.CAP == 100


def _multiply(times: int) -> None:
    row = Document.objects.get()
    first = row.pk
    for nth in range(1, times):
        row.pk, row.ref = first - nth, f"tests.Copy:{nth}"
        row.save(force_insert=True)


@pytest.mark.parametrize("query", ["路灯", "路灯不亮"])
def test_the_index_answers_and_nothing_is_sorted_that_is_not_shown(at: Places, write: Write, query: str) -> None:
    """The index of the migration is the one that is asked: another expression would be right, and slow."""
    write(at.village, "水池没有盖子")
    _multiply(2000)  # of a few rows PostgreSQL reads all, whatever index there is
    write(at.village, "路灯不亮")
    with CaptureQueriesContext(connection) as asked:
        queries.newest(sought_words(query), area=at.town)
    (sql,) = (one["sql"] for one in asked)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE search_document")
        cursor.execute(f"EXPLAIN {'' if connection.vendor == 'postgresql' else 'QUERY PLAN '}{sql}")
        plan = "\n".join(str(line) for line in cursor.fetchall())
    if connection.vendor == "postgresql":
        assert "Bitmap Index Scan on search_terms" in plan, plan
    else:
        assert "VIRTUAL TABLE INDEX" in plan and "TEMP B-TREE" not in plan, plan


def test_two_queries_however_many_there_are(at: Places, write: Write) -> None:
    for nth in range(30):
        write((at.village, at.beside_village)[nth % 2], f"路灯 {nth}")
    with CaptureQueriesContext(connection) as asked:
        rows = queries.find("路灯").rows
        assert len({row.area.name for row in rows}) == 2
    assert len(asked) == 2
