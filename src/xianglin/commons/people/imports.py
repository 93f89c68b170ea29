"""A village's list of households (户册), with the headers that villages really use."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.exchange.cleaners import text
from xianglin.commons.exchange.tables import Column, ImportRow, ImportTable

from . import actions
from .models import GROUP_LENGTH, NUMBER_LENGTH, Household
from .rules import NAME_LENGTH

_PHONE_LENGTH = 30


def number(cell: str) -> str:
    """Excel turns 12 into 12.0."""
    return text(NUMBER_LENGTH)(cell.strip().removesuffix(".0"))


def apply(row: ImportRow, *, area: Area, actor: Actor) -> Household:
    door = actions.Door(row["number"], row["name"], row.get("group") or "", row.get("phone") or "")
    return actions.note_household(area, actor=actor, door=door)


# zh: the headers of the lists that villages have
TABLES = [
    ImportTable(
        key="households",
        label=_("户册"),
        columns=(
            Column("number", _("户号"), ("门牌号", "门牌", "户编号", "门牌号码", "房号"), True, number),
            Column(
                "group",
                _("村民小组"),
                ("组", "自然村", "组/自然村", "小组", "组别", "村组", "片组", "所属组"),
                False,
                text(GROUP_LENGTH),
            ),
            Column("name", _("户主"), ("户主姓名", "姓名", "户主名字"), True, text(NAME_LENGTH)),
            Column("phone", _("电话"), ("联系电话", "手机", "手机号", "手机号码"), False, text(_PHONE_LENGTH)),
        ),
        identity=("number",),
        action="people.note_household",
        apply=apply,
        content=("name",),
        local=True,
        changed=_("这个户号以前导过，户主不一样，这次没有改。要是另一户，请给它另一个号"),
    )
]
