"""Decisions without writing: relations between an actor and a subject, and what a grant must satisfy."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from xianglin.base.actor import NOBODY, Actor
from xianglin.base.refused import Refused
from xianglin.base.registry import Role
from xianglin.commons.areas.models import Area, Level

from .models import Account, Department, Grant

Relation = Callable[[Actor, Any], bool]
RELATIONS: dict[str, Relation] = {}


def relation(name: str) -> Callable[[Relation], Relation]:
    """Declare what ``when`` of a row may ask: ``fn(actor, subject) -> bool``."""

    def register(function: Relation) -> Relation:
        assert RELATIONS.get(name, function) is function, f"two relations named {name}"
        RELATIONS[name] = function
        return function

    return register


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, as the middleware found; nobody where it never ran."""
    actor: Actor = getattr(request, "actor", NOBODY)
    return actor


def place_of(subject: Any) -> Any:
    """What carries the subject's ancestor columns: an area, a row with InArea, or the area it points at."""
    if subject is None or hasattr(subject, "village_id"):
        return subject
    return getattr(subject, "area", None)


def contains(grant: Grant, subject: Any) -> bool:
    """Whether the grant's area is the subject's or above it. Nowhere lies in no area."""
    place = place_of(subject)
    if place is None:
        return False
    return bool(getattr(place, grant.area.column, None) == grant.area_id)


def scope_fits(scope: str, subject: Any) -> bool:
    """The civil-affairs office does not see unpaid wages: a subject's department or programme is the scope's.

    What has neither (a place) fits every scope.
    """
    if not scope:
        return True
    sort, _colon, key = scope.partition(":")
    if sort == "department":
        if not hasattr(subject, "department"):
            return True
        theirs = subject.department
        return bool(getattr(theirs, "key", theirs) == key)
    if not hasattr(subject, "kind"):
        return True
    return bool(subject.kind == key or str(subject.kind).startswith(f"{key}."))


def require_grantable(role: Role | None, account: Account, area: Area) -> None:
    """A grant names a known role, at one of its levels, for an account that logs in as the role demands."""
    if role is None:
        raise Refused("access.unknown_role", _("没有这个岗位。请从岗位清单里选。"))
    if role.levels and Level(area.level).name.lower() not in role.levels:
        raise Refused("access.wrong_level", _("这个岗位不设在这一级。请换一个地方，或换一个岗位。"))
    if role.login == "password" and account.by_phone:
        raise Refused("access.needs_password", _("这个岗位要用密码和验证器登录。请先给这个人开一个密码账号。"))
    if not account.is_active:
        raise Refused("access.account_closed", _("这个账号已经停用。请先开一个新账号。"))


def require_dates_in_order(from_on: dt.date, to_on: dt.date | None) -> None:
    if to_on is not None and to_on < from_on:
        raise Refused("access.dates", _("结束日期早于开始日期。请改一下日期。"))


def require_not_held(
    account: Account, role: str, area: Area, scope: str, from_on: dt.date, to_on: dt.date | None
) -> None:
    """Given twice for one day, a grant would go on when one of the two is ended."""
    same = Grant.objects.filter(account=account, role=role, area=area, scope=scope, ended_at=None)
    meets = same.filter(Q(to_on__isnull=True) | Q(to_on__gte=from_on))
    if (meets if to_on is None else meets.filter(from_on__lte=to_on)).exists():
        raise already_granted()


def already_granted() -> Refused:
    return Refused("access.already_granted", _("这个岗位已经给过了。请看一下现有的岗位。"))


def require_endable(grant: Grant, on: dt.date | None, today: dt.date) -> None:
    """An end is never set back: its holder may have acted on the days between."""
    if on is not None and on < today:
        raise Refused("access.end_in_past", _("结束日期不能早于今天。要马上结束，就不用填日期。"))
    if grant.ended_at is not None or (grant.to_on is not None and (on or today) > grant.to_on):
        raise Refused("access.already_ended", _("这个岗位到期更早。要延长，请另给一次。"))


def require_scope(scope: str, area: Area) -> None:
    """Nothing, a programme, or a department that the area's county has."""
    sort, _colon, key = scope.partition(":")
    if scope and (sort not in ("programme", "department") or not key):
        raise Refused("access.scope", _("范围写得不对。请选一个部门或一项工作。"))
    if sort == "department" and not Department.objects.filter(county_id=area.county_id, key=key).exists():
        raise Refused("access.unknown_department", _("本县没有这个部门。请先登记部门。"))


@relation("own_account")
def own_account(actor: Actor, subject: Any) -> bool:
    return isinstance(subject, Account) and actor.account_id == subject.pk
