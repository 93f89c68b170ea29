"""What pairings announce; listeners get the row, in the same transaction."""

MADE = "pairings.made"  # pairing: both said yes, or it was noted
STARTED = "pairings.started"  # pairing
ENDED = "pairings.ended"  # pairing
