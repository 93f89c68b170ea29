"""The organisation department's two sheets (导师名册, 青年干部名册), with the headers that they really use."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange.cleaners import text
from xianglin.commons.exchange.tables import Column, ImportRow, ImportTable

from ..levels import wording
from ..registers.facts import CadreFacts, Held, MentorFacts
from ..registers.models import Mentor, YoungCadre
from . import actions, reading
from .places import place_of, town_of

# zh: the headers of the sheets that organisation departments keep
_NAME = Column("name", _("姓名"), ("名字", "导师姓名", "干部姓名", "青年干部姓名"), True, text(40))
# zh: as above
_PHONE = Column(
    "phone", _("联系电话"), ("手机", "手机号", "手机号码", "电话", "联系方式", "移动电话"), True, reading.phone
)
# zh: as above
_PLACE = Column(
    "place",
    _("所在乡镇（村）"),
    ("所在乡镇", "乡镇", "镇街", "所在村", "村", "村（社区）", "所在地", "乡镇（街道）"),
    False,
    text(60),
)
# zh: as above
_WISHES = Column("wishes", _("帮带意愿"), ("意愿", "结对意愿", "个人意愿", "学习需求", "备注"), False, text(300))


def _apply_mentor(row: ImportRow, *, area: Area, actor: Actor) -> Mentor:
    post = row.get("post") or ""
    least, most = row.get("capacity") or (1, 2)
    facts = MentorFacts(
        kind=row["kind"],
        years=row.get("years"),
        held=(Held(post[:60]),) if post else (),
        least=least,
        most=most,
        free_when=row.get("free") or "",
        wishes=row.get("wishes") or "",
    )
    town = town_of(place_of(row.get("place") or "", post, area))
    return actions.enrol_mentor(town, actor=actor, who=_who(row), facts=facts, teaches=row.get("teaches") or ())


def _apply_cadre(row: ImportRow, *, area: Area, actor: Actor) -> YoungCadre:
    facts = CadreFacts(
        post=row["post"], since=row.get("since"), birth_year=row.get("birth"), wishes=row.get("wishes") or ""
    )
    place = place_of(row.get("place") or "", row["post"], area)
    return actions.enrol_cadre(place, actor=actor, who=_who(row), facts=facts, said=row.get("levels") or ())


def _who(row: ImportRow) -> actions.Who:
    return actions.Who(row["name"], row["phone"])


def _table(key: str, label: Any, columns: tuple[Column, ...], action: str, apply: Any) -> ImportTable:
    changed = _("这个手机号以前导过，姓名不一样，这次没有改。请到他的档案里改，或者核对手机号")
    return ImportTable(key, label, columns, ("phone",), action, apply, content=("name",), changed=changed)


# zh: as above
TABLES = [
    _table(
        "mentors",
        _("导师名册"),
        (
            _NAME,
            _PHONE,
            _PLACE,
            Column("kind", _("导师类别"), ("类别", "类型", "导师类型"), False, reading.kind),
            Column(
                "post",
                _("单位及职务"),
                ("现任职务", "原任职务", "原单位及职务", "任职经历", "职务", "曾任职务"),
                False,
                text(60),
            ),
            Column("years", _("工作年限"), ("工龄", "从业年限", "工作年数", "年限"), False, reading.count),
            Column("teaches", _("擅长领域"), ("擅长", "特长", "专长", "擅长能力", "帮带方向"), False, reading.words),
            Column("capacity", _("帮带名额"), ("名额", "可带人数", "帮带人数", "结对名额"), False, reading.capacity),
            Column("free", _("可用时间"), ("时间", "方便时间", "可帮带时间", "空闲时间"), False, text(120)),
            _WISHES,
        ),
        "mentoring.enrol_mentor",
        _apply_mentor,
    ),
    _table(
        "young_cadres",
        _("青年干部名册"),
        (
            _NAME,
            _PHONE,
            _PLACE,
            Column("post", _("现任职务"), ("岗位", "单位及职务", "职务", "现岗位", "所在岗位"), True, text(60)),
            Column("since", _("任现职时间"), ("任职时间", "任现岗位时间", "到岗时间"), False, reading.since),
            Column("birth", _("出生年月"), ("出生日期", "出生年份"), False, reading.birth_year),
            Column(
                "levels",
                _("能力水平"),
                ("能力现状与目标", "能力水平及目标", "能力提升需求", "能力短板", "现状→目标", "能力情况"),
                False,
                wording.read,
            ),
            _WISHES,
        ),
        "mentoring.enrol_cadre",
        _apply_cadre,
    ),
]
