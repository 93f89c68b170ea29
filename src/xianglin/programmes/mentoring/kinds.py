"""The text keys that this programme declares."""

PROGRAMME = "mentoring"
OFFICER = "organisation_officer"
MENTOR = "mentor"
YOUNG_CADRE = "young_cadre"
PAIR = "mentoring.pair"
HEARD = "mentoring.heard"  # a matter: what a team brought back
COURSE = "mentoring.course"
