"""What an author is asked by SMS, by the name that the outbox knows it by."""

from .models import Matter

SETTLED_OR_NOT = "matters.settled_or_not"


def about(matter: Matter, asked_in: int | None = None) -> str:
    """This matter in this round (or the one named)."""
    return f"{matter.pk}:{asked_in or matter.round}"


def read_about(what: str) -> tuple[int, int]:
    pk, _colon, asked_in = what.partition(":")
    return int(pk), int(asked_in)
