"""What a pair's page shows of its questions: to the two what they were, to the officer how many and how they stand."""

from typing import Any

from ..experience import queries as experience
from ..pairs.rules import is_cadre, is_party
from . import queries
from .models import State

MOST = 5


def asking(look: Any) -> dict[str, Any]:
    """``look``: a ``pairs.sections.Looked``."""
    pairing, party = look.pairing, is_party(look.actor, look.pairing)
    threads = queries.of_pair(pairing, MOST)
    return {
        "pairing": pairing,
        "own": look.actor.account_id,
        "lines": queries.lines(threads) if party else [],
        "asks": pairing.open and is_cadre(look.actor, pairing),
        "rows": [] if party else _for_the_officer(threads),
        "party": party,
    }


def _for_the_officer(threads: Any) -> list[Any]:
    """No words: a day, how it stands, and for what helped whether it became experience."""
    shared = {one.thread_id: one for one in experience.of_threads([one.pk for one in threads])}
    return [
        (queries.Line(one, ""), one.state != State.WAITING and one.pk not in shared, shared.get(one.pk))
        for one in threads
    ]
