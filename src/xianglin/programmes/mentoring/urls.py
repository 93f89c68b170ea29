from django.urls import path

from .abilities import views as abilities
from .agreements import views as agreements
from .dossiers import views as dossiers
from .enrolment import views as enrolment
from .graduation import views as graduation
from .levels import views as levels
from .matching import views as matching
from .pairs import views as pairs
from .plans import views as plans
from .registers import views_cadres, views_mentors, views_rolls

app_name = "mentoring"
urlpatterns = [
    path("mentoring/abilities/", abilities.catalogue, name="abilities"),
    path("mentoring/abilities/begin/", abilities.begin, name="begin_catalogue"),
    path("mentoring/abilities/<int:ability_pk>/", abilities.ability, name="ability"),
    path("mentoring/abilities/<int:ability_pk>/end/", abilities.end, name="end_ability"),
    path("mentoring/pairing/", matching.matching, name="matching"),
    path("mentoring/mentors/", views_rolls.mentors, name="mentors"),
    path("mentoring/mentors.xlsx", views_rolls.mentors_sheet, name="mentors_sheet"),
    path("mentoring/mentors/new/", enrolment.enrol_mentor, name="enrol_mentor"),
    path("mentoring/mentors/own/", views_mentors.own_mentor, name="own_mentor"),
    path("mentoring/mentors/<int:mentor_pk>/", views_mentors.mentor, name="mentor"),
    path("mentoring/mentors/<int:mentor_pk>/change/", views_mentors.amend_mentor, name="amend_mentor"),
    path("mentoring/mentors/<int:mentor_pk>/end/", views_mentors.end_mentor, name="end_mentor"),
    path("mentoring/mentors/<int:mentor_pk>/file.<slug:paper_kind>", dossiers.mentor_paper, name="mentor_paper"),
    path("mentoring/cadres/", views_rolls.cadres, name="cadres"),
    path("mentoring/cadres.xlsx", views_rolls.cadres_sheet, name="cadres_sheet"),
    path("mentoring/cadres/new/", enrolment.enrol_cadre, name="enrol_cadre"),
    path("mentoring/growth/", views_cadres.growth, name="growth"),
    path("mentoring/cadres/<int:cadre_pk>/", views_cadres.cadre, name="cadre"),
    path("mentoring/cadres/<int:cadre_pk>/change/", views_cadres.amend_cadre, name="amend_cadre"),
    path("mentoring/cadres/<int:cadre_pk>/move/", enrolment.move_cadre, name="move_cadre"),
    path("mentoring/cadres/<int:cadre_pk>/end/", views_cadres.end_cadre, name="end_cadre"),
    path("mentoring/cadres/<int:cadre_pk>/avoid/", views_cadres.avoid, name="avoid"),
    path("mentoring/cadres/<int:cadre_pk>/avoid/<int:avoidance_pk>/lift/", views_cadres.lift, name="lift"),
    path("mentoring/cadres/<int:cadre_pk>/levels/", levels.note_levels, name="note_levels"),
    path("mentoring/cadres/<int:cadre_pk>/wanted/", levels.set_wanted, name="set_wanted"),
    path("mentoring/cadres/<int:cadre_pk>/levels.xlsx", levels.levels_sheet, name="levels_sheet"),
    path("mentoring/cadres/<int:cadre_pk>/heard/", levels.heard, name="heard"),
    path("mentoring/cadres/<int:cadre_pk>/file.<slug:paper_kind>", dossiers.cadre_paper, name="cadre_paper"),
    path("mentoring/plan/", pairs.plan, name="plan"),
    path("mentoring/led/", pairs.led, name="led"),
    path("mentoring/pairs/", pairs.pairs, name="pairs"),
    path("mentoring/pairs/<int:pair_pk>/", pairs.pair, name="pair"),
    path("mentoring/terms/", agreements.standard, name="standard_terms"),
    path("mentoring/pairs/<int:pair_pk>/agreement/", agreements.draw, name="draw_agreement"),
    path(
        "mentoring/pairs/<int:pair_pk>/agreement.<slug:paper_kind>", agreements.agreement_paper, name="agreement_paper"
    ),
    path("mentoring/pairs/<int:pair_pk>/review/", graduation.open_review, name="open_review"),
    path("mentoring/pairs/<int:pair_pk>/hand-over/", graduation.hand_over, name="hand_over"),
    path("mentoring/reviews/<int:review_pk>/summary/", graduation.write_summary, name="write_summary"),
    path("mentoring/reviews/<int:review_pk>/opinion/", graduation.give_opinion, name="give_opinion"),
    path("mentoring/reviews/<int:review_pk>/decision/", graduation.decide, name="decide_review"),
    path(
        "mentoring/certificates/<int:certificate_pk>/paper.<slug:paper_kind>",
        graduation.certificate_paper,
        name="certificate_paper",
    ),
    path("mentoring/pairs/<int:pair_pk>/goals/", plans.set_goals, name="set_goals"),
    path("mentoring/pairs/<int:pair_pk>/work/", plans.plan_assignment, name="plan_assignment"),
    path("mentoring/work/<int:assignment_pk>/finish/", plans.finish_assignment, name="finish_assignment"),
    path("mentoring/work/<int:assignment_pk>/drop/", plans.drop_assignment, name="drop_assignment"),
]
