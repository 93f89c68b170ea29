"""和孚镇's mentoring begins in July 2021: who keeps the registers, who teaches and who learns. All persons are invented.

The registers come in as the organisation department's two sheets; levels are read again as the year goes on.
"""

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext_noop as _

from xianglin.base import clock
from xianglin.base.actor import system
from xianglin.commons.access import actions as access
from xianglin.commons.access.doors import put_door
from xianglin.commons.access.models import Account
from xianglin.commons.areas.actions import import_list, switch_programme
from xianglin.commons.areas.lists import AreaRow
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange import staging
from xianglin.commons.exchange.tables import table_named
from xianglin.programmes.mentoring.abilities.queries import by_word
from xianglin.programmes.mentoring.kinds import OFFICER, PROGRAMME
from xianglin.programmes.mentoring.levels import actions as levels
from xianglin.programmes.mentoring.levels.models import View
from xianglin.programmes.mentoring.levels.rules import Level
from xianglin.programmes.mentoring.registers.models import YoungCadre

from .deeds import as_

STAGE = system("demo", via="demo")
BEGINS = "2021-07-01 09:00"
COUNTY, TOWN = "330503", "330503106"
AREAS = (
    ("33", "浙江省", ""),
    ("3305", "湖州市", "33"),
    (COUNTY, "南浔区", "3305"),
    (TOWN, "和孚镇", COUNTY),
    ("330503106202", "荻港村", TOWN),
    ("330503106212", "民当村", TOWN),
    ("330503106215", "长超村", TOWN),
)
ORGANISER = "郑文澜"


@dataclass(frozen=True)
class Door:
    key: str
    name: str
    label: str
    blurb: str


DOORS = (
    Door("organiser", ORGANISER, _("组织委员　郑文澜"), _("和孚镇。管导师和青年干部的名册，看谁缺什么")),
    Door("mentor", "丁桂松", _("导师　丁桂松"), _("荻港村老书记，38 年。带年轻人写材料、调矛盾")),
    Door("young_cadre", "茅雨晴", _("青年干部　茅雨晴"), _("荻港村文书。看自己缺什么，给自己评一评")),
)

MENTORS = (
    ("姓名", "类别", "单位及职务", "联系电话", "工作年限", "擅长领域", "帮带名额", "可用时间"),
    (
        "丁桂松",
        "老党员",
        "荻港村原党总支书记",
        "13700000301",
        "38年",
        "文字材料、矛盾调解、群众工作",
        "1-2",
        "农闲，周末下午",
    ),
    ("费水泉", "老同志", "和孚镇原人大副主席", "13700000302", "35年", "政策法规、项目推进", "2人", "平时上午"),
    ("闵秀英", "老资格", "民当村妇联主席", "13700000303", "26年", "群众工作、党性意识、廉洁自律", "1-2", "晚上"),
)
CADRES = (
    ("姓名", "出生年月", "现任职务", "任现职时间", "手机号码", "能力现状与目标", "意愿"),
    (
        "茅雨晴",
        "1996.08",
        "荻港村文书",
        "2020.09",
        "13700000311",
        "文字综合2→4；矛盾调解1→3；群众工作3→4；政策法规2→3；廉洁自律4→4",
        "想学写简报、开公开会，周末方便",
    ),
    ("朱一凡", "1994.02", "长超村党总支委员", "2021.01", "13700000312", "项目推进2→4；政策法规2→4；群众工作3→4", ""),
    ("倪思远", "1997.11", "和孚镇团委干事", "2021.03", "13700000313", "群众工作2→4；矛盾调解1→3；文字综合3→4", ""),
    ("钮可欣", "1995.05", "民当村报账员", "2019.12", "13700000314", "廉洁自律3→5；文字综合2→3；党性意识3→4", ""),
)

# When, by whom, whose; ability and level, and why.
READINGS = (
    (
        "2021-07-20 19:40",
        View.SELF,
        "茅雨晴",
        (("文字综合", 3), ("矛盾调解", 2), ("服务群众", 4)),
        "自己觉得还行，没跟人比过。",
    ),
    (
        "2021-12-28 15:00",
        View.MENTOR,
        "茅雨晴",
        (("文字综合", 3), ("矛盾调解", 2)),
        "先写群众要办什么、找谁、几号前，后面就顺了。",
    ),
    (
        "2022-01-10 10:00",
        View.ORGANISATION,
        "茅雨晴",
        (("文字综合", 3), ("矛盾调解", 1), ("服务群众", 3)),
        "年度考核。",
    ),
    (
        "2022-05-16 20:10",
        View.SELF,
        "茅雨晴",
        (("文字综合", 3), ("矛盾调解", 2), ("服务群众", 4)),
        "两家争水沟的事，跟着跑了四趟。",
    ),
    (
        "2022-06-08 16:30",
        View.MENTOR,
        "茅雨晴",
        (("文字综合", 4), ("矛盾调解", 2), ("服务群众", 4)),
        "公开稿不用我改了。",
    ),
)


def begin() -> None:
    """Before anything else is told: these are the first days of the demonstration."""
    with clock.living_at(_at(BEGINS)):
        import_list(None, [AreaRow(*row) for row in AREAS], actor=STAGE, source="demo")
        town = Area.objects.get(code=TOWN)
        switch_programme(Area.objects.get(code=COUNTY), PROGRAMME, actor=STAGE, on=True)
        officer = access.open_account(town, actor=STAGE, username="organiser", display_name=ORGANISER)
        access.grant(town, actor=STAGE, account=officer, role=OFFICER)
        _bring_in(town, officer, "mentors", MENTORS)
        _bring_in(town, officer, "young_cadres", CADRES)
        for order, one in enumerate(DOORS, 50):
            account = Account.objects.get(display_name=one.name)
            put_door(one.key, label=one.label, blurb=one.blurb, order=order, account=account)
    for when, view, name, read, why in READINGS:
        with clock.living_at(_at(when)):
            _read(officer, view, name, read, why)


def _bring_in(town: Area, officer: Account, table: str, lines: Iterable[tuple[str, ...]]) -> None:
    with TemporaryDirectory() as folder:
        sheet = Path(folder) / f"{table}.csv"
        with sheet.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)
        batch = staging.stage_file(sheet, table_named(table), town, as_(officer))
        staging.apply_batch(batch, as_(officer), strict=True)


def _read(officer: Account, view: str, name: str, read: Iterable[tuple[str, int]], why: str) -> None:
    """One's own view is one's own to note; the mentor's and the organisation's were handed in on paper."""
    cadre = YoungCadre.objects.select_related("account").get(account__display_name=name)
    known = by_word(cadre)
    noted = [Level(known[word].pk, level, why) for word, level in read]
    levels.note_levels(
        cadre, actor=as_(cadre.account if view == View.SELF else officer), view=view, levels=noted, on=clock.today()
    )


def _at(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=clock.SHANGHAI)
