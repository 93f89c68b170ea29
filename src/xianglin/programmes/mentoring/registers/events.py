"""What the registers announce, in the same transaction."""

LISTED = "mentoring.listed"  # listed: somebody came in, was amended, or left
