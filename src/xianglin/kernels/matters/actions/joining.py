"""Duplicates under a parent or told apart, and a question split into its parts."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock, hooks
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area

from .. import likeness, queries, rules
from ..models import TO_DO, WORKED_ON, Apart, Enclosure, Matter, State
from .common import leave_parent, move, run, tell_timeline
from .raising import _next_serial, _save_new


@action("matters.link", subject=Matter)
def link_duplicate(matter: Matter, *, actor: Actor, parent_id: int, key: UUID | None = None) -> Matter:
    """The same thing was said before (是同一件): each author keeps their own words and hears of the answer."""
    rules.require_state(matter, *TO_DO)
    parent = Matter.objects.select_for_update().filter(pk=parent_id, county_id=matter.county_id).first()
    if parent is not None and not hooks.may(actor, "matters.link", parent):
        parent = None  # another village's matter is not theirs to know
    if parent is None or parent.pk == matter.pk or parent.parent_id is not None or matter.child_count:
        raise Refused("matters.no_such_parent", _("不能并到这一件。请选一件本身没有并到别处的事。"))
    # Two that nobody has yet may be one; what somebody has is not put below what nobody has.
    rules.require_state(parent, *WORKED_ON, *((State.RECEIVED,) if matter.state == State.RECEIVED else ()))
    if matter.parent_id is not None:
        raise Refused("matters.linked_already", _("这件事已经并过了。要改，请先拆开。"))
    matter.parent = parent
    matter.handler_id, matter.department = parent.handler_id, parent.department
    move(matter, parent.state)  # the parent takes the earliest due date
    # Its author reads this: a title that nobody has checked yet may hold another author's words.
    tell_timeline(matter, "linked", actor, parent.title if parent.public else parent.slip)
    return matter


@action("matters.unlink", subject=Matter)
def unlink_duplicate(matter: Matter, *, actor: Actor, key: UUID | None = None) -> Matter:
    """Not the same after all (不是同一件，拆开): it stands on its own with its own due date."""
    if matter.parent_id is None:
        raise Refused("matters.not_linked", _("这件事没有并到别处，不用拆。"))
    leave_parent(matter)
    tell_timeline(matter, "unlinked", actor)
    return matter


@action("matters.tell_apart", subject=Matter)
def tell_apart(matter: Matter, *, actor: Actor, other_id: int, key: UUID | None = None) -> Matter:
    """Looked at side by side, they are two (不是一件事): not proposed as one again, until ``ask_again``."""
    one, other = _both(matter, other_id, actor)
    if one.parent_id == other.pk or other.parent_id == one.pk:
        raise Refused("matters.linked_already", _("这两件现在并在一起办。要分开，请先拆开。"))
    if not likeness.told_apart(one, other).exists():
        assert actor.account_id is not None  # only receiving posts do it
        row = Apart(one=one, other=other, by_id=actor.account_id, at=clock.now())
        with changing(row):
            row.save()
    return matter


@action("matters.ask_again", subject=Matter)
def ask_again(matter: Matter, *, actor: Actor, other_id: int, key: UUID | None = None) -> Matter:
    """Perhaps they are one after all (再看看): a pair that was told apart is proposed again."""
    standing = likeness.told_apart(*_both(matter, other_id, actor)).select_for_update().first()
    if standing is None:
        raise Refused("matters.not_told_apart", _("这两件没有记过“不是一件事”，不用撤销。"))
    with changing(standing):
        standing.withdrawn_at = clock.now()
        standing.save(update_fields=["withdrawn_at"])
    return matter


def _both(matter: Matter, other_id: int, actor: Actor) -> tuple[Matter, Matter]:
    """The two that somebody compares, by number; the other is theirs to link too."""
    other = Matter.objects.filter(pk=other_id, county_id=matter.county_id).exclude(pk=matter.pk).first()
    if other is None or not hooks.may(actor, "matters.tell_apart", other):
        raise Refused("matters.no_such_pair", _("没有这样的两件事可以比。请从清单里选一对。"))
    return (matter, other) if matter.pk < other.pk else (other, matter)


@action("matters.split", subject=Matter)
def split_matter(matter: Matter, *, actor: Actor, titles: Sequence[str], key: UUID | None = None) -> Matter:
    """A question with several parts (拆成几件): this one keeps the first title, each other part becomes its own."""
    rules.require_state(matter, *TO_DO)
    names = queries.author_names(matter)
    kept = [rules.require_title(t, names=names) for t in titles if t.strip()]
    if len(kept) < 2:
        raise Refused("matters.nothing_to_split", _("至少写两件，每件一个标题。"))
    matter.title, matter.first_title = kept[0], None
    move(matter, matter.state)
    for title in kept[1:]:
        _part(matter, matter.area, title, actor)
    tell_timeline(matter, "split", actor, "；".join(kept))  # zh: a list of titles
    return matter


def _part(whole: Matter, area: Area, title: str, actor: Actor) -> None:
    part = Matter.objects.get(pk=whole.pk)
    part.pk = None
    part._state.adding = True
    part.serial, part.title, part.external = _next_serial(area), title, ""
    # Every part hangs on the first whole: its receipt speaks for all of them.
    part.split_from_id, part.child_count, part.parent = whole.split_from_id or whole.pk, 0, None
    part.handler_id, part.department = None, ""
    part.round, part.answer, part.answered_on = 1, "", None
    run(part)
    with changing(part):
        _save_new(part)
    for enclosed in whole.enclosures.order_by("order", "pk"):
        own = Enclosure(matter=part, file_id=enclosed.file_id, order=enclosed.order)
        with changing(own):
            own.save()
    tell_timeline(part, "split_off", actor, whole.slip)
