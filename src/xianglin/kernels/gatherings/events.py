"""What sessions announce; listeners get the row, in the same transaction."""

SIGNED_UP = "gatherings.signed_up"  # registration: seated or waiting
PROMOTED = "gatherings.promoted"  # registration: from the queue to a seat
LEFT = "gatherings.left"  # registration: they do not come
MOVED = "gatherings.moved"  # gathering, reason
CANCELLED = "gatherings.cancelled"  # gathering
ENDED = "gatherings.ended"  # gathering: hours are credited
CORRECTED = "gatherings.corrected"  # registration: there after all, or not
