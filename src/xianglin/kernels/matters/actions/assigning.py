"""Sorting and handing out: kind and category at triage, the person in charge by the table of duties."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area

from .. import queries, rules
from ..models import TO_DO, WORKED_ON, Duty, Matter, State
from .common import leave_parent, move, run, tell_staff, tell_timeline


@action("matters.triage", subject=Matter)
def triage_matter(
    matter: Matter,
    *,
    actor: Actor,
    title: str,
    category: str,
    public: bool,
    kind: str = "",
    key: UUID | None = None,
) -> Matter:
    """Give it its public title, kind and category; the table of duties (责任分工表) then says who deals with it."""
    rules.require_state(matter, *TO_DO)
    matter.title, matter.first_title = rules.require_title(title, names=queries.author_names(matter)), None
    matter.category, matter.public = category, public
    if kind and kind != matter.kind:
        matter.kind, matter.rule_code = rules.require_kind(kind), rules.deadline_of(kind)
        matter.recompute()
    move(matter, matter.state)
    duty = queries.duty_for(matter)
    # A line whose holder has left: it waits for the receiving post to choose somebody.
    if matter.state == State.RECEIVED and duty and queries.may_own(matter, duty.account_id, duty.department):
        return assign_matter(matter, actor=actor, account_id=duty.account_id, department=duty.department)
    return matter


@action("matters.publish", subject=Matter)
def publish_matter(
    matter: Matter, *, actor: Actor, title: str, public: bool, reason: str = "", key: UUID | None = None
) -> Matter:
    """Put it on the public board, change its title there, or take it down. What stood there goes with a reason."""
    if matter.state in (State.QUARANTINED, State.WITHDRAWN):
        raise Refused("matters.not_for_the_board", _("撤回的、移交的，不能上公开栏。"))
    names = queries.author_names(matter)
    kept = rules.require_title(title, names=names)
    told = rules.require_public(reason, names=names) if reason.strip() else ""
    changes = matter.public and (kept != matter.title or not public)
    if changes and not told:
        raise Refused("matters.no_reason_to_change", _("公开过的，要改要撤，请写一句原因。"))
    verb = "published" if public and not matter.public else "retitled" if public else "unpublished"
    if (kept, public) != (matter.title, matter.public):
        matter.title, matter.first_title, matter.public = kept, None, public
        move(matter, matter.state)
        tell_timeline(matter, verb, actor, told)
    return matter


@action("matters.assign", subject=Matter)
def assign_matter(
    matter: Matter,
    *,
    actor: Actor,
    account_id: int | None = None,
    department: str = "",
    key: UUID | None = None,
) -> Matter:
    """Hand it to a person or a department (派件). The clock runs on from when the words were said."""
    rules.require_state(matter, State.RECEIVED, *WORKED_ON)
    if account_id is None and not department:
        raise Refused("matters.nobody_named", _("请选一个经办的人。"))
    if not queries.may_own(matter, account_id, department):
        raise Refused("matters.cannot_own", _("不能交到那里：他不在这里经办。请从名单里选一个人。"))
    _hand_to(matter, account_id, department)
    for child in matter.children.select_for_update().filter(state__in=TO_DO):
        with changing(child):
            _hand_to(child, account_id, department)
    matter.refresh_from_db()
    tell_timeline(matter, "assigned", actor, queries.owner_name(matter))
    told = [matter.handler] if matter.handler else rules.members_of(matter)
    tell_staff(matter, told, "matters.assigned", clock.now().isoformat())
    return matter


def _hand_to(matter: Matter, account_id: int | None, department: str) -> None:
    matter.handler_id, matter.department = account_id, department
    move(matter, State.ASSIGNED if matter.state == State.RECEIVED else matter.state)


@action("matters.take", subject=Matter)
def take_in_hand(matter: Matter, *, actor: Actor, key: UUID | None = None) -> Matter:
    """The person in charge begins (在办)."""
    rules.require_state(matter, State.ASSIGNED, State.REOPENED)
    if matter.handler_id is None:
        matter.handler_id = actor.account_id
    move(matter, State.IN_HAND)
    tell_timeline(matter, "taken", actor)
    return matter


@action("matters.bounce", subject=Matter)
def bounce_matter(matter: Matter, *, actor: Actor, reason: str, key: UUID | None = None) -> Matter:
    """Back to the receiving post (退回): not mine, and why. The clock does not stop for it."""
    rules.require_state(matter, *WORKED_ON)
    told = rules.require_reason(reason)
    leave_parent(matter)
    _hand_back(matter)
    for child in matter.children.select_for_update().filter(state__in=WORKED_ON):
        with changing(child):
            _hand_back(child)
    matter.refresh_from_db()
    tell_timeline(matter, "bounced", actor, told)
    return matter


def _hand_back(matter: Matter) -> None:
    matter.handler_id, matter.department = None, ""
    run(matter)  # it stood for a reason of whoever had it
    move(matter, State.RECEIVED)


@action("matters.set_duty")
def set_duty(area: Area, *, actor: Actor, category: str, account_id: int | None = None, department: str = "") -> Duty:
    """Write a line of the table of duties; the line it replaces ends today."""
    if account_id is None and not department:
        raise Refused("matters.nobody_named", _("请选一个经办的人。"))
    today = clock.today()
    Duty.objects.filter(area=area, category=category, to_on=None).update(to_on=today)
    return Duty.objects.create(
        area=area, category=category, account_id=account_id, department=department, from_on=today
    )
