"""A million public texts: some hundred matters and reports of one village, made by actions, then repeated by SQL.

Each copy lies in another village and has a second of its own in the last three years; the index takes all of them as it
takes any. A few are copied thirty times only (rare words) or stand in the older half only.
"""

from __future__ import annotations

import datetime as dt
import random
import time
import uuid
from typing import Any

from django.db import connection, transaction

from benchmarks import province
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import Area
from xianglin.commons.search import index, terms
from xianglin.commons.search.models import Document
from xianglin.engine.text import GAP
from xianglin.kernels.bulletins import actions as bulletins
from xianglin.kernels.bulletins import drafts
from xianglin.kernels.matters import actions as matters

MATTERS, REPORTS = 400, 8
EVERY = 95  # seconds between two texts: a million in three years
RARE_COPIES = 30
PLACES = (
    "桥头",
    "村口",
    "后山",
    "学校门口",
    "文化礼堂",
    "卫生室边上",
    "三组",
    "8 组",
    "老街",
    "水库边",
    "停车场",
    "菜场",
)
THINGS = (
    *("路灯不亮", "路灯坏了三盏", "路灯太暗", "LED 灯闪"),
    *("水池没有盖子", "停车挡路", "停车位不够", "垃圾桶满了", "公交班次太少", "路面有个坑", "自来水发黄", "狗没人管"),
)
DEEDS = ("派人去看过", "换了新的", "和镇里商量了", "列进了下个月的计划", "请了师傅", "当天就修好了", "开户主会定了办法")
MONEY = ("花了 3200 元", "用了 2 万元", "没花钱", "由水利站出钱", "村集体出一半")
THANKS = ("谢谢您提醒", "以后再有请直接打电话", "请大家互相转告", "村里会每周看一次", "有不满意的请接着说")


