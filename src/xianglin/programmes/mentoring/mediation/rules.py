"""Decisions about mediations, without writing anything."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area

from ..enrolment.reading import phone
from ..teams.models import Member, Team, TeamKind
from .models import WHERE_LENGTH, End, Mediation, Sort

FOLLOW_DAYS = 30
PARTIES = range(2, 11)
NAME_LENGTH = 40
SAID_LENGTH = 4000
AGREEMENT_LENGTH = 4000
_APART = re.compile(r"[,，、;；\s]+")  # zh: between a name and a telephone


@dataclass(frozen=True)
class Side:
    """当事人: a person, or a firm by whoever speaks for it."""

    name: str
    phone: str = ""


@dataclass(frozen=True)
class Dispute:
    """``mediators``: accounts of the team who work on it besides the one who opens it."""

    place: Area
    sort: str
    sides: tuple[Side, ...]
    mediators: tuple[int, ...] = ()
    matter_id: int | None = None


@dataclass(frozen=True)
class Outcome:
    outcome: str
    agreement: str = ""
    referred_to: str = ""


def case_of(subject: Any) -> Mediation | None:
    return subject if isinstance(subject, Mediation) else None


def is_mediators(team: Team) -> bool:
    return team.kind == TeamKind.MEDIATORS


def works_on(actor: Actor, case: Mediation) -> bool:
    """One of its mediators, as long as they are in its team."""
    if actor.account_id is None:
        return False
    here = Member.objects.filter(team_id=case.team_id, account_id=actor.account_id, to_on=None).exists()
    return here and case.mediators.filter(account_id=actor.account_id).exists()


def read_sides(typed: str) -> tuple[Side, ...]:
    """A line a side: name, and a telephone where there is one."""
    found = []
    for line in (line.strip() for line in typed.splitlines()):
        if line:
            name, *rest = _APART.split(line, maxsplit=1)
            found.append(Side(name, rest[0] if rest else ""))
    return tuple(found)


def require_dispute(team: Team, dispute: Dispute, members: set[int]) -> tuple[Side, ...]:
    if not is_mediators(team):
        raise Refused("mentoring.no_mediators", _("只有矛盾调解员的队伍才调解。请到那支队伍里记。"))
    if getattr(dispute.place, team.area.column) != team.area_id:
        raise Refused("mentoring.case_place", _("那里不在这支队伍的地方。请写本镇、本县的村名或镇名。"))
    if dispute.sort not in Sort.values:
        raise Refused("mentoring.case_sort", _("请选是哪一类纠纷。"))
    if not set(dispute.mediators) <= members:
        raise Refused("mentoring.case_people", _("一起调解的人要在队里。请重新勾。"))
    if len(dispute.sides) not in PARTIES:
        raise Refused("mentoring.case_sides", _("当事人写两个以上，一行一个：姓名，电话可以没有。"))
    return tuple(_side(one) for one in dispute.sides)


def _side(side: Side) -> Side:
    name = side.name.strip()
    if not name or len(name) > NAME_LENGTH:
        raise Refused("mentoring.case_sides", _("当事人的姓名写得不对。一行一个：姓名，电话可以没有。"))
    try:
        return Side(name, phone(side.phone))
    except Refused:
        told = _("%(name)s的手机号写得不对。改成 11 位，或者不写。")
        raise Refused("mentoring.case_sides", told % {"name": name}) from None


def require_open(case: Mediation) -> None:
    if not case.open:
        raise Refused("mentoring.case_closed", _("这件调解已经有结果了。又吵起来的，请另记一件。"))


def require_session(case: Mediation, on: dt.date, said: str) -> str:
    require_open(case)
    if on > clock.today():
        raise Refused("mentoring.session_day", _("日子还没到。请核对一下。"))
    kept = said.strip()
    if not kept or len(kept) > SAID_LENGTH:
        raise Refused("mentoring.session_said", _("请写谈了什么，最多 %(most)d 个字。") % {"most": SAID_LENGTH})
    return kept


def require_outcome(case: Mediation, end: Outcome) -> Outcome:
    """Settled: with what both agreed to. Referred: where to."""
    require_open(case)
    if end.outcome not in End.values:
        raise Refused("mentoring.case_outcome", _("请选调成、没调成还是转走。"))
    agreement, where = end.agreement.strip(), end.referred_to.strip()
    if end.outcome == End.SETTLED and not 0 < len(agreement) <= AGREEMENT_LENGTH:
        told = _("调成了，请写双方答应了什么，最多 %(most)d 个字。")
        raise Refused("mentoring.case_agreement", told % {"most": AGREEMENT_LENGTH})
    if end.outcome == End.REFERRED and not 0 < len(where) <= WHERE_LENGTH:
        raise Refused("mentoring.case_referred", _("请写转到哪里，比如“镇司法所”。"))
    settled, referred = end.outcome == End.SETTLED, end.outcome == End.REFERRED
    return Outcome(end.outcome, agreement if settled else "", where if referred else "")


def is_due(case: Mediation) -> bool:
    """Whether it is to be asked after now."""
    return case.kept is None and case.follow_on is not None and case.follow_on <= clock.today()


def require_to_follow(case: Mediation) -> None:
    if case.follow_on is None:
        raise Refused("mentoring.case_not_settled", _("没有调成的，不用回访。"))
    if case.kept is not None:
        raise Refused("mentoring.case_followed", _("已经回访过了。"))
    if clock.today() < case.follow_on:
        raise Refused("mentoring.case_too_soon", _("满 30 天再回访，才看得出有没有做到。"))
