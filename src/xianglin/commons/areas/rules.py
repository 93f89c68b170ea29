"""Decisions about codes, levels and what an import found."""

import datetime as dt
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from xianglin.base.refused import Refused
from xianglin.base.registry import PROGRAMMES, Text

from .models import Area, Level, ProgrammeOn

# The official code grows by level: 33, 3305, 330523, 330523103, 330523103202.
LEVEL_BY_LENGTH: Final = {
    2: Level.PROVINCE,
    4: Level.CITY,
    6: Level.COUNTY,
    9: Level.TOWN,
    12: Level.VILLAGE,
}

_WARNINGS: Final = {
    "prefix": _("%(code)s %(name)s 的代码不以上级代码 %(parent)s 开头，请核对"),
    "parent": _("%(code)s %(name)s 的上级代码“%(parent)s”查不到，这一行没有导入"),
    "blank": _("第 %(row)s 行缺代码或名称，没有导入"),
    "long": _("%(code)s %(name)s 的代码或名称过长，没有导入"),
    "level": _("%(code)s %(name)s 不能放在 %(parent)s 下面，没有导入"),
    "twice": _("%(code)s 出现两次，名称或上级不同，只用了第一次的 %(name)s"),
    "namesake": _("%(parent)s 下面有两个%(name)s，请核对"),
    "moved": _("%(code)s %(name)s 的上级变成了 %(parent)s；撤并要停用旧的、启用新代码，这里没有改动"),
    "outside": _("%(code)s %(name)s 不在您的辖区里，没有导入"),
    "missing": _("%(code)s %(name)s 不在这份名单里"),
    "kept": _("%(code)s %(name)s 下面还有区划在用，没有停用"),
}


def warning_text(warning: dict[str, Any]) -> str:
    """The sentence of a warning that an import stored as ``{"kind": …, "code": …}``."""
    return str(_WARNINGS[warning["kind"]] % warning)


def code_forms(code: str) -> tuple[str, ...]:
    """A code as typed, then without the zeros that fill it up: 330523000000 → 330523000 → 330523.

    The whole code comes first, because 441900 (东莞) is a county of its own and not 4419.
    """
    forms = [code]
    if code.isdigit():
        for long, short in ((12, 9), (9, 6), (6, 4), (4, 2)):
            if len(forms[-1]) == long and set(forms[-1][short:]) == {"0"}:
                forms.append(forms[-1][:short])
    return tuple(forms)


def level_under(code: str, parent_level: int | None) -> int | None:
    """The level of a new area: by the official length where that fits, else one below its parent."""
    official = LEVEL_BY_LENGTH.get(len(code)) if code.isdigit() else None
    if official is not None and (parent_level is None or official > parent_level):
        return official
    if parent_level is None or parent_level >= Level.GRID:
        return None
    return parent_level + 1


def require_programme(programme: str) -> None:
    if programme not in PROGRAMMES:
        raise Refused("areas.no_such_programme", _("没有这个项目，请从列表里选"), programme=programme)


def require_county(area: Area | None) -> Area:
    if area is None or area.level != Level.COUNTY:
        raise Refused("areas.not_a_county", _("项目按县开通，请先选一个县（市、区）"))
    require_current(area)
    return area


def require_current(area: Area) -> None:
    if not area.is_current:
        raise Refused("areas.closed", _("这个区划已经停用，请选现在的"), area=area.code)


def require_closing_day(area: Area, day: dt.date, today: dt.date) -> dt.date:
    """Not ahead of time: an area with an end is no longer offered anywhere."""
    if day > today or (area.valid_from is not None and day < area.valid_from):
        raise Refused("areas.wrong_day", _("停用日期要在启用之后，最晚是今天"), area=area.code)
    return day


def require_successor(area: Area, successor: Area) -> None:
    require_current(successor)
    if successor.pk == area.pk or successor.level != area.level:
        raise Refused("areas.wrong_successor", _("接替的区划要另选一个，级别相同"), area=area.code)


def require_free_from(day: dt.date, latest: ProgrammeOn | None) -> None:
    if latest is not None and latest.to_on is None:
        raise Refused("areas.already_on", _("这个项目在本县已经开通，不用再开"))
    if latest is not None and latest.to_on is not None and day < latest.to_on:
        raise Refused("areas.periods_overlap", _("这个项目到 %(day)s 才停用，请选这天或以后") % {"day": latest.to_on})


def require_running(running: ProgrammeOn | None, day: dt.date) -> ProgrammeOn:
    if running is None:
        raise Refused("areas.not_on", _("这个项目在本县没有开通，不用停用"))
    if day < running.from_on:
        raise Refused("areas.not_on", _("这个项目从 %(day)s 才开通，请选这天或以后") % {"day": running.from_on})
    return running


def monthly_title(area: Area, period: str, label: Text) -> str:
    """玉华村 2022年5月 村情发布稿, of a month ("2022-05"). Stored, so Chinese whatever its writer reads."""
    year, month = period.split("-")
    with override(settings.LANGUAGE_CODE):
        return f"{area.name} {int(year)}年{int(month)}月 {label}"  # zh: a stored title, broken at its spaces
