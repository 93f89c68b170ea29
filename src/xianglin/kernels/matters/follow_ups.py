"""What follows from news of lower rooms, in the same transaction."""

import datetime as dt

from .models import Matter

Moves = dict[int, tuple[dt.date | None, dt.date | None]]


def parents_follow(model: type, moves: Moves) -> None:
    """A parent takes the earliest due date of its children, so it moves when one of theirs was counted anew."""
    if model is not Matter:
        return
    parents = Matter.objects.filter(pk__in=list(moves), parent__open=True).values("parent")
    for parent in Matter.objects.select_for_update().filter(pk__in=parents):
        parent.set_next()
        parent.save(update_fields=["next_on"])
