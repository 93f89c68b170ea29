"""Reads: the cases of a place and one's own, and a case for whoever may know who the sides are."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import in_area
from xianglin.commons.keys.sealing import open_all
from xianglin.kernels.matters.models import Matter

from ..teams.models import Heard, Member, Team
from .models import Mediation, Session
from .rules import Side

_MOST = 50


def cases(area: Area, *, closed: bool = False) -> QuerySet[Mediation]:
    rows = in_area(Mediation.objects.all(), area)
    rows = rows.exclude(outcome="") if closed else rows.filter(outcome="")
    return rows.select_related("area", "team").order_by("pk")


def own_cases(account_id: int | None) -> QuerySet[Mediation]:
    """Those that somebody works on, in teams that they are in; to be looked after first, then the newest."""
    mine = Member.objects.filter(account_id=account_id or 0, to_on=None)
    rows = Mediation.objects.filter(mediators__account_id=account_id or 0, team_id__in=mine.values("team_id"))
    return rows.select_related("area", "team").order_by("-pk")


def to_follow(account_id: int | None) -> QuerySet[Mediation]:
    """Settled thirty days ago or longer, and nobody has asked since."""
    return own_cases(account_id).filter(kept=None, follow_on__lte=clock.today())


@dataclass(frozen=True)
class Opened:
    """A case; for whoever may not read it without the sides, what was said, and what they agreed to."""

    case: Mediation
    reads: bool


def case_for(actor: Actor, pk: int) -> Opened | None:
    rows = Mediation.objects.select_related("area", "team__area", "key", "matter__area")
    case = rows.filter(pk=pk).first()
    if case is None:
        return None
    reads = hooks.may(actor, "mentoring.see_mediation", case)
    return Opened(case, reads) if reads or hooks.may(actor, "indicators.see", case) else None


def sides(case: Mediation) -> list[Side]:
    rows = list(case.parties.order_by("order"))
    opened = open_all([value for row in rows for value in (row.name, row.phone)])
    return [Side(name or "", phone or "") for name, phone in zip(opened[::2], opened[1::2], strict=True)]


def sessions(case: Mediation) -> Sequence[tuple[Session, str]]:
    rows = list(case.sessions.select_related("by").order_by("on", "pk"))
    return [(row, said or "") for row, said in zip(rows, open_all([row.said for row in rows]), strict=True)]


def agreement(case: Mediation) -> str:
    return open_all([case.agreement])[0] or ""


def mediators(case: Mediation) -> list[Account]:
    return [row.account for row in case.mediators.select_related("account").order_by("pk")]


def others(case: Mediation) -> list[Member]:
    """Of the team, who does not work on it yet."""
    here = Member.objects.filter(team_id=case.team_id, to_on=None).select_related("account")
    return list(here.exclude(account_id__in=case.mediators.values("account_id")).order_by("pk"))


def matters_to_link(team: Team) -> list[Matter]:
    """What teams of the same place heard and raised lately."""
    heard = Heard.objects.filter(outing__team__area_id=team.area_id, matter__isnull=False)
    rows = Matter.objects.filter(pk__in=heard.order_by("-pk").values("matter_id"))
    return list(rows.select_related("area").defer("words", "transcript").order_by("-pk")[:_MOST])


def matter_to_link(team: Team, pk: int) -> Matter:
    found = next((one for one in matters_to_link(team) if one.pk == pk), None)
    if found is None:
        raise Refused("mentoring.case_matter", _("这件事项不在队伍转出来的里面。请重新选，或者不选。"))
    return found
