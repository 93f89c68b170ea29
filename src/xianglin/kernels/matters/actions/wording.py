"""What somebody else wrote down of the author's words, and the author's own say on it."""

from uuid import UUID

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.commons.keys.sealing import seal

from .. import queries, rules
from ..models import Matter
from .common import move, tell_author, tell_handler, tell_timeline


@action("matters.transcribe", subject=Matter)
def transcribe_words(matter: Matter, *, actor: Actor, text: str, key: UUID | None = None) -> Matter:
    """Write down what the recording says (转写), or what somebody said on the telephone who asked to be rung, word by
    word. Until its author has read it, it is marked as unread."""
    rules.require_transcribable(matter)
    matter.transcript = seal(rules.require_words(text), matter.author.key)
    matter.transcribed_by_id = actor.account_id
    matter.call_since = None if matter.dictated else matter.call_since  # rung, and written down
    _propose_title(matter)
    move(matter, matter.state)
    tell_timeline(matter, "transcribed", actor)
    tell_author(matter, "matters.transcribed", clock.now().isoformat())
    return matter


@action("matters.confirm_words", subject=Matter)
def confirm_words(matter: Matter, *, actor: Actor, text: str, key: UUID | None = None) -> Matter:
    """Its author read what was written down (确认原话): it is right, or becomes so."""
    rules.require_unconfirmed(matter)
    rules.require_not_writer(matter, actor)
    kept = rules.require_words(text)
    put_right = kept != queries.to_confirm(matter)
    if put_right:
        sealed = seal(kept, matter.author.key)
        if matter.transcript is not None:
            matter.transcript = sealed
        else:
            matter.words = sealed
        _propose_title(matter)
    matter.confirmed_at = clock.now()
    move(matter, matter.state)
    tell_timeline(matter, "put_right" if put_right else "confirmed", actor, author=True)
    if put_right:
        tell_handler(matter, "matters.put_right", "once")
    return matter


def _propose_title(matter: Matter) -> None:
    """While nobody has checked a title, it is what the words begin with."""
    if not matter.title:
        begins = rules.first_title(queries.words_of(matter) or "", names=queries.author_names(matter))
        matter.first_title = seal(begins, matter.author.key) if begins else None
