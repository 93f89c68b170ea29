"""A province of matters: one village played through the real actions, the others its rows again, by SQL.

Every village has the same forty matters, so that a village, a town and a county hold as many in a small province
as in a large one; the province itself grows. Rows lie as they would after a year: each day's from all villages.
Only what lists read is multiplied; the trail holds what actions wrote and nothing else.
"""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.db import connection, models, transaction

from xianglin.base import clock
from xianglin.base.actor import Actor, system
from xianglin.commons.access import actions as access
from xianglin.commons.access.models import Account, Grant
from xianglin.commons.areas.actions import import_list, switch_programme
from xianglin.commons.areas.lists import AreaRow
from xianglin.commons.areas.models import LEVEL_COLUMNS, Area, Level
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters.models import Matter

PER_VILLAGE = 40
VILLAGES_IN_TOWN = 25
TOWNS_IN_COUNTY = 10
COUNTIES_IN_CITY = 10
STAGE = system("benchmark", via="benchmark")
NAMES = ["".join(pair) for pair in product("东西南北上下前后新大", "山河桥湾田塘岭坞泉溪")]


@dataclass(frozen=True)
class Cast:
    cadre: Account
    clerk: Account
    officer: Account


def build(count: int, today: dt.datetime) -> dict[str, Any]:
    """`count` matters; answers how many rows there are of what, and how long each step took."""
    seconds: dict[str, float] = {}

    def step(name: str, call: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        made = call()
        seconds[name] = round(time.perf_counter() - begun, 1)
        return made

    village = step("areas", lambda: _areas(count // PER_VILLAGE))
    cast = step("people", lambda: _people(village))
    step("actions", lambda: _play(village, cast, today))
    step("multiplied accounts", lambda: _multiply_accounts(cast))
    step("multiplied matters", lambda: _multiply_matters(village))
    step("analyse", _analyse)
    return {
        "matters": Matter.objects.count(),
        "open": Matter.objects.filter(open=True).count(),
        "villages": Area.objects.filter(level=Level.VILLAGE).count(),
        "accounts": Account.objects.count(),
        "build": seconds,
    }


# --- places and people


def _areas(villages: int) -> Area:
    """The first village, once all are there."""
    import_list(None, list(_rows(villages)), actor=STAGE, source="benchmark")
    for county in Area.objects.filter(level=Level.COUNTY):
        switch_programme(county, "briefing", actor=STAGE, on=True)
        access.add_department(county, actor=STAGE, slug="water", name="水利局")
    first: Area = Area.objects.filter(level=Level.VILLAGE).order_by("code")[0]
    return first


def _rows(villages: int) -> Iterator[AreaRow]:
    yield AreaRow("33", "浙江省")
    in_city = COUNTIES_IN_CITY * TOWNS_IN_COUNTY * VILLAGES_IN_TOWN
    for nth in range(villages):
        of_city, in_county = nth // in_city, nth % (in_city // COUNTIES_IN_CITY)
        of_county = nth // (in_city // COUNTIES_IN_CITY) % COUNTIES_IN_CITY
        of_town, of_village = divmod(in_county, VILLAGES_IN_TOWN)
        city, county = f"33{of_city + 1:02d}", f"33{of_city + 1:02d}{of_county + 21:02d}"
        town = f"{county}{of_town + 101:03d}"
        if in_county == 0 and of_county == 0:
            yield AreaRow(city, f"{NAMES[of_city]}市")
        if in_county == 0:
            yield AreaRow(county, f"{NAMES[of_county]}县")
        if of_village == 0:
            yield AreaRow(town, f"{NAMES[of_town]}镇")
        yield AreaRow(f"{town}{of_village + 201:03d}", f"{NAMES[of_village * 3 + 1]}村")


def _people(village: Area) -> Cast:
    """Whom the actions need: each has a home of their own, and copies of them get the same place elsewhere."""
    town, county = (Area.objects.get(pk=pk) for pk in (village.town_id, village.county_id))
    province = Area.objects.get(pk=village.province_id)
    _person("observer", province, "observer")
    return Cast(
        cadre=_person("cadre", village, "village_cadre"),
        clerk=_person("clerk", town, "town_clerk"),
        officer=_person("officer", county, "county_officer", "department:water"),
    )


def _person(name: str, home: Area, role: str, scope: str = "") -> Account:
    account = access.open_account(home, actor=STAGE, username=f"{name}-{home.code}", display_name=f"{home.name}干部")
    access.grant(home, actor=STAGE, account=account, role=role, scope=scope, from_on=dt.date(2026, 1, 1))
    return account


# --- one village's year, through actions

Story = Callable[[Matter, Cast], Matter | None]


def _by(account: Account) -> Actor:
    return Actor("account", str(account.pk), account.display_name, via="benchmark")


def _assigned(matter: Matter, cast: Cast) -> Matter:
    return matters.assign_matter(matter, actor=_by(cast.cadre), account_id=cast.cadre.pk)


def _in_hand(matter: Matter, cast: Cast) -> Matter:
    return matters.take_in_hand(_assigned(matter, cast), actor=_by(cast.cadre))


def _of_town(matter: Matter, cast: Cast) -> Matter:
    return matters.assign_matter(matter, actor=_by(cast.cadre), account_id=cast.clerk.pk)


def _of_department(matter: Matter, cast: Cast) -> Matter:
    return matters.assign_matter(matter, actor=_by(cast.cadre), department="water")


def _of_officer(matter: Matter, cast: Cast) -> Matter:
    return matters.take_in_hand(_of_department(matter, cast), actor=_by(cast.officer))


def _answered(matter: Matter, cast: Cast) -> Matter:
    return matters.answer_matter(_in_hand(matter, cast), actor=_by(cast.cadre), text="换了灯头和线，晚上亮了。")


def _settled(matter: Matter, cast: Cast) -> Matter:
    author = Actor("receipt", str(matter.pk), via="benchmark")
    return matters.settle_matter(_answered(matter, cast), actor=author, settled=True)


def _settled_by_officer(matter: Matter, cast: Cast) -> Matter:
    author = Actor("receipt", str(matter.pk), via="benchmark")
    answered = matters.answer_matter(_of_officer(matter, cast), actor=_by(cast.officer), text="泵站换了新泵。")
    return matters.settle_matter(answered, actor=author, settled=True)


def _deferred(matter: Matter, cast: Cast) -> Matter:
    day = dt.date(2026, 9, 1)
    return matters.defer_matter(_in_hand(matter, cast), actor=_by(cast.cadre), reason="等明年的款。", review_on=day)


def _rejected(matter: Matter, cast: Cast) -> Matter:
    return matters.reject_matter(matter, actor=_by(cast.cadre), reason="这件事归法院管，请到镇司法所问。")


# How many matters of a village stand where: 22 open, 18 closed.
STORIES: Sequence[tuple[int, Story | None]] = (
    (12, _settled),
    (4, _settled_by_officer),
    (2, _rejected),
    (3, None),
    (4, _assigned),
    (3, _in_hand),
    (4, _answered),
    (3, _of_department),
    (2, _of_officer),
    (2, _of_town),
    (1, _deferred),
)
THINGS = ("桥头路灯不亮", "三楼没水", "路面有个坑", "垃圾桶满了", "水池没有盖子", "公交班次太少", "停车挡路")


def _play(village: Area, cast: Cast, today: dt.datetime) -> None:
    """Said one after the other over the last forty days, each acted on a day later."""
    stories = [story for many, story in STORIES for _ in range(many)]
    assert len(stories) == PER_VILLAGE
    for nth, story in enumerate(stories):
        said_at = today - dt.timedelta(days=len(stories) - nth, hours=2)
        what = f"{nth % 9 + 1} 组{THINGS[nth % len(THINGS)]}"
        with clock.living_at(said_at):
            said = matters.Said(words=f"{what}，有半个月了，请来看看。", name="徐阿珍", kind="briefing.question")
            matter = matters.raise_matter(village, actor=Actor("nobody", via="benchmark"), said=said, key=uuid.uuid4())
        with clock.living_at(said_at + dt.timedelta(hours=20)):
            if story is not None:
                matter = matters.triage_matter(matter, actor=_by(cast.cadre), title=what, category="环境", public=True)
                story(matter, cast)


# --- the other villages


def _columns(model: type[models.Model], changed: dict[str, str], alias: str) -> tuple[str, str]:
    """The columns to fill, and what with: the copied row's own values but for what is changed."""
    names = [f.column for f in model._meta.concrete_fields if not f.primary_key]
    return ", ".join(f'"{n}"' for n in names), ", ".join(changed.get(n, f'{alias}."{n}"') for n in names)


def _run(sql: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _multiply_accounts(cast: Cast) -> None:
    """A cadre in every village, a clerk in every town, an officer in every county, each with their grant."""
    with transaction.atomic():
        for name, account in (("cadre", cast.cadre), ("clerk", cast.clerk), ("officer", cast.officer)):
            changed = {"username": f"'{name}-' || a.code", "home_id": "a.id", "person_key_id": "NULL"}
            into, values = _columns(Account, changed, "t")
            _run(
                f"INSERT INTO access_account ({into}) SELECT {values} FROM areas_area a, access_account t "
                "WHERE t.id = %s AND a.id <> t.home_id "
                "AND a.level = (SELECT level FROM areas_area WHERE id = t.home_id)",
                account.pk,
            )
            into, values = _columns(Grant, {"account_id": "n.id", "area_id": "n.home_id"}, "g")
            _run(
                f"INSERT INTO access_grant ({into}) SELECT {values} FROM access_account n, access_grant g "
                "WHERE g.account_id = %s AND n.username LIKE %s AND n.id <> g.account_id",
                account.pk,
                f"{name}-%",
            )


def _multiply_matters(village: Area) -> None:
    """Each matter once for every other village, handled by whoever holds the same post there.

    Indexes are dropped meanwhile and made again from the model, which is how a large load is done anywhere.
    """
    changed = {"area_id": "a.id", **{column: f"a.{column}" for column in LEVEL_COLUMNS}, "handler_id": "n.id"}
    into, values = _columns(Matter, changed, "t")
    home = "CASE h.level " + " ".join(f"WHEN {level} THEN a.{Level(level).column}" for level in (3, 4, 5)) + " END"
    indexes = Matter._meta.indexes
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.remove_index(Matter, index)
    with transaction.atomic():
        for pk in list(Matter.objects.order_by("pk").values_list("pk", flat=True)):
            _run(
                f"INSERT INTO matters_matter ({into}) SELECT {values} FROM matters_matter t CROSS JOIN areas_area a "
                "LEFT JOIN access_account o ON o.id = t.handler_id LEFT JOIN areas_area h ON h.id = o.home_id "
                f"LEFT JOIN access_account n ON n.home_id = {home} "
                "WHERE t.id = %s AND a.level = 5 AND a.id <> %s",
                pk,
                village.pk,
            )
    with connection.schema_editor() as editor:
        for index in indexes:
            editor.add_index(Matter, index)


def _analyse() -> None:
    """Statistics as the database keeps them by itself in the end."""
    connection.ensure_connection()
    _run("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