def build(count: int, today: dt.datetime) -> dict[str, Any]:
    """`count` documents; answers how many of what, and how long each step took."""
    seconds: dict[str, float] = {}
    begun = time.perf_counter()

    def step(name: str) -> None:
        nonlocal begun
        seconds[name] = round(time.perf_counter() - begun, 1)
        begun = time.perf_counter()

    village = province._areas(max(25, count // 40))
    cast = province._people(village)
    step("areas and people")
    _play(village, cast, today)
    step("actions")
    told = {"by_actions": Document.objects.count()}
    _multiply(count, village, today)
    step("multiplied")
    _index()
    step("index")
    province._analyse()
    step("analyse")
    return {"documents": Document.objects.count(), **told, "sizes_mb": _sizes(), "build": seconds}


def _play(village: Area, cast: province.Cast, today: dt.datetime) -> None:
    chance = random.Random(8803)
    for nth in range(MATTERS):
        title = f"{chance.choice(PLACES)}{chance.choice(THINGS)}"
        answer = "，".join(chance.choice(said) for said in (DEEDS, MONEY, DEEDS, THANKS)) + "。"
        if nth == 0:
            title = "竹林里有枯树"  # rare
        if 1 <= nth <= MATTERS // 10:
            title = f"旧桥{chance.choice(THINGS)}"  # only in old texts
        with clock.living_at(today - dt.timedelta(days=30, minutes=-nth)):
            _answered(village, cast, title, answer, uuid.UUID(int=nth + 1))
    for nth in range(REPORTS):
        with clock.living_at(today - dt.timedelta(days=2, minutes=nth)):
            _report(village, cast, f"2025-{nth + 1:02d}", chance)


def _answered(village: Area, cast: province.Cast, title: str, answer: str, key: uuid.UUID) -> None:
    cadre = province._by(cast.cadre)
    said = matters.Said(words=f"{title}，请来看看。", kind="briefing.question")
    matter = matters.raise_matter(village, actor=Actor("nobody", via="benchmark"), said=said, key=key)
    matter = matters.triage_matter(matter, actor=cadre, title=title, category="环境", public=True)
    matter = matters.assign_matter(matter, actor=cadre, account_id=cast.cadre.pk)
    matters.answer_matter(matter, actor=cadre, text=answer)


def _report(village: Area, cast: province.Cast, period: str, chance: random.Random) -> None:
    cadre, supervisor = province._by(cast.cadre), province._by(_supervisor(village))
    report = bulletins.open_bulletin(village, actor=cadre, kind="briefing.report", period=period)
    for block in report.blocks.exclude(asks=""):
        text = "。".join(f"{chance.choice(PLACES)}{chance.choice(THINGS)}，{chance.choice(DEEDS)}" for _ in range(6))
        drafts.write_block(block, f"{text}。", edition=block.edition)
    bulletins.hand_in(report, actor=cadre)
    bulletins.review_bulletin(report, actor=supervisor, agreed=True)
    bulletins.publish_bulletin(report, actor=cadre)


def _supervisor(village: Area) -> Account:
    known = Account.objects.filter(username=f"supervisor-{village.code}").first()
    return known or province._person("supervisor", village, "village_supervisor")


# --- copies


def _multiply(count: int, village: Area, today: dt.datetime) -> None:
    """Rows in the order of their time, as they would have come; without the index, which takes them all at once."""
    _drop_index()
    postgres = connection.vendor == "postgresql"
    originals = list(Document.objects.order_by("pk"))
    spaced = " || ' ' || "
    places = [f"'{terms.MARK}a' || v.{level}_id" for level in ("province", "city", "county", "town", "village")]
    at = "to_timestamp(c.second)" if postgres else "datetime(c.second, 'unixepoch')"
    numbers = "generate_series(%s::bigint, %s::bigint) n(nth)"
    if not postgres:
        numbers = (
            "(WITH RECURSIVE n(nth) AS (SELECT %s UNION ALL SELECT nth + 1 FROM n WHERE nth < %s) SELECT nth FROM n) n"
        )
    levels = "province_id, city_id, county_id, town_id, village_id"
    sql = (
        f"INSERT INTO search_document (id, ref, kind, title, text, url, at, terms, indexed_at, area_id, {levels}) "
        "SELECT (c.second << 20) + c.nth %% 1048576, 'bench:' || c.nth, t.kind, t.title, t.text, t.url, "
        f"{at}, {spaced.join(['t.body', *places, 't.kind_term'])}, {at}, v.id, "
        f"{', '.join('v.' + name for name in levels.split(', '))} FROM "
        f"(SELECT nth, %s + nth * {EVERY} AS second FROM {numbers}) c "
        "JOIN bench_text t ON t.nth = CASE WHEN c.nth %% %s = 0 THEN 0 ELSE 1 + (c.nth * 7919) %% CASE WHEN c.nth < %s "
        "THEN %s ELSE %s END END JOIN bench_place v ON v.nth = (c.nth * 104729) %% %s ORDER BY c.nth"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        old = _texts(cursor, originals)
        cursor.execute(
            "CREATE TEMP TABLE bench_place AS SELECT row_number() OVER (ORDER BY id) - 1 AS nth, a.* "
            "FROM areas_area a WHERE level = 5"
        )
        cursor.execute("CREATE INDEX bench_place_nth ON bench_place (nth)")
        cursor.execute("SELECT count(*) FROM bench_place")
        (villages,) = cursor.fetchone()
        copies = count - len(originals)
        first = int(today.timestamp()) - copies * EVERY - 86_400 * 40
        every = max(2, copies // RARE_COPIES)
        cursor.execute(sql, [first, 1, copies, every, copies // 2, len(originals) - 1, old - 1, villages])


def _texts(cursor: Any, originals: list[Document]) -> int:
    """The originals as rows to copy from: the rare one first, those of old times last; answers where these begin."""
    rare = [one for one in originals if "竹林" in one.title]
    old = [one for one in originals if "旧桥" in one.title]
    rest = [one for one in originals if one not in rare and one not in old]
    columns = "nth bigint, kind text, title text, text text, url text, body text, kind_term text"
    cursor.execute(f"CREATE TEMP TABLE bench_text ({columns})")
    for nth, one in enumerate([*rare, *rest, *old]):
        body = one.terms.rpartition(f" {GAP} ")[0] + f" {GAP}"
        kind_term = terms.kind_term(one.kind)
        cursor.execute(
            "INSERT INTO bench_text VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [nth, one.kind, one.title, one.text, one.url, body, kind_term],
        )
    cursor.execute("CREATE INDEX bench_text_nth ON bench_text (nth)")
    assert len(rare) == 1
    return len(rare) + len(rest)


def _drop_index() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP INDEX search_terms")
            return
        for name in index._SQLITE:
            cursor.execute(f"DROP TRIGGER {name}")


def _index() -> None:
    """As the migration makes it, and as a start puts it right."""
    if connection.vendor == "postgresql":
        from importlib import import_module

        with connection.cursor() as cursor:
            cursor.execute(import_module("xianglin.commons.search.migrations.0002_index").GIN)
    index.install()
    assert not index.missing()


def _sizes() -> dict[str, int]:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_table_size('search_document'), pg_relation_size('search_terms')")
            table, terms_ = cursor.fetchone()
            return {"table": table >> 20, "index": terms_ >> 20}
        cursor.execute("SELECT sum(length(block)) FROM search_terms_data")
        (size,) = cursor.fetchone()
        cursor.execute("SELECT sum(length(CAST(terms || text || title AS BLOB))) FROM search_document")
        return {"table": cursor.fetchone()[0] >> 20, "index": size >> 20}
