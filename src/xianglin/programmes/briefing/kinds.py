"""The keys by which others know what the conference declares."""

REPORT = "briefing.report"
CONFERENCE = "briefing.conference"
QUESTION = "briefing.question"
EXPLANATION = "briefing.explanation"
REPRESENTATIVE = "villagers_representative"  # the role
