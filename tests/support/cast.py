"""The shared cast: invented people in a small piece of Zhejiang, made through actions so that they are legal.

    cast = build_cast()                       # once per class or module
    client = as_account(cast.town_clerk)      # a browser that is logged in
    actor = actor_of(cast.village_cadre)      # for calling actions

The village is 玉华村; ``beside_village`` lies in the same town, ``far_village`` in the next county.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.test import Client

from xianglin.base.actor import Actor, system
from xianglin.commons.access import actions
from xianglin.commons.access.models import Account
from xianglin.commons.areas import actions as area_actions
from xianglin.commons.areas.lists import AreaRow
from xianglin.commons.areas.models import Area

SINCE = dt.date(2020, 1, 1)
LIST = (
    AreaRow("33", "浙江省"),
    AreaRow("3305", "湖州市"),
    AreaRow("330523", "安吉县"),
    AreaRow("330523103", "鄣吴镇"),
    AreaRow("330523103202", "玉华村"),
    AreaRow("330523103200", "鄣吴村"),
    AreaRow("330523100", "梅溪镇"),
    AreaRow("330523100201", "荆湾村"),
    AreaRow("330522", "长兴县"),
    AreaRow("330522105", "泗安镇"),
    AreaRow("330522105201", "塔上村"),
)
PHONES = {"villager": "13800000001", "village_cadre": "13800000002", "beside_cadre": "13800000003"}


@dataclass(frozen=True)
class Places:
    province: Area
    city: Area
    county: Area
    town: Area
    village: Area
    beside_village: Area
    beside_town: Area
    next_county: Area
    far_town: Area
    far_village: Area


@dataclass(frozen=True)
class Cast:
    """``outsider`` is a town clerk of the next county; ``county_officer`` is 民政局's (department scope)."""

    places: Places
    villager: Account
    village_cadre: Account
    beside_cadre: Account
    town_clerk: Account
    town_inspector: Account
    county_officer: Account
    county_admin: Account
    outsider: Account

    def everyone(self) -> dict[str, Account]:
        return {name: who for name, who in vars(self).items() if isinstance(who, Account)}


def build_places() -> Places:
    area_actions.import_list(None, LIST, actor=system("areas", "command"), source="tests")
    rows = {area.code: area for area in Area.objects.filter(code__in=[row.code for row in LIST])}
    return Places(
        province=rows["33"],
        city=rows["3305"],
        county=rows["330523"],
        town=rows["330523103"],
        village=rows["330523103202"],
        beside_village=rows["330523103200"],
        beside_town=rows["330523100"],
        next_county=rows["330522"],
        far_town=rows["330522105"],
        far_village=rows["330522105201"],
    )


def build_cast() -> Cast:
    at = build_places()
    actions.add_department(at.county, actor=SYSTEM, slug="civil_affairs", name="民政局")
    return Cast(
        places=at,
        villager=by_phone(PHONES["villager"], "沈阿毛", at.village),
        village_cadre=by_phone(PHONES["village_cadre"], "凌小敏", at.village, "village_cadre"),
        beside_cadre=by_phone(PHONES["beside_cadre"], "施国良", at.beside_village, "village_cadre"),
        town_clerk=by_password("zw-chen", "陈晓雯", at.town, "town_clerk"),
        town_inspector=by_password("zw-gu", "顾正明", at.town, "town_inspector"),
        county_officer=by_password("aj-yu", "俞立", at.county, "county_officer", "department:civil_affairs"),
        county_admin=by_password("aj-admin", "许工", at.county, "county_admin"),
        outsider=by_password("sa-wu", "吴晔", at.far_town, "town_clerk"),
    )


SYSTEM = system("tests", "command")


def by_phone(phone: str, name: str, home: Area, role: str = "", scope: str = "") -> Account:
    account = actions.open_phone_account(home, actor=SYSTEM, phone=phone, display_name=name)
    return _with_role(account, home, role, scope)


def by_password(username: str, name: str, home: Area, role: str = "", scope: str = "") -> Account:
    account = actions.open_account(home, actor=SYSTEM, username=username, display_name=name)
    return _with_role(account, home, role, scope)


def _with_role(account: Account, area: Area, role: str, scope: str) -> Account:
    if role:
        actions.grant(area, actor=SYSTEM, account=account, role=role, scope=scope, from_on=SINCE)
    return account


def actor_of(account: Account) -> Actor:
    return Actor("account", str(account.pk), account.display_name)


def as_account(account: Account) -> Client:
    """A browser in which the account is logged in already (past every code and password)."""
    client = Client()
    client.force_login(account)
    return client
