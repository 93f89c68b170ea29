from django.urls import path

from . import views, views_asking, views_meeting, views_public, views_visits
from .relaying import views as relaying
from .relaying import views_village

app_name = "briefing"
urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("v/<str:code>/wall.pdf", views_public.wall_sheet, name="wall"),
    path("reports/open/", views.open_report, name="open_report"),
    path("reports/explain/<str:code>/<str:month>/", views_asking.explain, name="explain"),
    path("reports/photos/<str:code>/<str:month>/", views_asking.photos, name="photos"),
    path("reports/party-day/", views.party_day, name="party_day"),
    path("reports/rules/", views.articles, name="articles"),
    path("reports/links/", views_village.representatives, name="representatives"),
    path("reports/links/<int:representative_pk>/", views_village.link, name="link"),
    path("reports/relayed/<str:month>/", views_village.relayed, name="relayed"),
    path("relay/", relaying.relay, name="relay"),
    path("relay/said/", relaying.give_back, name="give_back"),
    path("relay/kept/", relaying.kept, name="kept"),
    path("v/<str:code>/relay/<str:month>/card.png", relaying.card, name="relay_card"),
    path("visits/", views_visits.visits, name="visits"),
    path("visits/round/", views_visits.visit_round, name="visit_round"),
    path("visits/state/", views_visits.device_state, name="device_state"),
    path("visits/worker.js", views_visits.worker, name="worker"),
    path("visits/<int:household_pk>/", views_visits.visit, name="visit"),
    path("meetings/<int:gathering_pk>/", views_meeting.record, name="record"),
    path("meetings/<int:gathering_pk>/ask/", views_meeting.ask, name="ask"),
    path("meetings/<int:gathering_pk>/queue/", views_meeting.queue, name="queue"),
    path("meetings/<int:held_pk>/minutes.<slug:paper_kind>", views_meeting.minutes_paper, name="minutes"),
    path("meetings/<int:gathering_pk>/close/", views_meeting.close, name="close"),
    path("meetings/<int:gathering_pk>/turns/<int:turn_pk>/<slug:turn_verb>/", views_meeting.turn, name="turn"),
    path(
        "meetings/<int:gathering_pk>/questions/<int:matter_pk>/<slug:placing>/", views_meeting.question, name="question"
    ),
    path("v/<str:code>/meeting/<int:gathering_pk>/", views_public.meeting, name="meeting"),
    path("v/<str:code>/meeting/<int:gathering_pk>/card.png", views_public.picture, name="picture"),
    path("v/<str:code>/meeting/<int:gathering_pk>/screen/", views_public.screen, name="screen"),
    path("v/<str:code>/meeting/<int:gathering_pk>/ask/", views_public.hall, name="hall"),
    path("v/<str:code>/meeting/<int:gathering_pk>/asked/<uuid:slip_token>/", views_public.handed_in, name="handed_in"),
]
