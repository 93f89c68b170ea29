from django.urls import path

from .abilities import views as abilities
from .agreements import views as agreements
from .asking import views as asking
from .courses import views as courses
from .dossiers import views as dossiers
from .enrolment import views as enrolment
from .experience import views as experience
from .experience import views_writing as experience_writing
from .graduation import views as graduation
from .levels import views as levels
from .matching import views as matching
from .mediation import views as mediation
from .minds import views as minds
from .minds import views_settings as minds_settings
from .outcomes import views as outcomes
from .pairs import views as pairs
from .plans import views as plans
from .records import views as records
from .records import views_writing as records_writing
from .registers import views_cadres, views_mentors, views_rolls
from .stories import views as stories
from .teams import views as teams
from .teams import views_outings as outings

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
    path("mentoring/outcomes/", outcomes.outcomes, name="outcomes"),
    path("mentoring/outcomes/gaps/<int:ability_pk>/", outcomes.gap, name="gap"),
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
    path("mentoring/pairs/<int:pair_pk>/records/", records.records, name="records"),
    path("mentoring/records.xlsx", records.records_sheet, name="records_sheet"),
    path("mentoring/records/new/", records_writing.new_record, name="new_record"),
    path("mentoring/records/<int:record_pk>/", records.record, name="record"),
    path("mentoring/records/<int:record_pk>/confirm/", records.confirm, name="confirm_record"),
    path("mentoring/records/<int:record_pk>/refuse/", records.refuse, name="refuse_record"),
    path("mentoring/records/<int:record_pk>/correct/", records_writing.correct, name="correct_record"),
    path("mentoring/records/<int:record_pk>/withdraw/", records.withdraw, name="withdraw_record"),
    path("mentoring/evidence/<int:evidence_pk>/", records.evidence, name="evidence"),
    path("mentoring/teams/", teams.teams, name="teams"),
    path("mentoring/teams/new/", teams.open_team, name="open_team"),
    path("mentoring/teams/<int:team_pk>/", teams.team, name="team"),
    path("mentoring/teams/<int:team_pk>/end/", teams.end_team, name="end_team"),
    path("mentoring/teams/<int:team_pk>/members/", teams.add_member, name="add_member"),
    path("mentoring/teams/<int:team_pk>/members/<int:member_pk>/remove/", teams.remove_member, name="remove_member"),
    path("mentoring/teams/<int:team_pk>/outings/", outings.note_outing, name="note_outing"),
    path("mentoring/outings/<int:outing_pk>/", outings.outing, name="outing"),
    path("mentoring/outings/heard/<int:heard_pk>/raise/", outings.raise_heard, name="raise_heard"),
    path("mentoring/outings/photos/<int:outing_photo_pk>/", outings.photo, name="outing_photo"),
    path("mentoring/stories/", stories.stories, name="stories"),
    path("mentoring/stories/new/", stories.note_story, name="note_story"),
    path("mentoring/stories/<int:story_pk>/", stories.story, name="story"),
    path("mentoring/stories/<int:story_pk>/picture/", stories.picture, name="story_picture"),
    path("mentoring/stories/<int:story_pk>/correct/", stories.correct_story, name="correct_story"),
    path("mentoring/stories/<int:story_pk>/withdraw/", stories.withdraw_story, name="withdraw_story"),
    path("mentoring/mediations/", mediation.cases, name="mediations"),
    path("mentoring/teams/<int:team_pk>/mediations/", mediation.open_mediation, name="open_mediation"),
    path("mentoring/mediations/<int:case_pk>/", mediation.case, name="mediation"),
    path("mentoring/mediations/<int:case_pk>/sessions/", mediation.note_session, name="note_session"),
    path("mentoring/mediations/<int:case_pk>/close/", mediation.close_mediation, name="close_mediation"),
    path("mentoring/mediations/<int:settled_pk>/follow/", mediation.follow_mediation, name="follow_mediation"),
    path("mentoring/mediations/<int:case_pk>/people/", mediation.add_mediator, name="add_mediator"),
    path(
        "mentoring/mediations/<int:settled_pk>/agreement.<slug:paper_kind>",
        mediation.agreement_paper,
        name="mediation_paper",
    ),
    path("mentoring/courses/", courses.courses, name="courses"),
    path("mentoring/courses/new/", courses.plan, name="plan_course"),
    path("mentoring/courses/series/new/", courses.open_series, name="open_course_series"),
    path("mentoring/courses/series/<int:series_pk>/", courses.series, name="course_series"),
    path("mentoring/courses/series/<int:series_pk>/end/", courses.end_series, name="end_course_series"),
    path("mentoring/courses/<int:course_pk>/change/", courses.amend, name="amend_course"),
    path("mentoring/asking/", asking.asking, name="asking"),
    path("mentoring/asking/unanswered/", asking.unanswered, name="unanswered"),
    path("mentoring/asking/photos/<int:turn_photo_pk>/", asking.photo, name="turn_photo"),
    path("mentoring/asking/<int:thread_pk>/", asking.thread, name="thread"),
    path("mentoring/asking/<int:thread_pk>/say/", asking.say, name="say_in_thread"),
    path("mentoring/asking/<int:thread_pk>/useful/", asking.find_useful, name="find_useful"),
    path("mentoring/asking/<int:thread_pk>/experience/", experience_writing.propose, name="propose_experience"),
    path("mentoring/experience/", experience.library, name="library"),
    path("mentoring/experience/<int:experience_pk>/", experience.experience, name="experience"),
    path("mentoring/experience/<int:experience_pk>/change/", experience_writing.amend, name="amend_experience"),
    path("mentoring/experience/<int:experience_pk>/agree/", experience.agree, name="agree_experience"),
    path("mentoring/experience/<int:experience_pk>/publish/", experience.publish, name="publish_experience"),
    path("mentoring/experience/<int:experience_pk>/send-back/", experience.send_back, name="return_experience"),
    path("mentoring/experience/<int:experience_pk>/withdraw/", experience.withdraw, name="withdraw_experience"),
    path("mentoring/experience/<int:experience_pk>/useful/", experience.mark_useful, name="mark_useful"),
    path("mentoring/minds/", minds.minds, name="minds"),
    path("mentoring/minds/waiting/<int:line>/", minds.mind_waiting, name="mind_waiting"),
    path("mentoring/minds/<int:consent_pk>/", minds.mind, name="mind"),
    path("mentoring/minds/<int:consent_pk>/talked/", minds.note_talk, name="note_talk"),
    path("mentoring/minds/own/", minds.own_mind, name="own_mind"),
    path("mentoring/minds/own/consent/", minds.consent, name="consent_minds"),
    path("mentoring/minds/own/withdraw/", minds.withdraw, name="withdraw_minds"),
    path("mentoring/minds/settings/", minds_settings.settings, name="minds_settings"),
    path("mentoring/minds/settings/switch/", minds_settings.switch, name="switch_minds"),
    path("mentoring/minds/settings/carers/", minds_settings.name_carer, name="name_carer"),
    path("mentoring/minds/settings/carers/<int:carer_pk>/end/", minds_settings.end_carer, name="end_carer"),
]
