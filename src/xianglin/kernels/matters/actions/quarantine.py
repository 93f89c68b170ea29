"""Accusations against persons (检举控告) are not handled here: one that came in is hidden, handed over, and purged."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.files.actions import forget_file
from xianglin.commons.keys.sealing import destroy, seal
from xianglin.commons.notices.actions import forget_replies

from .. import queries, rules
from ..models import TO_DO, Enclosure, Matter, State
from ..questions import SETTLED_OR_NOT
from .common import (
    HANDED_OVER,
    day_by_rule,
    forget_title,
    leave_parent,
    move,
    release_children,
    run,
    stop,
    tell_author,
    tell_staff,
    tell_timeline,
)


@action("matters.quarantine", subject=Matter)
def quarantine_matter(matter: Matter, *, actor: Actor, key: UUID | None = None) -> Matter:
    """It is an accusation: hidden at once from everyone it may be about. The town's inspector hands it over."""
    rules.require_state(matter, *TO_DO)
    stop(matter, HANDED_OVER)
    leave_parent(matter)
    release_children(matter, actor)
    matter.public, matter.title = False, ""  # what it says must not be read in any list
    move(matter, State.QUARANTINED)
    matter.steps.exclude(text="").update(text="")  # a title that somebody gave it, or a reason that quotes it
    forget_title(matter)
    tell_timeline(matter, "quarantined", actor)
    tell_staff(matter, queries.inspectors_of(matter), "matters.quarantined", str(matter.round))
    return matter


@action("matters.release", subject=Matter)
def release_matter(matter: Matter, *, actor: Actor, key: UUID | None = None) -> Matter:
    """It is no accusation after all (不是检举控告): back to the receiving post, with the time that remained."""
    rules.require_state(matter, State.QUARANTINED)
    if matter.purge_on is not None:
        raise Refused("matters.handed_over_already", _("这件已经移交过了，不用再记。"))
    begins = rules.first_title(queries.words_of(matter) or "", names=queries.author_names(matter))
    matter.first_title = seal(begins, matter.author.key) if begins else None
    matter.handler, matter.department = None, ""
    run(matter)
    move(matter, State.RECEIVED)
    tell_timeline(matter, "released", actor)
    return matter


@action("matters.hand_over", subject=Matter)
def hand_over_matter(matter: Matter, *, actor: Actor, to: str, key: UUID | None = None) -> Matter:
    """The inspector passed it on (移交), by the ways made for it: to whom, and when its words will be destroyed."""
    rules.require_state(matter, State.QUARANTINED)
    if matter.purge_on is not None:
        raise Refused("matters.handed_over_already", _("这件已经移交过了，不用再记。"))
    told = rules.require_public(to)
    matter.purge_on = day_by_rule("matters.purge", matter)
    move(matter, matter.state)
    tell_timeline(matter, "handed_over", actor, told)
    tell_author(matter, "matters.handed_over", "once")
    return matter


@action("matters.purge", subject=Matter)
def purge_matter(matter: Matter, *, actor: Actor, key: UUID | None = None) -> Matter:
    """Destroy the words of one that was handed over. That it came in, and when it went where, stays."""
    rules.require_state(matter, State.QUARANTINED)
    if matter.purge_on is None or clock.today() < matter.purge_on:
        raise Refused("matters.not_to_purge_yet", _("还没移交，或者还没到销毁的日子。"))
    matter.words = matter.transcript = matter.first_title = matter.name = matter.phone = None
    matter.voice_seconds = 0
    _purge_enclosures(matter)
    move(matter, matter.state)
    matter.author_words.update(text=None)
    forget_replies(SETTLED_OR_NOT, f"{matter.pk}:")
    if queries.said_nothing_else(matter):
        destroy(matter.author.key)  # the trail keeps ciphertext: without the key it is nothing
    tell_timeline(matter, "purged", actor)
    return matter


def _purge_enclosures(matter: Matter) -> None:
    """Recordings and pictures as the words: another part of the same question keeps its own."""
    for enclosure in matter.enclosures.select_related("file"):
        enclosure.delete()
        if not Enclosure.objects.filter(file=enclosure.file).exists():
            forget_file(enclosure.file)
