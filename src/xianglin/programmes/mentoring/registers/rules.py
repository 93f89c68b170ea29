"""Decisions about the registers."""

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.base.registry import Text
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.queries import is_on

from ..kinds import PROGRAMME
from .facts import CadreFacts, Held, MentorFacts
from .models import MOST, WORDS_LENGTH, Avoidance, Listed, MentorKind

DAYS: tuple[Text, ...] = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
PARTS: dict[str, Text] = {"am": _("上午"), "pm": _("下午"), "eve": _("晚上")}
SLOTS = tuple(f"{day}{part}" for day in range(1, 8) for part in PARTS)
_AGES = range(16, 81)
_MOST_YEARS = 70
_POST_LENGTH = 60
_MONTH = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?")


def is_own(actor: Actor, subject: Listed) -> bool:
    return actor.account_id is not None and subject.account_id == actor.account_id and subject.active


def require_on(area: Area) -> None:
    if not is_on(PROGRAMME, area, clock.today()):
        raise Refused("mentoring.off", _("本县还没有开通导师帮带。请先找县系统管理员开通。"))


def require_town(area: Area) -> None:
    if area.level != Level.TOWN:
        raise Refused("mentoring.not_a_town", _("导师登记在乡镇。请选到乡镇，再登记。"))


def require_town_or_village(area: Area) -> None:
    if area.level not in (Level.TOWN, Level.VILLAGE):
        raise Refused("mentoring.not_a_place_of_work", _("青年干部登记在乡镇或村。请选到他工作的镇或村，再登记。"))


def require_mentor(facts: MentorFacts) -> None:
    if facts.kind not in MentorKind.values:
        raise Refused("mentoring.kind", _("请选是哪一类导师。"))
    if not 1 <= facts.most <= MOST or not 0 <= facts.least <= facts.most:
        told = _("能带几个人写得不对：最少的不能比最多的多，最多 %(most)d 个。请改一下。")
        raise Refused("mentoring.capacity", told % {"most": MOST})
    if facts.years is not None and facts.years > _MOST_YEARS:
        raise Refused("mentoring.years", _("工作年限太长了，请核对。"))
    if not set(facts.slots) <= set(SLOTS):
        raise Refused("mentoring.slots", _("请在表里勾哪天有空。"))
    _require_short(facts.wishes, facts.free_when, *(f"{one.post}{one.organisation}" for one in facts.held))
    for one in facts.held:
        _require_held(one)


def _require_held(one: Held) -> None:
    if not one.post.strip() or len(one.post) > _POST_LENGTH or len(one.organisation) > _POST_LENGTH:
        raise Refused("mentoring.held_post", _("任过的职务一行写一个：职务，单位，从哪年，到哪年。太长的请写短一些。"))
    months = [month for month in (one.from_month, one.to_month) if month]
    if not all(_MONTH.fullmatch(month) for month in months) or months != sorted(months):
        raise Refused(
            "mentoring.held_months", _("“%(post)s”的年月写得不对，请写成 1998-03 或者 1998。") % {"post": one.post}
        )


def require_cadre(facts: CadreFacts) -> None:
    if not facts.post.strip():
        raise Refused("mentoring.no_post", _("还没写岗位。写现在做什么，比如“村文书”。"))
    _require_short(facts.wishes)
    if len(facts.post) > _POST_LENGTH:
        raise Refused("mentoring.too_long", _("岗位太长了，请写短一些。"))
    if facts.since is not None and facts.since > clock.today():
        raise Refused("mentoring.since", _("任职的日子还没到。请核对一下。"))
    if facts.birth_year is not None and clock.today().year - facts.birth_year not in _AGES:
        raise Refused("mentoring.birth_year", _("出生年份不对（%(year)d），请核对。") % {"year": facts.birth_year})


def _require_short(*texts: str) -> None:
    if any(len(text) > WORDS_LENGTH for text in texts):
        raise Refused("mentoring.too_long", _("写得太长了，最多 %(most)d 个字。请写短一些。") % {"most": WORDS_LENGTH})


def require_active(subject: Listed) -> None:
    if not subject.active:
        raise Refused("mentoring.left", _("这个人已经不在册了。要再登记，请重新入册。"))


def require_unpaired(others: Sequence[str]) -> None:
    if others:
        told = _("还和%(names)s结着对。请先换导师，或者把这几对结束，再办。")
        raise Refused("mentoring.still_paired", told % {"names": "、".join(others[:5])})  # zh: between names


def require_reason(reason: str) -> str:
    kept = reason.strip()
    if not kept:
        raise Refused("mentoring.no_reason", _("请写一句为什么，比如“调到县里了”。"))
    return kept[:120]


def already_listed(name: str) -> Refused:
    told = _("%(name)s已经在册了。要改，请到他的档案里改。")
    return Refused("mentoring.already_listed", told % {"name": name})


def require_two(one_id: int, other_id: int) -> tuple[int, int]:
    if one_id == other_id:
        raise Refused("mentoring.avoids_himself", _("回避要写两个人。请换一个名字。"))
    return min(one_id, other_id), max(one_id, other_id)


def require_holding(avoidance: Avoidance) -> None:
    if avoidance.to_on is not None:
        raise Refused("mentoring.avoidance_lifted", _("这一条已经解除了。"))


def slots_in_words(slots: Iterable[str]) -> list[str]:
    """周六上午, as people say it, in the week's order."""
    chosen = set(slots)
    told = [{"day": DAYS[int(slot[0]) - 1], "part": PARTS[slot[1:]]} for slot in SLOTS if slot in chosen]
    return [gettext("%(day)s%(part)s") % one for one in told]
