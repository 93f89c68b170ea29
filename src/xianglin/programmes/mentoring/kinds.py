"""The text keys that this programme declares."""

PROGRAMME = "mentoring"
OFFICER = "organisation_officer"
MENTOR = "mentor"
YOUNG_CADRE = "young_cadre"
PAIR = "mentoring.pair"
