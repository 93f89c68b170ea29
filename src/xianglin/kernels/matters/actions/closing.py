"""Ways out other than an answer, each with a reason that its author reads."""

from uuid import UUID

from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.commons.notices.actions import no_longer_asked

from .. import queries, rules
from ..models import OPEN, TO_DO, Matter, State
from ..questions import SETTLED_OR_NOT, about
from .common import WITHDRAWN, move, release_children, stop, tell_author, tell_timeline


@action("matters.reject", subject=Matter)
def reject_matter(matter: Matter, *, actor: Actor, reason: str, key: UUID | None = None) -> Matter:
    """Not taken (不受理), with the reason."""
    return _end(matter, actor, State.REJECTED, "rejected", reason)


@action("matters.transfer", subject=Matter)
def transfer_matter(matter: Matter, *, actor: Actor, to: str, reason: str, key: UUID | None = None) -> Matter:
    """Handed to somebody outside the platform (转出): to whom, and why."""
    return _end(
        matter,
        actor,
        State.TRANSFERRED,
        "transferred",
        f"{rules.require_reason(to)}：{rules.require_reason(reason)}",  # zh: joins two stored texts
    )


def _end(matter: Matter, actor: Actor, state: str, verb: str, reason: str) -> Matter:
    rules.require_state(matter, *TO_DO)
    told = rules.require_public(reason, names=queries.author_names(matter))
    stop(matter, told)
    release_children(matter, actor)
    move(matter, state)
    tell_timeline(matter, verb, actor, told)
    tell_author(matter, f"matters.{verb}", str(matter.round), reason=told)
    return matter


@action("matters.withdraw", subject=Matter)
def withdraw_matter(matter: Matter, *, actor: Actor, key: UUID | None = None) -> Matter:
    """Its author takes it back (撤回)."""
    rules.require_state(matter, *OPEN)
    rules.require_not_in_charge(matter, actor)
    if actor.kind == "receipt":
        rules.require_receipt_from_another(matter)
    no_longer_asked(SETTLED_OR_NOT, about(matter))
    stop(matter, WITHDRAWN)
    matter.public = False
    release_children(matter, actor)
    move(matter, State.WITHDRAWN)
    tell_timeline(matter, "withdrawn", actor, author=True)
    return matter
