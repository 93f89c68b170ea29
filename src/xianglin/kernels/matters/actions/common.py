"""What the verbs share: saving with the open flag in step, a line in the timeline, telling the author."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_noop

from xianglin.base import clock, events, hooks
from xianglin.base.action import changing
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.commons.deadlines import almanacs
from xianglin.commons.deadlines.rules import due_of, places_of

from ..events import CHANGED
from ..models import OPEN, WORKED_ON, Matter, State, Step
from ..notice_templates import TEMPLATES

AUTHOR = gettext_noop("提的人")
PLATFORM = gettext_noop("平台")
# Why a clock stands, where nobody wrote a reason.
WAITING_FOR_WORD = gettext_noop("等提的人回话")
WITHDRAWN = gettext_noop("提的人撤回了")
HANDED_OVER = gettext_noop("另行移交")


def move(matter: Matter, state: str) -> None:
    """Put the matter into a state and save it whole; ``open`` and the day that orders lists follow the state."""
    matter.state = state
    matter.open = state in OPEN
    stands = state in WORKED_ON and matter.clock_stopped_on is not None
    if state != State.DEFERRED and not stands:
        matter.review_on = None
    if matter.open:
        matter.closed_on = None
        matter.set_next()
    elif matter.closed_on is None:
        matter.closed_on = clock.today()
    if not matter.open:
        matter.call_since = None
    matter.save()
    events.announce(CHANGED, row=matter)
    if matter.parent_id is not None:
        recount(matter.parent_id)


def recount(parent_id: int) -> None:
    """A parent's number of duplicates, and its day: the earliest of its own and theirs."""
    parent = Matter.objects.select_for_update().get(pk=parent_id)
    before = (parent.child_count, parent.next_on)
    with changing(parent):
        parent.child_count = parent.children.count()
        parent.set_next()
        if before != (parent.child_count, parent.next_on):
            parent.save(update_fields=["child_count", "next_on"])


def leave_parent(matter: Matter) -> None:
    """It goes its own way again; what it was linked to is counted without it."""
    if matter.parent_id is None:
        return
    left, matter.parent = matter.parent_id, None
    matter.save(update_fields=["parent"])
    events.announce(CHANGED, row=matter)
    recount(left)


def release_children(matter: Matter, actor: Actor) -> None:
    """A parent that ends without a common answer lets its open duplicates go: each is answered for itself."""
    for child in matter.children.select_for_update().filter(open=True):
        with changing(child):
            child.parent = None
            child.save(update_fields=["parent"])
        events.announce(CHANGED, row=child)
        tell_timeline(child, "unlinked", actor)
    matter.child_count = matter.children.count()


def stop(matter: Matter, reason: str) -> None:
    """Stop the clock unless it stands already: every way out of work stops it exactly once."""
    if matter.clock_stopped_on is None:
        matter.stop_clock(clock.today(), reason)


def run(matter: Matter) -> None:
    """Let the clock run on with what remains, unless it runs."""
    if matter.clock_stopped_on is not None:
        matter.resume_clock(clock.today())


def tell_timeline(matter: Matter, verb: str, actor: Actor, text: str = "", *, author: bool = False) -> None:
    who = AUTHOR if author else actor.name or PLATFORM
    Step.objects.create(matter=matter, verb=verb, who=who, text=text, at=clock.now())


def day_by_rule(code: str, matter: Matter, start: dt.date | None = None) -> dt.date:
    """The day that a period starting today (or on ``start``) ends, by the rule of the matter's place."""
    almanac, first = almanacs.current(), start or clock.today()
    rule = almanac.rule_for(code, first, places_of(matter))
    due_on = due_of(rule, first, almanac, ()).due_on
    assert due_on is not None  # nothing pauses it
    return due_on


def tell_author(matter: Matter, template: str, dedupe: str, *, about: str = "", **variables: str) -> None:
    """Queue a notice to the author, where there is a way to reach them. ``about``: what its question is about."""
    phone = matter.phone or ""
    if matter.author_account_id or phone:
        hooks.tell(
            template,
            account=matter.author_account,
            phone=phone,
            county_id=matter.county_id or 0,
            variables=_told(matter, "matters:own") | variables,
            dedupe=f"{template}:{matter.pk}:{dedupe}",
            about=about,
        )


def tell_handler(matter: Matter, template: str, dedupe: str) -> None:
    if matter.handler is not None:
        tell_staff(matter, [matter.handler], template, dedupe)


def tell_staff(matter: Matter, accounts: Iterable[Account], template: str, dedupe: str) -> None:
    for account in accounts:
        hooks.tell(
            template,
            account=account,
            county_id=matter.county_id or 0,
            variables=_told(matter, "matters:matter"),
            dedupe=f"{template}:{matter.pk}:{dedupe}:{account.pk}",
        )


def forget_title(matter: Matter) -> None:
    """Notices that named it name it no more."""
    hooks.retell([f"{t.key}:{matter.pk}:" for t in TEMPLATES], {"title": matter.called})


def _told(matter: Matter, page: str) -> dict[str, str]:
    return {"slip": matter.slip, "title": matter.called, "link": reverse(page, args=[matter.pk])}
