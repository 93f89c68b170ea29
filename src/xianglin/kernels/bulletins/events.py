"""What this room announces, in the same transaction.

published(row: Bulletin)
    another version stands for everybody: the first, or a correction
withheld(row: Bulletin)
    a version is shown no more, or shown again
"""

PUBLISHED = "bulletins.published"
WITHHELD = "bulletins.withheld"
