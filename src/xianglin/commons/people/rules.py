"""Decisions about households: what a list must say of one, and in which order doors stand."""

import re

from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area

from .models import GROUP_LENGTH, NUMBER_LENGTH

NAME_LENGTH = 40
_DIGITS = 4  # four times as long at most, where every character is a digit of its own


def require_village(area: Area) -> None:
    if area.village_id is None:
        raise Refused("people.no_village", _("户册是一个村一份。请先选到村，再导入。"))


def require_door(number: str, group: str, name: str) -> tuple[str, str, str]:
    """The three as they are kept: without spaces, not empty where they must not be, and not too long."""
    kept = ("".join(number.split()), " ".join(group.split()), " ".join(name.split()))
    if not kept[0]:
        raise Refused("people.no_number", _("这一户还没有户号。写门牌号也行，比如“上坞12号”。"))
    if not kept[2]:
        raise Refused("people.no_householder", _("户主还没写。写家里当家的那个人的姓名。"))
    for text, most in zip(kept, (NUMBER_LENGTH, GROUP_LENGTH, NAME_LENGTH), strict=True):
        if len(text) > most:
            raise Refused("people.too_long", _("“%(text)s”太长了，最多 %(most)d 个字。") % {"text": text, "most": most})
    return kept


def in_order(number: str) -> str:
    """What puts 9号 before 10号, and 12-1 right behind 12."""
    return re.sub(r"[0-9]+", lambda digits: digits.group().zfill(_DIGITS), number)
