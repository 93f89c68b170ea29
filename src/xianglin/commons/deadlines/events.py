"""What this room announces, in the same transaction.

due_moved(model: type[Clocked], moves: dict[int, tuple[date | None, date | None]])
    open rows whose due date a new calendar or rule has moved: their key, the old and the new day
"""

DUE_MOVED = "deadlines.due_moved"
