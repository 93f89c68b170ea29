"""The author's word. Nobody settles their own answer."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.keys.sealing import seal
from xianglin.commons.notices.actions import no_longer_asked

from .. import queries, rules
from ..models import OPEN, WORKED_ON, Attempt, How, Matter, State, Word
from ..questions import SETTLED_OR_NOT, about
from .common import day_by_rule, leave_parent, move, run, tell_handler, tell_timeline


@action("matters.settle", subject=Matter)
def settle_matter(
    matter: Matter,
    *,
    actor: Actor,
    settled: bool,
    text: str = "",
    how: str = How.PAGE,
    key: UUID | None = None,
) -> Matter:
    """The author says 办好了 or 没解决 themselves, on a page or by SMS. After a closing without their word they may
    still say so.

    Who said 办好了 and finds that it was not may say 没解决 for as long as an answer waits for its author.
    """
    again = () if settled else (State.SETTLED,)
    rules.require_state(matter, State.ANSWERED, State.UNCONFIRMED, *again)
    if matter.state == State.SETTLED and day_by_rule(rules.WAITING_RULE, matter, matter.closed_on) < clock.today():
        raise Refused("matters.settled_long_ago", _("这件事办好有些日子了。又坏了，请重新说一句，这样日子从今天算起。"))
    rules.require_not_in_charge(matter, actor)  # who said it and has it too: somebody else asks
    if settled and actor.kind == "receipt":
        rules.require_receipt_from_another(matter)
    if settled and actor.kind == "phone":
        rules.require_phone_of_another(matter, actor)
    return _take_word(matter, actor, settled, text, rules.require_own(how))


@action("matters.note_word", subject=Matter)
def note_word(
    matter: Matter,
    *,
    actor: Actor,
    settled: bool,
    text: str = "",
    how: str = How.CALL,
    key: UUID | None = None,
) -> Matter:
    """The author's word, heard on the phone and noted by somebody else than the person in charge.

    A sample call (抽查回访) outranks what stood before, so it may also reopen a settled matter.
    """
    rules.require_heard(how)
    after = (State.SETTLED,) if how == How.SAMPLE else ()
    rules.require_state(matter, State.ANSWERED, State.UNCONFIRMED, *after)
    rules.require_not_in_charge(matter, actor)
    return _take_word(matter, actor, settled, text, how)


def _take_word(matter: Matter, actor: Actor, settled: bool, text: str, how: str) -> Matter:
    own = how in rules.OWN
    no_longer_asked(SETTLED_OR_NOT, about(matter))
    Word.objects.create(
        matter=matter,
        round=matter.round,
        settled=settled,
        how=how,
        text=seal(text.strip(), matter.author.key) if text.strip() else None,
        noted_by_id=None if own else actor.account_id,
        at=clock.now(),
    )
    matter.call_since = None
    verb = {How.PAGE: "{}", How.SMS: "sms_{}"}.get(How(how), "heard_{}")
    if settled:
        move(matter, State.SETTLED)
        tell_timeline(matter, verb.format("settled"), actor, author=own)
        return matter
    if how == How.SMS:
        matter.call_since = clock.now()  # two letters say little: somebody rings and asks what is still wrong
    return _reopen(matter, actor, verb.format("not_settled"), own)


def _reopen(matter: Matter, actor: Actor, verb: str, own: bool) -> Matter:
    """没解决: another round with the same person in charge, in the time that remained."""
    matter.round += 1
    leave_parent(matter)  # its author was not helped by the common answer: it goes its own way
    run(matter)
    move(matter, State.REOPENED)
    tell_timeline(matter, verb, actor, author=own)
    tell_handler(matter, "matters.not_settled", str(matter.round))
    return matter


@action("matters.note_attempt", subject=Matter)
def note_attempt(matter: Matter, *, actor: Actor, note: str, key: UUID | None = None) -> Attempt:
    """Somebody tried to reach the author (联系过，没联系上)."""
    rules.require_state(matter, State.ANSWERED)
    rules.require_not_in_charge(matter, actor)
    assert actor.account_id is not None  # only staff telephone
    attempt = Attempt.objects.create(
        matter=matter,
        round=matter.round,
        by_id=actor.account_id,
        note=rules.require_reason(note),
        at=clock.now(),
    )
    if matter.call_since is not None:
        matter.call_since = None
        matter.save(update_fields=["call_since"])
    tell_timeline(matter, "attempted", actor)
    return attempt


@action("matters.want_call", subject=Matter)
def want_call(matter: Matter, *, actor: Actor, key: UUID | None = None) -> Matter:
    """Its author wrote something that nobody could make anything of: somebody rings them (请打个电话)."""
    rules.require_state(matter, *OPEN)
    if matter.call_since is None:
        matter.call_since = clock.now()
        move(matter, matter.state)
        tell_timeline(matter, "sms_unclear", actor, author=True)
    return matter


@action("matters.note_call", subject=Matter)
def note_call(matter: Matter, *, actor: Actor, note: str, key: UUID | None = None) -> Matter:
    """Somebody rang the author and asked (打过电话了). It is no word of theirs: it settles nothing."""
    rules.require_state(matter, *WORKED_ON)
    told = rules.require_public(note, names=queries.author_names(matter))
    matter.call_since = None
    move(matter, matter.state)
    tell_timeline(matter, "called", actor, told)
    return matter


@action("matters.close_unconfirmed", subject=Matter)
def close_unconfirmed(matter: Matter, *, actor: Actor, key: UUID | None = None) -> Matter:
    """The waiting period passed and the author could not be reached: closed, counted apart, reopenable."""
    rules.require_state(matter, State.ANSWERED)
    rules.require_not_in_charge(matter, actor)
    if clock.today() <= matter.next_on:
        raise Refused(
            "matters.still_waiting", _("还在等提的人回话，过了 %(day)s 才能这样办。") % {"day": matter.next_on}
        )
    if not matter.attempts.filter(round=matter.round).exists():
        raise Refused("matters.nobody_called", _("还没有人联系过提的人。请先打个电话，记下来。"))
    move(matter, State.UNCONFIRMED)
    tell_timeline(matter, "unconfirmed", actor)
    return matter
