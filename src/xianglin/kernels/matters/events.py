"""What this room announces, in the same transaction.

changed(row: Matter)
    a matter was saved with another state, title, answer or parent, or came on the public board or left it
"""

CHANGED = "matters.changed"
