"""What this room announces, in the same transaction.

published(row: Bulletin)
    another version stands for everybody: the first, or a correction
"""

PUBLISHED = "bulletins.published"
