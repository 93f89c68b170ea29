"""Who wants to speak: in order, or written down."""

from uuid import UUID

from django.db import IntegrityError, transaction

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.commons.keys.sealing import seal

from .. import rules
from ..models import Gathering, State, Turn, Way


@action("gatherings.queue", subject=Gathering)
def queue_speaker(
    gathering: Gathering, *, actor: Actor, name: str, way: str = Way.STANDING, words: str = "", key: UUID | None = None
) -> Turn:
    """Somebody stands up, or hands in a slip: next in order."""
    rules.require_state(gathering, State.RUNNING)
    if way != Way.STANDING:
        rules.require_words(words)
    return _queue(gathering, name, words, way)


def _queue(gathering: Gathering, name: str, words: str, way: str, token: UUID | None = None) -> Turn:
    key = gathering.key
    turn = Turn(gathering=gathering, way=way, at=clock.now())
    turn.name = seal(name.strip(), key) if name.strip() else None
    turn.words = seal(words.strip(), key) if words.strip() else None
    if token is not None:
        turn.token = token
    turn.save(force_insert=True)
    return turn


def hand_in(gathering: Gathering, *, token: UUID, words: str, name: str = "") -> Turn:
    """What somebody wrote on their phone in the hall. Stored first, one row and no more, so that two hundred phones at
    once all get through; it becomes a change when the recorder takes it down. The same token is stored once."""
    rules.require_state(gathering, State.RUNNING)
    kept = rules.require_words(words)
    rules.require_room(gathering)
    try:
        with transaction.atomic():
            return _queue(gathering, name, kept, Way.SCREEN, token)
    except IntegrityError:
        return Turn.objects.get(token=token, gathering=gathering)


@action("gatherings.take", subject=Turn)
def take_turn(turn: Turn, *, actor: Actor, key: UUID | None = None) -> Turn:
    """It was said and taken down; called by the room that keeps what was said."""
    _require_waiting(turn)
    turn.state = Turn.State.TAKEN
    turn.save(update_fields=["state"])
    return turn


@action("gatherings.leave", subject=Turn)
def leave_turn(turn: Turn, *, actor: Actor, note: str, key: UUID | None = None) -> Turn:
    """Who waited speaks no more (不说了), and why. Only who stands: what was written down is never set aside."""
    _require_waiting(turn)
    rules.require_not_written(turn)
    turn.state, turn.note = Turn.State.LEFT, rules.require_public(note)
    turn.save(update_fields=["state", "note"])
    return turn


def _require_waiting(turn: Turn) -> None:
    rules.require_state(Gathering.objects.select_for_update().get(pk=turn.gathering_id), State.RUNNING)
    rules.require_turn_waits(turn)
